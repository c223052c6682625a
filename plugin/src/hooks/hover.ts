import type { Row, View } from '../core/generated/timeline_panel';
import type { Session } from '../core/session';
import type { Focus, Sizes } from './keys';

/** What the tooltip is about, and where. */
export interface Hover {
  row: Row;
  /** Ids of the stages under the pointer, or the one that the keyboard is at. */
  stages: string[];
  /** What the piece under the pointer is: its node and its time; empty where it isn't of a node. */
  node: string;
  text: string;
  /** The time under the pointer, ms since the epoch, where bars lie by the clock. */
  time?: number;
  /** Where to put the tooltip, CSS pixels of the window. */
  x: number;
  y: number;
  by: 'pointer' | 'keyboard';
  /** Of which data and order the row is. */
  revision: number;
}

/** What the chart tells about itself to whoever looks for a row in it. */
export interface Scene {
  scroller: HTMLElement;
  /** As it is drawn now. */
  view: View;
  /** Number of rows. */
  rows: number;
  /** Grows with every change of the rows or their order. */
  revision: number;
}

/** A place in the window, CSS pixels. */
export interface Place {
  x: number;
  y: number;
}

/** From the right edge of the rows to the place of a tooltip that no pointer has, CSS pixels. */
const EDGE = 24;

/** How far a row may have moved in new data for its pinned tooltip to follow it. */
const FOLLOWED = 100;

export function underPointer(session: Session, scene: Scene, pointer?: Place): Hover | undefined {
  if (!pointer) {
    return undefined;
  }
  const box = scene.scroller.getBoundingClientRect();
  const hit = session.hit(scene.view, pointer.x - box.left, pointer.y - box.top);
  return (
    hit && {
      row: hit.row,
      stages: hit.stages,
      node: hit.node,
      text: hit.text,
      time: hit.time,
      ...pointer,
      by: 'pointer',
      revision: scene.revision,
    }
  );
}

export function inFocus(session: Session, scene: Scene, focus?: Focus): Hover | undefined {
  const [row] = focus && focus.row < scene.rows ? session.rows(focus.row, focus.row + 1) : [];
  if (!focus || !row) {
    return undefined;
  }
  const box = scene.scroller.getBoundingClientRect();
  const stage = row.stages[focus.stage];
  const bottom = axisHeight(session, scene) + (focus.row + 1) * scene.view.rowHeight - scene.view.scrollTop;
  return {
    row,
    stages: stage ? [stage.id] : [],
    node: '',
    text: '',
    // At the right, where it leaves the names, the beginning of the bars and what opens below them to be seen.
    x: box.right - EDGE,
    y: box.top + bottom,
    by: 'keyboard',
    revision: scene.revision,
  };
}

/**
 * A pinned row as the present data has it: where it was, or within a few rows of that, since new runs come on top.
 * Nothing where it is gone: numbers of old data are not to be read beside new ones.
 */
export function asOf(session: Session, scene: Scene, pinned: Hover): Hover | undefined {
  if (pinned.revision === scene.revision) {
    return pinned;
  }
  const at = pinned.row.index;
  const near = session.rows(Math.max(0, at - FOLLOWED), Math.min(scene.rows, at + FOLLOWED + 1));
  const row = near.find(({ key }) => key === pinned.row.key);
  return row && { ...pinned, row, revision: scene.revision };
}

/** Whether nothing changes on the screen: each frame asks the core anew, and only a difference is to be rendered. */
export function isSame(a: Hover, b: Hover): boolean {
  return (
    a.row.index === b.row.index &&
    a.revision === b.revision &&
    a.x === b.x &&
    a.y === b.y &&
    a.by === b.by &&
    a.node === b.node &&
    a.text === b.text &&
    a.time === b.time &&
    a.stages.join() === b.stages.join()
  );
}

export function sizesOf({ rows, view }: Scene, row?: Row): Sizes {
  const rowsInView = Math.floor(view.height / view.rowHeight);
  return { rows, rowsInView, stages: row?.stages.length ?? 0 };
}

/** Height of what stays above the rows. */
export function axisHeight(session: Session, { view }: Scene): number {
  return session.columns(view)?.axisHeight ?? 0;
}

/** Whether a place in the window is on the names, where a click opens and closes. */
export function isOnNames(session: Session, { scroller, view }: Scene, { x }: Place): boolean {
  const label = session.columns(view)?.label;
  const at = x - scroller.getBoundingClientRect().left;
  return label !== undefined && label.width > 0 && at < label.x + label.width;
}

/** Scrolls as little as shows the whole row below the axis. */
export function reveal({ scroller, view }: Scene, row: number, axis: number): void {
  const top = row * view.rowHeight;
  const bottom = top + view.rowHeight + axis - view.height;
  scroller.scrollTop = Math.min(top, Math.max(bottom, scroller.scrollTop));
}
