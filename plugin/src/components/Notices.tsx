import { css } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Icon, useStyles2 } from '@grafana/ui';
import React, { useId, useState } from 'react';

import type { Notice } from '../core/generated/timeline_panel';
import { NoticeIcon, severest } from './NoticeIcon';

/**
 * What a reader of the picture must know, in one line that opens over the picture: opening it moves nothing.
 */
export function Notices({ notices }: { notices: Notice[] }) {
  const styles = useStyles2(getStyles);
  const [open, setOpen] = useState(false);
  const list = useId();
  const first = severest(notices);
  if (!first) {
    return null;
  }
  return (
    <div className={styles.bar} data-testid="workflow-timeline-notices">
      <button
        type="button"
        className={styles.button}
        aria-expanded={open}
        aria-controls={list}
        onClick={() => setOpen(!open)}
      >
        <NoticeIcon severity={first.severity} />
        <span className={styles.text}>{first.text}</span>
        {notices.length > 1 && (
          <span className={styles.more}>{t('notices.more', '+ {{others}} more', { others: notices.length - 1 })}</span>
        )}
        <Icon name={open ? 'angle-down' : 'angle-up'} size="sm" />
      </button>
      <ul id={list} className={styles.list} hidden={!open}>
        {notices.map((notice) => (
          <li key={notice.text} className={styles.item} data-severity={notice.severity}>
            <NoticeIcon severity={notice.severity} />
            {notice.text}
          </li>
        ))}
      </ul>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  bar: css({ position: 'relative', flex: 'none', fontSize: theme.typography.bodySmall.fontSize }),
  button: css({
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(0.75),
    width: '100%',
    padding: theme.spacing(0.25, 0.5),
    border: 'none',
    borderRadius: theme.shape.radius.default,
    background: 'none',
    font: 'inherit',
    color: theme.colors.text.secondary,
    textAlign: 'left',
    '&:hover': { background: theme.colors.action.hover },
    '&:focus-visible': { outline: `2px solid ${theme.colors.primary.main}`, outlineOffset: -2 },
  }),
  text: css({ overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap', minWidth: 0 }),
  more: css({ flex: 'none', color: theme.colors.text.primary }),
  list: css({
    position: 'absolute',
    bottom: '100%',
    left: 0,
    right: 0,
    zIndex: theme.zIndex.dropdown,
    maxHeight: 240,
    overflowY: 'auto',
    margin: 0,
    padding: theme.spacing(1),
    listStyle: 'none',
    background: theme.colors.background.elevated ?? theme.colors.background.secondary,
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
    boxShadow: theme.shadows.z2,
  }),
  item: css({ display: 'flex', gap: theme.spacing(0.75), padding: theme.spacing(0.25, 0) }),
});
