import { DashboardCursorSync, DataHoverClearEvent, DataHoverEvent, type EventBus } from '@grafana/data';
import { usePanelContext } from '@grafana/ui';
import { useCallback, useEffect, useRef } from 'react';

/** Between two times that are told to other panels, ms. */
const PAUSE = 100;

/**
 * Tells the dashboard's other panels at which time the pointer is here, unless the dashboard has that switched off;
 * no time: it has left.
 */
export function useCursor(eventBus: EventBus): (time: number | undefined) => void {
  const { sync } = usePanelContext();
  const voice = useRef<Voice | undefined>(undefined);
  useEffect(() => {
    const mine = new Voice(eventBus, () => sync?.() !== DashboardCursorSync.Off);
    voice.current = mine;
    return () => mine.close();
  }, [eventBus, sync]);
  return useCallback((time) => voice.current?.tell(time), []);
}

/** Says the first time at once, and of those that follow fast the latest. */
class Voice {
  private told: number | undefined;
  private next: number | undefined;
  private timer: number | undefined;

  constructor(
    private readonly eventBus: EventBus,
    private readonly isShared: () => boolean
  ) {}

  tell(time: number | undefined): void {
    this.next = time;
    if (this.timer === undefined) {
      this.say();
    }
  }

  /** A panel that goes while it is pointed at must not leave its line in the others. */
  close(): void {
    this.next = undefined;
    this.say();
    window.clearTimeout(this.timer);
  }

  private say(): void {
    window.clearTimeout(this.timer);
    this.timer = undefined;
    if (this.told === this.next || !this.isShared()) {
      return;
    }
    this.told = this.next;
    const point = { time: this.told ?? null };
    this.eventBus.publish(this.told === undefined ? new DataHoverClearEvent() : new DataHoverEvent({ point }));
    this.timer = window.setTimeout(() => this.say(), PAUSE);
  }
}
