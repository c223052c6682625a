/** `window.host`: what a test needs and a user does not. */
import { DataFrameView, type DataFrame } from '@grafana/data';
import { distinctUntilChanged, map } from 'rxjs';
import { EventLog, hoverFromOutside, type SeenEvent } from './events';
import type { HostModel } from './host';
import { framesOf } from './scene';
import type { PartialView, View } from './view';

export interface HostHooks {
  /** The plugin is loaded, every panel has its answer, and no change is under way. */
  readonly ready: boolean;
  /** Why nothing is shown. */
  readonly error?: string;
  /** The view as it is. */
  getView: () => View;
  /** Merges a change over the view. Resolves when the panels have what it asks for. */
  setView: (change: PartialView) => Promise<void>;
  /** The first panel's options, defaults filled in. */
  getOptions: () => Record<string, unknown>;
  /** Asks all queries again. Resolves with the answers. */
  refresh: () => Promise<void>;
  /** The frames that the first panel draws. */
  getFrames: () => DataFrame[];
  /** The annotations that the first panel got, as rows of their frames. */
  getAnnotations: () => Array<Record<string, unknown>>;
  /** Loading, Streaming, Done or Error, and the message of an error. */
  getState: () => { state?: string; error?: string };
  /** Hover and selection events that panels published, oldest first. */
  readonly events: SeenEvent[];
  /** Moves the shared crosshair as another panel would; no time takes it away. */
  hover: (time?: number) => void;
  /** From now on the server answers with this fault; none takes it away. */
  setFault: (name?: string) => void;
}

declare global {
  interface Window {
    host: HostHooks;
  }
}

export function setFault(name?: string): void {
  document.cookie = name ? `fault=${name}; Path=/; SameSite=Strict` : 'fault=; Path=/; Max-Age=0';
}

export function hooksOf(model: HostModel): HostHooks {
  const log = new EventLog();
  const dashboards = model.state.pipe(
    map(({ dashboard }) => dashboard),
    distinctUntilChanged()
  );
  dashboards.subscribe((dashboard) => log.follow(dashboard));
  const first = () => model.dashboard.panels[0];
  return {
    get ready() {
      return model.isSettled;
    },
    getView: () => model.view,
    setView: (change) => model.set(change),
    getOptions: () => (first()?.state.options ?? {}) as Record<string, unknown>,
    refresh: () => model.refresh(),
    getFrames: () => {
      const panel = first();
      return panel ? framesOf(panel) : [];
    },
    getAnnotations: () => {
      const frames = first()?.state.$data?.state.data?.annotations ?? [];
      return frames.flatMap((frame) => new DataFrameView<Record<string, unknown>>(frame).toArray());
    },
    getState: () => {
      const data = first()?.state.$data?.state.data;
      return { state: data?.state, error: data?.errors?.[0]?.message };
    },
    events: log.seen,
    hover: (time) => hoverFromOutside(model.dashboard, time),
    setFault,
  };
}

/** The hooks of a page that could not show anything. */
export function hooksOfFailure(error: string): Partial<HostHooks> {
  return { ready: false, error, events: [], setFault };
}
