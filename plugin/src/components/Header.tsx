import { css } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { IconButton, useStyles2 } from '@grafana/ui';
import React from 'react';

interface Props {
  /** What there is, part by part. */
  facts: string[];
  onHelp: () => void;
  menu: React.ReactNode;
}

/** Above the rows: what they are, and what can be done with all of them. */
export function Header({ facts, onHelp, menu }: Props) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.header} data-testid="workflow-timeline-header">
      <span className={styles.facts} title={facts.join('\n')}>
        {facts.join(' · ')}
      </span>
      <span className={styles.tools}>
        <IconButton
          name="question-circle"
          size="sm"
          tooltip={t('header.help', 'Keys and stages ( ? )')}
          onClick={onHelp}
        />
        {menu}
      </span>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  header: css({
    display: 'flex',
    flex: 'none',
    alignItems: 'center',
    gap: theme.spacing(1),
    height: 22,
    padding: theme.spacing(0, 1),
    fontSize: theme.typography.bodySmall.fontSize,
    color: theme.colors.text.secondary,
  }),
  facts: css({ minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }),
  tools: css({ display: 'flex', flex: 'none', alignItems: 'center', gap: theme.spacing(0.5), marginLeft: 'auto' }),
});
