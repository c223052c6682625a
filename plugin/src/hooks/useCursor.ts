import { DashboardCursorSync, DataHoverClearEvent, DataHoverEvent, type EventBus } from '@grafana/data';
import { usePanelContext } from '@grafana/ui';
import { useCallback, useEffect, useMemo, useRef } from 'react';

/** Between two times that are told to other panels, ms. */
const PAUSE = 100;

/** The cursor that a dashboard's panels share, unless the dashboard has that switched off. */
interface Cursor {
  /** Where another panel's pointer is, ms since the epoch. To be read while painting. */
  at: () => number | undefined;
  /** Tells the other panels at which time the pointer is here; no time: it has left. */
  tell: (time: number | undefined) => void;
}

/** @param onMoved called when another panel's pointer has moved */
export function useCursor(eventBus: EventBus, onMoved: () => void): Cursor {
  const { sync } = usePanelContext();
  const talk = useRef<Talk | undefined>(undefined);
  useEffect(() => {
    const mine = new Talk(eventBus, () => sync?.() !== DashboardCursorSync.Off, onMoved);
    talk.current = mine;
    return () => mine.close();
  }, [eventBus, sync, onMoved]);
  const at = useCallback(() => talk.current?.heard, []);
  const tell = useCallback((time: number | undefined) => talk.current?.tell(time), []);
  return useMemo(() => ({ at, tell }), [at, tell]);
}

/** Says the first time at once, and of those that follow fast the latest. Hears what the others say. */
class Talk {
  heard: number | undefined;
  private told: number | undefined;
  private next: number | undefined;
  private timer: number | undefined;
  /** An event comes back to whoever publishes it, while it does. */
  private isSpeaking = false;
  private readonly ears: Array<{ unsubscribe: () => void }>;

  constructor(
    private readonly eventBus: EventBus,
    private readonly isShared: () => boolean,
    private readonly onMoved: () => void
  ) {
    this.ears = [
      eventBus.subscribe(DataHoverEvent, ({ payload }) => this.hear(payload.point?.['time'])),
      eventBus.subscribe(DataHoverClearEvent, () => this.hear(undefined)),
    ];
  }

  tell(time: number | undefined): void {
    this.next = time;
    if (this.timer === undefined) {
      this.say();
    }
  }

  /** A panel that goes while it is pointed at must not leave its line in the others. */
  close(): void {
    this.ears.forEach((ear) => ear.unsubscribe());
    this.next = undefined;
    this.say();
    window.clearTimeout(this.timer);
  }

  private hear(point: unknown): void {
    const time = typeof point === 'number' && Number.isFinite(point) ? point : undefined;
    if (!this.isSpeaking && time !== this.heard && (time === undefined || this.isShared())) {
      this.heard = time;
      this.onMoved();
    }
  }

  private say(): void {
    window.clearTimeout(this.timer);
    this.timer = undefined;
    if (this.told === this.next || !this.isShared()) {
      return;
    }
    this.told = this.next;
    const point = { time: this.told ?? null };
    this.isSpeaking = true;
    try {
      this.eventBus.publish(this.told === undefined ? new DataHoverClearEvent() : new DataHoverEvent({ point }));
    } finally {
      this.isSpeaking = false;
    }
    this.timer = window.setTimeout(() => this.say(), PAUSE);
  }
}
