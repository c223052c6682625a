import { css, cx } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import React from 'react';

import type { Stage } from '../core/generated/timeline_panel';
import { formatShare } from '../core/share';
import { Swatch } from './Swatch';

interface Props {
  stage: Stage;
  color: string;
  shown: boolean;
  onToggle: () => void;
}

/** One stage of the legend: pressed while it is drawn. */
export function LegendStage({ stage, color, shown, onToggle }: Props) {
  const styles = useStyles2(getStyles);
  return (
    <button
      type="button"
      className={cx(styles.button, !shown && styles.off)}
      aria-pressed={shown}
      title={stage.help}
      data-stage={stage.id}
      onClick={onToggle}
    >
      <Swatch color={color} hollow={!shown} />
      <span className={styles.name}>{stage.name}</span>
      <span className={styles.numbers}>
        {stage.totalText} · {formatShare(stage.share)}
      </span>
    </button>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  button: css({
    display: 'inline-flex',
    alignItems: 'center',
    padding: theme.spacing(0.125, 0.5),
    border: 'none',
    borderRadius: theme.shape.radius.default,
    background: 'none',
    font: 'inherit',
    color: theme.colors.text.primary,
    whiteSpace: 'nowrap',
    '&:hover': { background: theme.colors.action.hover },
    '&:focus-visible': { outline: `2px solid ${theme.colors.primary.main}`, outlineOffset: -2 },
  }),
  off: css({ color: theme.colors.text.disabled }),
  name: css({ marginRight: theme.spacing(0.75) }),
  numbers: css({ color: theme.colors.text.secondary, fontVariantNumeric: 'tabular-nums' }),
});
