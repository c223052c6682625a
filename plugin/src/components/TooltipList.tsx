import { css } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import React from 'react';

interface Props {
  title: string;
  items: string[];
}

/** Sentences under a title; nothing where there are none. */
export function TooltipList({ title, items }: Props) {
  const styles = useStyles2(getStyles);
  if (items.length === 0) {
    return null;
  }
  return (
    <div className={styles.list}>
      <div>{title}</div>
      <ul>
        {items.map((item) => (
          <li key={item}>{item}</li>
        ))}
      </ul>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({
    marginTop: theme.spacing(0.75),
    color: theme.colors.text.secondary,
    '& > div': { fontWeight: theme.typography.fontWeightMedium },
    '& ul': { margin: 0, paddingLeft: theme.spacing(2) },
    '& li': { overflowWrap: 'anywhere' },
  }),
});
