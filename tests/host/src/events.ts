/** What panels say on the dashboard's bus, kept for tests; and a voice from outside, as of another panel. */
import { DataHoverClearEvent, DataHoverEvent, DataSelectEvent, type BusEvent } from '@grafana/data';
import type { Dashboard } from './scene';
import { appEvents } from './singletons';

export interface SeenEvent {
  type: string;
  /** Milliseconds on the axis, when the event points at a time. */
  time?: number;
}

const KINDS = [DataHoverEvent, DataHoverClearEvent, DataSelectEvent];
/** A pointer that rests on a panel for an hour must not fill the memory. */
const KEPT = 1_000;

export class EventLog {
  readonly seen: SeenEvent[] = [];

  constructor() {
    KINDS.forEach((kind) => appEvents.subscribe(kind, (event: BusEvent) => this.add(event)));
  }

  /** Scenes carry a panel's events on a scene object of their own, not on the application's bus. */
  follow({ scene }: Dashboard): void {
    KINDS.forEach((kind) => scene.subscribeToEvent(kind, (event: BusEvent) => this.add(event)));
  }

  private add({ type, payload }: BusEvent): void {
    const time = (payload as { point?: { time?: number } } | undefined)?.point?.time;
    this.seen.push(time === undefined ? { type } : { type, time });
    this.seen.splice(0, this.seen.length - KEPT);
  }
}

/** Moves the shared crosshair as another panel would. `undefined` takes it away. */
export function hoverFromOutside({ scene }: Dashboard, time: number | undefined): void {
  const event = time === undefined ? new DataHoverClearEvent() : new DataHoverEvent({ point: { time } });
  scene.publishEvent(event, true);
}
