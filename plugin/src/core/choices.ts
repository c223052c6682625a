import { t } from '@grafana/i18n';

import type { Group, Mode, Sort, Stage } from './generated/timeline_panel';

/** One of several ways to look at the rows, with its name. */
export interface Choice<T extends string> {
  value: T;
  label: string;
  /** One sentence on what it shows. */
  description?: string;
}

/** The stages that every panel knows, for where no data has come yet; named as the core names them. */
export const BUILT_IN: Array<Pick<Stage, 'id' | 'name'>> = [
  { id: 'acceptance', name: 'Acceptance' },
  { id: 'transition', name: 'Transition' },
  { id: 'queueing', name: 'Queueing' },
  { id: 'pod-start', name: 'Pod start' },
  { id: 'task', name: 'Task execution' },
  { id: 'unattributed', name: 'Completion & unattributed' },
];

/** How bars lie. */
export const modes = (): Array<Choice<Mode>> => [
  {
    value: 'stacked',
    label: t('mode.stacked', 'Stacked'),
    description: t('mode.stacked-description', 'One stage after the other, from zero: which row took longest.'),
  },
  {
    value: 'aligned',
    label: t('mode.aligned', 'Aligned'),
    description: t(
      'mode.aligned-description',
      'Each stage in a column and from a zero of its own: which stage differs between rows.'
    ),
  },
  {
    value: 'normalised',
    label: t('mode.normalised', 'Shares'),
    description: t('mode.normalised-description', 'Each row as wide as the panel: which part of it went where.'),
  },
  {
    value: 'clock',
    label: t('mode.clock', 'Clock'),
    description: t('mode.clock-description', 'By the time of day, where it is known: what ran at once.'),
  },
];

/** Under what rows are put together. */
export const groups = (): Array<Choice<Group>> => [
  { value: 'none', label: t('group.none', 'None') },
  { value: 'workflow', label: t('group.workflow', 'Workflow') },
  { value: 'project', label: t('group.project', 'Project') },
  { value: 'domain', label: t('group.domain', 'Domain') },
];

/** What rows are ordered by, the time of each of these stages included. */
export const sorts = (stages: Array<Pick<Stage, 'id' | 'name'>>): Array<Choice<Sort>> => [
  { value: 'end', label: t('sort.end', 'End') },
  { value: 'start', label: t('sort.start', 'Start') },
  { value: 'total', label: t('sort.total', 'Total time') },
  { value: 'overhead', label: t('sort.overhead', 'Overhead share') },
  { value: 'name', label: t('sort.name', 'Name') },
  ...stages.map(({ id, name }) => ({ value: `stage:${id}` as const, label: name })),
];

/** The name of what is chosen; of an unknown choice its value. */
export const labelOf = <T extends string>(choices: Array<Choice<T>>, value: T): string =>
  choices.find((choice) => choice.value === value)?.label ?? value;
