import { dateTime, LoadingState, type PanelData } from '@grafana/data';
import { renderHook } from '@testing-library/react';

import type { Session } from '../core/session';
import { useFeed } from './useFeed';

const REQUEST = { metrics: {}, rows: 'best' as const };
const ARRANGEMENT = { sort: 'end' as const, descending: true, hidden: [] };

/** Notes what it is handed, in order. */
class NotingSession implements Pick<Session, 'load' | 'arrange'> {
  readonly handed: unknown[] = [];
  load: Session['load'] = (series, request) => this.handed.push([series, request.from, request.to]);
  arrange: Session['arrange'] = () => this.handed.push('arrangement');
}

const data = (state: LoadingState, series: PanelData['series'], to: number): PanelData => {
  const range = { from: dateTime(0), to: dateTime(to) };
  return { state, series, timeRange: { ...range, raw: range } };
};

function feed(first: PanelData, ready = true) {
  const session = new NotingSession();
  const { rerender } = renderHook(
    (props) => useFeed(session as unknown as Session, props.ready, props.data, REQUEST, ARRANGEMENT),
    { initialProps: { data: first, ready } }
  );
  return { handed: session.handed, rerender };
}

describe('useFeed', () => {
  test('the arrangement comes before the data', () => {
    const series: PanelData['series'] = [];
    expect(feed(data(LoadingState.Done, series, 10)).handed).toEqual(['arrangement', [series, 0, 10]]);
  });

  test('nothing is loaded before the core is ready', () => {
    const done = data(LoadingState.Done, [], 10);
    const { handed, rerender } = feed(done, false);
    expect(handed).toEqual(['arrangement']);
    rerender({ data: done, ready: true });
    expect(handed).toHaveLength(2);
  });

  test('while a query runs, old data does not come again under the new time range', () => {
    const old: PanelData['series'] = [];
    const { handed, rerender } = feed(data(LoadingState.Done, old, 10));
    rerender({ data: data(LoadingState.Loading, old, 20), ready: true });
    expect(handed).toHaveLength(2);
    const fresh: PanelData['series'] = [];
    rerender({ data: data(LoadingState.Done, fresh, 20), ready: true });
    expect(handed.at(-1)).toEqual([fresh, 0, 20]);
  });

  test('an empty answer and a failed one are loaded too, for the core to say why there is nothing', () => {
    expect(feed(data(LoadingState.Error, [], 10)).handed).toHaveLength(2);
  });

  test('rendering again with the same data loads nothing', () => {
    const done = data(LoadingState.Done, [], 10);
    const { handed, rerender } = feed(done);
    rerender({ data: { ...done }, ready: true });
    expect(handed).toHaveLength(2);
  });
});
