import { css, cx } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';
import React from 'react';

import type { OwnerShare, Stage } from '../core/generated/timeline_panel';
import { arePodsApart } from '../core/words';
import type { Legend as LegendOptions } from '../types';
import { LegendStage } from './LegendStage';
import { LegendTable } from './LegendTable';
import { OwnerShares } from './OwnerShares';

export interface LegendProps {
  stages: Stage[];
  /** Whose the time was; none where that is said elsewhere. */
  owners: OwnerShare[];
  hidden: string[];
  isDark: boolean;
  displayMode: LegendOptions['displayMode'];
  placement: LegendOptions['placement'];
  /** For a low panel: one line that scrolls sideways. */
  singleLine: boolean;
  onHide: (hidden: string[]) => void;
}

/** The stages of the picture with their totals, each a switch, and whose time it was all in all. */
export function Legend(props: LegendProps) {
  const { stages, owners, hidden, isDark, displayMode, placement, singleLine, onHide } = props;
  const styles = useStyles2(getStyles);
  const present = stages.filter((stage) => stage.present);
  const items = present.map((stage) => ({
    stage,
    color: isDark ? stage.dark : stage.light,
    shown: !hidden.includes(stage.id),
    onToggle: (alone: boolean) => onHide(afterClick(present, hidden, stage.id, alone)),
  }));
  const isTable = displayMode === 'table' && !singleLine;
  return (
    <div
      className={cx(
        styles.legend,
        placement === 'right' ? styles.right : styles.bottom,
        !isTable && (singleLine ? styles.line : placement === 'right' ? styles.column : styles.lines)
      )}
      role="group"
      aria-label={t('legend.label', 'Stages')}
      data-testid="workflow-timeline-legend"
    >
      {isTable ? (
        <LegendTable items={items} podsApart={arePodsApart(present)} />
      ) : (
        <>
          {owners.length > 0 && (
            <span className={styles.owners}>
              <OwnerShares owners={owners} podsApart={arePodsApart(present)} />
            </span>
          )}
          {items.map((item) => (
            <LegendStage key={item.stage.id} {...item} />
          ))}
        </>
      )}
    </div>
  );
}

/**
 * What is hidden after a click on a stage: a plain one hides or shows it, one that means it alone hides all others,
 * and shows them again where it is alone already. Stages that are not in the picture stay as they are.
 */
export function afterClick(present: Stage[], hidden: string[], id: string, alone: boolean): string[] {
  if (!alone) {
    return hidden.includes(id) ? hidden.filter((other) => other !== id) : [...hidden, id];
  }
  const others = present.map((stage) => stage.id).filter((other) => other !== id);
  const absent = hidden.filter((other) => other !== id && !others.includes(other));
  const isAlone = !hidden.includes(id) && others.every((other) => hidden.includes(other));
  return isAlone ? absent : [...absent, ...others];
}

const getStyles = (theme: GrafanaTheme2) => ({
  legend: css({
    display: 'flex',
    flex: 'none',
    scrollbarWidth: 'thin',
    whiteSpace: 'nowrap',
    '& > *': { flexShrink: 0 },
    fontSize: theme.typography.bodySmall.fontSize,
  }),
  owners: css({
    marginRight: theme.spacing(0.5),
    padding: theme.spacing(0, 1, 0, 0.5),
    borderRight: `1px solid ${theme.colors.border.weak}`,
  }),
  bottom: css({ maxHeight: '35%', paddingTop: theme.spacing(0.5), overflow: 'auto' }),
  right: css({ maxWidth: '40%', paddingLeft: theme.spacing(1), overflow: 'auto' }),
  lines: css({ flexWrap: 'wrap', alignItems: 'center', columnGap: theme.spacing(1), overflowX: 'hidden' }),
  column: css({ flexDirection: 'column', alignItems: 'flex-start' }),
  // A scroll bar of its own would cover the line.
  line: css({
    alignItems: 'center',
    columnGap: theme.spacing(1),
    overflowX: 'auto',
    overflowY: 'hidden',
    scrollbarWidth: 'none',
  }),
});
