import { useCallback, useEffect, useRef, useState } from 'react';

import type { View } from '../core/generated/timeline_panel';

/** Up to here the accessible table holds every row; beyond, it holds those in view. */
export const WHOLE_TABLE = 1_000;

/** How long scrolling has to rest before the table follows it, ms. */
const REST = 150;

/** Rows by position, `to` excluded. */
export interface Seen {
  from: number;
  to: number;
}

/** Which rows the accessible table is to hold, and what to call with each view that is drawn. */
export function useSeenRows(rows: number): [Seen, (view: View) => void] {
  const [inView, setInView] = useState<Seen>({ from: 0, to: 0 });
  const timer = useRef<number | undefined>(undefined);
  useEffect(() => () => window.clearTimeout(timer.current), []);

  const see = useCallback(
    ({ scrollTop, height, rowHeight }: View) => {
      if (rows <= WHOLE_TABLE) {
        return;
      }
      const from = Math.max(0, Math.floor(scrollTop / rowHeight));
      const to = Math.min(rows, from + Math.ceil(height / rowHeight) + 1);
      window.clearTimeout(timer.current);
      timer.current = window.setTimeout(
        () => setInView((old) => (old.from === from && old.to === to ? old : { from, to })),
        REST
      );
    },
    [rows]
  );

  return [rows <= WHOLE_TABLE ? { from: 0, to: rows } : inView, see];
}
