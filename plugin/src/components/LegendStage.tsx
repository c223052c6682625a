import { css, cx } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';
import React from 'react';

import type { Stage } from '../core/generated/timeline_panel';
import { formatShare } from '../core/share';
import { Swatch } from './Swatch';

export interface LegendItem {
  stage: Stage;
  color: string;
  shown: boolean;
  /** Hides or shows the stage, or all others where it is meant alone. */
  onToggle: (alone: boolean) => void;
}

/** One stage of the legend as a list: its switch and its numbers. */
export function LegendStage(item: LegendItem) {
  const styles = useStyles2(getStyles);
  const { stage } = item;
  return (
    <LegendSwitch {...item}>
      <span className={styles.numbers}>
        {stage.totalText} · {formatShare(stage.share)}
      </span>
    </LegendSwitch>
  );
}

/** A stage's colour and name, pressed while it is drawn. */
export function LegendSwitch({ stage, color, shown, onToggle, children }: LegendItem & { children?: React.ReactNode }) {
  const styles = useStyles2(getStyles);
  const hint = t('legend.hint', 'Click: leave out. Ctrl or ⌘ and click: leave out all others.');
  const title = [stage.help, hint].join('\n');
  return (
    <span className={styles.item}>
      <button
        type="button"
        className={cx(styles.button, !shown && styles.off)}
        aria-pressed={shown}
        title={title}
        data-stage={stage.id}
        onClick={(event) => onToggle(event.ctrlKey || event.metaKey)}
      >
        <Swatch color={color} hollow={!shown} />
        <span className={styles.name}>{stage.name}</span>
        {children}
      </button>
    </span>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  item: css({ display: 'inline-flex', alignItems: 'center' }),
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
  // Not the theme's colour for what is disabled: it can be switched on again and has to be read.
  off: css({ color: theme.colors.text.secondary, textDecoration: 'line-through' }),
  name: css({ marginRight: theme.spacing(0.75) }),
  numbers: css({ color: theme.colors.text.secondary, fontVariantNumeric: 'tabular-nums' }),
});
