import { css } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Modal, useStyles2 } from '@grafana/ui';
import React from 'react';

import type { Stage } from '../core/generated/timeline_panel';
import { ownerName } from '../core/words';
import { Swatch } from './Swatch';

interface Props {
  stages: Stage[];
  podsApart: boolean;
  isDark: boolean;
  onClose: () => void;
}

/** How to reach everything, and what each stage really measures. */
export function HelpSheet({ stages, podsApart, isDark, onClose }: Props) {
  const styles = useStyles2(getStyles);
  return (
    <Modal isOpen title={t('help.title', 'Reading and moving through the timeline')} onDismiss={onClose}>
      <table className={styles.table}>
        <caption>{t('help.keys', 'Keys, with the rows in focus')}</caption>
        <tbody>
          {keys().map(([key, meaning]) => (
            <tr key={key}>
              <th scope="row">
                <kbd>{key}</kbd>
              </th>
              <td>{meaning}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <table className={styles.table}>
        <caption>{t('help.pointer', 'Pointer')}</caption>
        <tbody>
          {pointer().map(([gesture, meaning]) => (
            <tr key={gesture}>
              <th scope="row">{gesture}</th>
              <td>{meaning}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <table className={styles.table}>
        <caption>{t('help.stages', 'Stages, in the order in which a run passes them')}</caption>
        <tbody>
          {stages.map((stage) => (
            <tr key={stage.id}>
              <th scope="row">
                <Swatch color={isDark ? stage.dark : stage.light} />
                {stage.name}
              </th>
              <td>
                <em>{ownerName(stage.owner, podsApart)}.</em> {stage.help}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Modal>
  );
}

function keys(): Array<[string, string]> {
  return [
    ['↑ ↓', t('help.rows', 'From row to row')],
    ['Page ↑ Page ↓', t('help.pages', 'A screen of rows up or down')],
    ['Home End', t('help.ends', 'To the first row, to the last')],
    ['→ ←', t('help.across', 'Open and close a row or a group; from stage to stage; back to what the row is in')],
    ['Enter', t('help.pin', 'Keep the tooltip, and go to its links')],
    ['C', t('help.copy', 'Copy the row as CSV')],
    ['/', t('help.search', 'Search; Esc empties it and leads back, Enter leads back')],
    ['+ − 0', t('help.zoom', 'By the clock: closer, farther, the whole range')],
    ['Esc', t('help.escape', 'Let go of the tooltip or of this sheet')],
    ['?', t('help.help', 'This sheet')],
  ];
}

function pointer(): Array<[string, string]> {
  return [
    [t('help.click-row', 'Click or tap a row'), t('help.click-row-does', 'Keep its tooltip, with links')],
    [t('help.click-name', 'Click a name with an arrow'), t('help.click-name-does', 'Open the row, close it')],
    [t('help.drag-edge', 'Drag the edge of the names'), t('help.drag-edge-does', 'Width; double-click: as it was')],
    [t('help.drag', 'By the clock: drag'), t('help.drag-does', 'Select the dashboard’s time range')],
    [t('help.double', 'Double-click'), t('help.double-does', 'A range twice as long')],
    [t('help.wheel', 'Wheel with Ctrl or ⌘'), t('help.wheel-does', 'Closer and farther; with Shift: sideways')],
  ];
}

const getStyles = (theme: GrafanaTheme2) => ({
  table: css({
    width: '100%',
    marginBottom: theme.spacing(2),
    '& caption': { captionSide: 'top', padding: theme.spacing(0, 0, 0.5), color: theme.colors.text.secondary },
    '& th': {
      width: '34%',
      verticalAlign: 'top',
      whiteSpace: 'nowrap',
      fontWeight: theme.typography.fontWeightRegular,
    },
    '& th, & td': { padding: theme.spacing(0.5, 2, 0.5, 0), borderTop: `1px solid ${theme.colors.border.weak}` },
    '& em': { fontStyle: 'normal', color: theme.colors.text.secondary },
  }),
});
