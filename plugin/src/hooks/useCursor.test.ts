import { DataHoverClearEvent, DataHoverEvent, EventBusSrv } from '@grafana/data';
import { renderHook } from '@testing-library/react';

import { useCursor } from './useCursor';

/** A panel's hook on a bus, and what another panel on it hears. */
function share() {
  const bus = new EventBusSrv();
  const heard: Array<number | null | undefined> = [];
  bus.subscribe(DataHoverEvent, ({ payload }) => heard.push(payload.point['time']));
  bus.subscribe(DataHoverClearEvent, () => heard.push(undefined));
  const moved = jest.fn();
  const { result, unmount } = renderHook(() => useCursor(bus, moved));
  return { bus, heard, moved, cursor: result.current, unmount };
}

describe('the shared cursor', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  test('of a pointer that moves fast, others hear the first place and then the latest', () => {
    const { cursor, heard } = share();
    [1, 2, 3].forEach(cursor.tell);
    expect(heard).toEqual([1]);
    jest.runAllTimers();
    expect(heard).toEqual([1, 3]);
    cursor.tell(undefined);
    jest.runAllTimers();
    expect(heard).toEqual([1, 3, undefined]);
  });

  test('a panel does not hear itself', () => {
    const { cursor, moved } = share();
    cursor.tell(5);
    jest.runAllTimers();
    expect(cursor.at()).toBeUndefined();
    expect(moved).not.toHaveBeenCalled();
  });

  test('a panel hears the others, until they are silent', () => {
    const { bus, cursor, moved } = share();
    bus.publish(new DataHoverEvent({ point: { time: 7 } }));
    expect(cursor.at()).toBe(7);
    bus.publish(new DataHoverClearEvent());
    expect(cursor.at()).toBeUndefined();
    expect(moved).toHaveBeenCalledTimes(2);
  });

  test('a panel that goes takes its line out of the others', () => {
    const { cursor, heard, unmount } = share();
    cursor.tell(9);
    unmount();
    expect(heard).toEqual([9, undefined]);
    jest.runAllTimers();
    expect(heard).toHaveLength(2);
  });
});
