import { t } from '@grafana/i18n';

import type { Owner, Stage, State, Tier } from './generated/timeline_panel';

/** The order in which time is lost: before, around and in the user's code. */
export const OWNERS: Owner[] = ['flyte', 'kubernetes', 'user', 'derived'];

/** Whether pod start is told apart from task execution: only then is what remains the user's code. */
export function arePodsApart(stages: Stage[]): boolean {
  return stages.some((stage) => stage.present && stage.owner === 'kubernetes');
}

/** Whose time it is. */
export function ownerName(owner: Owner, podsApart: boolean): string {
  switch (owner) {
    case 'flyte':
      return t('owner.flyte', 'Flyte');
    case 'kubernetes':
      return t('owner.kubernetes', 'Kubernetes');
    case 'user':
      return podsApart ? t('owner.user', 'your code') : t('owner.user-and-pods', 'your tasks');
    case 'derived':
      return t('owner.derived', 'derived');
  }
}

/** How an execution ended. */
export function stateName(state: State): string {
  switch (state) {
    case 'succeeded':
      return t('state.succeeded', 'Succeeded');
    case 'failed':
      return t('state.failed', 'Failed');
    case 'aborted':
      return t('state.aborted', 'Aborted');
    case 'running':
      return t('state.running', 'Running');
    case 'mixed':
      return t('state.mixed', 'Several');
    case 'unknown':
      return t('state.unknown', 'Ended');
  }
}

/** How a row is known. */
export function tierName(tier: Tier): string {
  switch (tier) {
    case 'execution':
      return t('tier.execution', 'Execution');
    case 'pod':
      return t('tier.pod', 'Pods');
    case 'increment':
      return t('tier.increment', 'Increments');
    case 'average':
      return t('tier.average', 'Average');
  }
}
