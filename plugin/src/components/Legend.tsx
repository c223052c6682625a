import { css } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';
import React from 'react';

import type { Stage } from '../core/generated/timeline_panel';
import { LegendStage } from './LegendStage';
import { OwnerShares } from './OwnerShares';

interface Props {
  stages: Stage[];
  hidden: string[];
  isDark: boolean;
  /** For a low panel: one line that scrolls sideways. */
  singleLine: boolean;
  onHide: (hidden: string[]) => void;
}

/** The stages of the picture with their totals, each a switch, and whose time it was all in all. */
export function Legend({ stages, hidden, isDark, singleLine, onHide }: Props) {
  const styles = useStyles2(getStyles, singleLine);
  const present = stages.filter((stage) => stage.present);
  const toggle = (id: string) => onHide(hidden.includes(id) ? hidden.filter((other) => other !== id) : [...hidden, id]);
  return (
    <div
      className={styles}
      role="group"
      aria-label={t('legend.label', 'Stages')}
      data-testid="workflow-timeline-legend"
    >
      <OwnerShares stages={present} />
      {present.map((stage) => (
        <LegendStage
          key={stage.id}
          stage={stage}
          color={isDark ? stage.dark : stage.light}
          shown={!hidden.includes(stage.id)}
          onToggle={() => toggle(stage.id)}
        />
      ))}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2, singleLine: boolean) =>
  css({
    display: 'flex',
    flexWrap: singleLine ? 'nowrap' : 'wrap',
    flex: 'none',
    alignItems: 'center',
    columnGap: theme.spacing(1),
    maxHeight: '35%',
    overflowX: singleLine ? 'auto' : 'hidden',
    overflowY: singleLine ? 'hidden' : 'auto',
    // A scroll bar of its own would cover the line.
    scrollbarWidth: singleLine ? 'none' : 'thin',
    whiteSpace: 'nowrap',
    '& > *': { flexShrink: 0 },
    paddingTop: theme.spacing(0.5),
    fontSize: theme.typography.bodySmall.fontSize,
  });
