import { css } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';
import React from 'react';

import { formatShare } from '../core/share';
import { ownerName } from '../core/words';
import { type LegendItem, LegendSwitch } from './LegendStage';

interface Props {
  items: LegendItem[];
  podsApart: boolean;
}

/** The legend with a line for each stage: whose time it is, how much, and which share. */
export function LegendTable({ items, podsApart }: Props) {
  const styles = useStyles2(getStyles);
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{t('legend.stage', 'Stage')}</th>
          <th scope="col">{t('legend.owner', 'Whose')}</th>
          <th scope="col" className={styles.number}>
            {t('legend.total', 'Total')}
          </th>
          <th scope="col" className={styles.number}>
            {t('legend.share', 'Share')}
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <tr key={item.stage.id}>
            <td>
              <LegendSwitch {...item} />
            </td>
            <td className={styles.dim}>{ownerName(item.stage.owner, podsApart)}</td>
            <td className={styles.number}>{item.stage.totalText}</td>
            <td className={styles.number}>{formatShare(item.stage.share)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  table: css({
    width: '100%',
    alignSelf: 'flex-start',
    '& th, & td': { padding: theme.spacing(0, 0.5), lineHeight: 1.6 },
    '& th': { fontWeight: theme.typography.fontWeightRegular, color: theme.colors.text.secondary, textAlign: 'left' },
    '& td:not(:last-child), & th:not(:last-child)': { paddingRight: theme.spacing(2) },
    '& tbody tr:hover': { background: theme.colors.action.hover },
  }),
  number: css({ textAlign: 'right !important' as 'right', fontVariantNumeric: 'tabular-nums' }),
  dim: css({ color: theme.colors.text.secondary }),
});
