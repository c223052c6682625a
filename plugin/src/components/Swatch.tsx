import { css } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import React from 'react';

interface Props {
  color: string;
  /** An outline instead of a filled square: the stage is switched off. */
  hollow?: boolean;
}

/** A stage's colour, beside its name. */
export function Swatch({ color, hollow = false }: Props) {
  const styles = useStyles2(getStyles);
  return <span className={styles} style={{ borderColor: color, background: hollow ? 'none' : color }} aria-hidden />;
}

const getStyles = (theme: GrafanaTheme2) =>
  css({
    display: 'inline-block',
    flex: 'none',
    width: 10,
    height: 10,
    marginRight: theme.spacing(0.75),
    border: '1px solid',
    borderRadius: 1,
    verticalAlign: -1,
  });
