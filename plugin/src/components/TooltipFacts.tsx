import { css } from '@emotion/css';
import { dateTimeFormat, type GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import type { TimeZone } from '@grafana/schema';
import { useStyles2 } from '@grafana/ui';
import React from 'react';

import { stateName } from '../core/words';
import { type Hover } from '../hooks/hover';

interface Props {
  hover: Hover;
  timeZone: TimeZone;
}

/** The head of the tooltip: which execution, and its numbers as a whole. */
export function TooltipFacts({ hover: { row, node, text }, timeZone }: Props) {
  const styles = useStyles2(getStyles);
  const facts: Array<[string, string | undefined]> = [
    [t('tooltip.state', 'State'), stateName(row.state)],
    [t('tooltip.end', 'End'), row.end === undefined ? undefined : dateTimeFormat(row.end, { timeZone })],
    [t('tooltip.runs', 'Executions'), row.runs === 1 ? undefined : String(row.runs)],
    [t('tooltip.total', 'Total of stages'), row.totalText],
    [t('tooltip.wall', 'Wall clock'), row.wallText],
    [t('tooltip.overhead', 'Overhead'), row.overheadText],
    [
      node
        ? t('tooltip.node', 'Node {{node}}', { node, interpolation: { escapeValue: false } })
        : t('tooltip.piece', 'Under the pointer'),
      text,
    ],
  ];
  return (
    <>
      <div className={styles.name}>{row.name}</div>
      {row.workflow !== row.name && <div className={styles.workflow}>{row.workflow}</div>}
      <dl className={styles.facts}>
        {facts.map(
          ([label, value]) =>
            value && (
              <React.Fragment key={label}>
                <dt>{label}</dt>
                <dd>{value}</dd>
              </React.Fragment>
            )
        )}
      </dl>
    </>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  name: css({ fontWeight: theme.typography.fontWeightMedium, overflowWrap: 'anywhere' }),
  workflow: css({ color: theme.colors.text.secondary, overflowWrap: 'anywhere' }),
  facts: css({
    display: 'grid',
    gridTemplateColumns: 'max-content 1fr',
    gap: theme.spacing(0, 1.5),
    margin: theme.spacing(0.75, 0),
    fontVariantNumeric: 'tabular-nums',
    '& dt': { color: theme.colors.text.secondary, fontWeight: theme.typography.fontWeightRegular },
    '& dd': { margin: 0 },
  }),
});
