import { css, cx } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';
import React from 'react';

import type { Row } from '../core/generated/timeline_panel';
import { formatShare } from '../core/share';
import { ownerName } from '../core/words';
import { Swatch } from './Swatch';

interface Props {
  row: Row;
  /** Ids of the stages that the pointer or the keyboard is at. */
  highlighted: string[];
  podsApart: boolean;
  isDark: boolean;
}

/** What the row spent where: time, share, whose time it is and how often it was measured. */
export function TooltipStages({ row, highlighted, podsApart, isDark }: Props) {
  const styles = useStyles2(getStyles);
  return (
    <table className={styles.table}>
      <tbody>
        {row.stages.map((stage) => (
          <tr key={stage.id} className={cx(highlighted.includes(stage.id) && styles.highlighted)}>
            <td>
              <Swatch color={isDark ? stage.dark : stage.light} />
              {stage.name}
            </td>
            <td className={styles.number}>{stage.text}</td>
            <td className={styles.number}>{formatShare(stage.share)}</td>
            <td className={styles.dim}>{ownerName(stage.owner, podsApart)}</td>
            <td className={cx(styles.number, styles.dim)}>
              {stage.derived ? '' : t('tooltip.observations', '× {{observations}}', { observations: stage.count })}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  table: css({
    width: '100%',
    '& td': { padding: theme.spacing(0.125, 0.5), whiteSpace: 'nowrap' },
    '& td:not(:last-child)': { paddingRight: theme.spacing(1) },
  }),
  highlighted: css({ background: theme.colors.action.selected, fontWeight: theme.typography.fontWeightMedium }),
  number: css({ textAlign: 'right', fontVariantNumeric: 'tabular-nums' }),
  dim: css({ color: theme.colors.text.secondary }),
});
