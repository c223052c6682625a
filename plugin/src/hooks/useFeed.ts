import { LoadingState, type PanelData } from '@grafana/data';
import { useEffect } from 'react';

import type { Arrangement, Request } from '../core/generated/timeline_panel';
import type { Session } from '../core/session';

/**
 * Hands new data to the session, and new arrangements of it. While a query is running nothing is handed over: the
 * old picture stays, and old data is never shown under a new time range.
 */
export function useFeed(
  session: Session,
  ready: boolean,
  { series, state, timeRange }: PanelData,
  { metrics, rows, stages }: Pick<Request, 'metrics' | 'rows' | 'stages'>,
  arrangement: Arrangement
): void {
  // Before the data, so that the first rows come in their order.
  useEffect(() => {
    session.arrange(arrangement);
  }, [session, arrangement]);

  const settled = state !== LoadingState.Loading && state !== LoadingState.NotStarted;
  const from = timeRange.from.valueOf();
  const to = timeRange.to.valueOf();
  useEffect(() => {
    if (ready && settled) {
      session.load(series, { from, to, metrics, rows, stages });
    }
  }, [session, ready, settled, series, from, to, metrics, rows, stages]);
}
