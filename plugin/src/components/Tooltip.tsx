import { css } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import type { TimeZone } from '@grafana/schema';
import { Portal, useStyles2, VizTooltipContainer } from '@grafana/ui';
import React from 'react';

import { type Hover } from '../hooks/useHover';
import { TooltipFacts } from './TooltipFacts';
import { TooltipStages } from './TooltipStages';

const OFFSET = { x: 12, y: 12 };

interface Props {
  hover: Hover;
  timeZone: TimeZone;
  /** Whether pod start is told apart from task execution. */
  podsApart: boolean;
  isDark: boolean;
}

/** One row in full: what it is, its numbers, its stages, and how much of that is known how well. */
export function Tooltip({ hover, timeZone, podsApart, isDark }: Props) {
  const styles = useStyles2(getStyles);
  const { row, stages, x, y, by } = hover;
  const help = stages.length === 1 ? row.stages.find((stage) => stage.id === stages[0])?.help : undefined;
  return (
    <Portal>
      <VizTooltipContainer
        className={styles.container}
        position={{ x, y }}
        offset={OFFSET}
        role="tooltip"
        aria-live={by === 'keyboard' ? 'polite' : 'off'}
      >
        <TooltipFacts hover={hover} timeZone={timeZone} />
        <TooltipStages row={row} highlighted={stages} podsApart={podsApart} isDark={isDark} />
        {help && <p className={styles.help}>{help}</p>}
        {row.notes.map((note) => (
          <p key={note} className={styles.note}>
            {note}
          </p>
        ))}
        <p className={styles.tier}>{row.tierText}</p>
      </VizTooltipContainer>
    </Portal>
  );
}

const getStyles = (theme: GrafanaTheme2) => {
  const paragraph = { margin: theme.spacing(0.75, 0, 0) };
  return {
    container: css({
      maxWidth: 'min(480px, 95vw)',
      fontSize: theme.typography.bodySmall.fontSize,
      // Grafana's container glides to each new place, which lags behind the row it is about.
      transition: 'none !important',
    }),
    help: css(paragraph),
    note: css({ ...paragraph, color: theme.colors.warning.text }),
    tier: css({ ...paragraph, color: theme.colors.text.secondary }),
  };
};
