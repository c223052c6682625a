import { type DataFrame } from '@grafana/data';

import { CoreFailure, messageOf } from './failure';
import { toFrames } from './frames';
import type {
  Arrangement,
  Columns,
  Hit,
  Loaded,
  Request,
  Row,
  Shown,
  Timeline,
  View,
} from './generated/timeline_panel';
import { type Core, discardCore, loadCore } from './load';

/** What a panel knows of its core at one moment. Replaced, never changed. */
export interface Snapshot {
  status: 'opening' | 'ready' | 'failed';
  failure?: CoreFailure;
  /** What the last load found: the picture that is to be shown, also while the next one is on its way. */
  loaded?: Loaded;
  /** What the present arrangement shows of it. */
  shown?: Shown;
  /** Grows with every change of the rows or their order. */
  revision: number;
}

/**
 * One panel's timeline in the core. Every call goes through here: what the core throws becomes a failure in the
 * snapshot, after which all questions are answered with `undefined` until `retry`.
 */
export class Session {
  private snapshot: Snapshot = { status: 'opening', revision: 0 };
  private readonly listeners = new Set<() => void>();
  private core: Core | undefined;
  private timeline: Timeline | undefined;
  private arrangement: Arrangement | undefined;
  /** Which `open` an answer belongs to: a core that arrives after `close` is nobody's. */
  private opening = 0;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly getSnapshot = (): Snapshot => this.snapshot;

  /** Fetches the core and makes a timeline in it. */
  async open(): Promise<void> {
    const opening = ++this.opening;
    try {
      const core = await loadCore();
      if (opening === this.opening) {
        this.core = core;
        this.timeline = new core.Timeline();
        this.change({ status: 'ready', failure: undefined });
      }
    } catch (error) {
      if (opening === this.opening) {
        this.fail(error);
      }
    }
  }

  /** Gives the timeline's memory back. */
  close(): void {
    this.opening++;
    this.release();
    this.snapshot = { ...this.snapshot, status: 'opening', failure: undefined };
  }

  /** Begins again after a failure. */
  retry(): Promise<void> {
    this.close();
    this.change({});
    return this.open();
  }

  /** Replaces the data. The frames are read before this returns and not kept. */
  load(series: DataFrame[], request: Request): void {
    // Before the data, which is then arranged once.
    const { arrangement } = this;
    if (arrangement) {
      this.ask((timeline) => timeline.arrange(arrangement));
    }
    const loaded = this.ask((timeline) => timeline.load(toFrames(series), request));
    if (loaded) {
      this.change({ loaded, shown: loaded.shown, revision: this.snapshot.revision + 1 });
    }
  }

  /** Orders the rows and hides stages, of this data and of all that follows. */
  arrange(arrangement: Arrangement): void {
    this.arrangement = arrangement;
    if (this.snapshot.loaded && this.timeline) {
      const shown = this.ask((timeline) => timeline.arrange(arrangement));
      if (shown) {
        this.change({ shown, revision: this.snapshot.revision + 1 });
      }
    }
  }

  contentHeight(view: View): number | undefined {
    return this.ask((timeline) => timeline.contentHeight(view));
  }

  columns(view: View): Columns | undefined {
    return this.ask((timeline) => timeline.columns(view));
  }

  paint(context: CanvasRenderingContext2D, view: View): void {
    this.ask((timeline) => timeline.paint(context, view));
  }

  hit(view: View, x: number, y: number): Hit | undefined {
    return this.ask((timeline) => timeline.hit(view, x, y));
  }

  rows(from: number, to: number): Row[] {
    return this.ask((timeline) => timeline.rows(from, to)) ?? [];
  }

  private ask<T>(question: (timeline: Timeline) => T): T | undefined {
    if (!this.timeline) {
      return undefined;
    }
    try {
      return question(this.timeline);
    } catch (error) {
      this.fail(error);
      return undefined;
    }
  }

  private fail(error: unknown): void {
    if (this.core) {
      discardCore(this.core);
    }
    this.release();
    const failure = error instanceof CoreFailure ? error : new CoreFailure('trap', messageOf(error));
    this.change({ status: 'failed', failure });
  }

  private release(): void {
    const timeline = this.timeline;
    this.timeline = undefined;
    this.core = undefined;
    try {
      timeline?.free();
    } catch {
      // A core that trapped may trap again; its memory goes with the whole instance.
    }
  }

  private change(change: Partial<Snapshot>): void {
    this.snapshot = { ...this.snapshot, ...change };
    this.listeners.forEach((listener) => listener());
  }
}
