import { css } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import React, { type ReactNode } from 'react';

interface Props {
  title: string;
  /** Sentences: what was found, what was not, the setting that brings it. */
  details: string[];
  /** What can be done about it at once. */
  action?: ReactNode;
}

/** In place of the rows: why there are none, and what to do. */
export function EmptyState({ title, details, action }: Props) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.scroller}>
      <div className={styles.box} role="status" data-testid="workflow-timeline-empty">
        <h5 className={styles.title}>{title}</h5>
        {details.map((detail) => (
          <p key={detail} className={styles.detail}>
            {detail}
          </p>
        ))}
        {action && <div className={styles.action}>{action}</div>}
      </div>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  scroller: css({ display: 'flex', flex: 1, minHeight: 0, overflow: 'auto' }),
  box: css({ margin: 'auto', maxWidth: 640, padding: theme.spacing(1, 2) }),
  title: css({ margin: theme.spacing(0, 0, 1) }),
  detail: css({ margin: theme.spacing(0.5, 0), color: theme.colors.text.secondary, overflowWrap: 'anywhere' }),
  action: css({ marginTop: theme.spacing(1.5) }),
});
