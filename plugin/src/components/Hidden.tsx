import { css } from '@emotion/css';
import { useStyles2 } from '@grafana/ui';
import React, { type ReactNode } from 'react';

/** There for a screen reader, not for the eye; contained, so that its size costs the page no layout. */
export function Hidden({ children }: { children: ReactNode }) {
  return <div className={useStyles2(getStyles)}>{children}</div>;
}

const getStyles = () =>
  css({
    position: 'absolute',
    top: 0,
    left: 0,
    width: 1,
    height: 1,
    overflow: 'hidden',
    clipPath: 'inset(50%)',
    whiteSpace: 'nowrap',
    contain: 'strict',
  });
