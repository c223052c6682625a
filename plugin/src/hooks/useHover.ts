import { type KeyboardEvent, type PointerEvent, useCallback, useRef, useState } from 'react';

import type { Row, View } from '../core/generated/timeline_panel';
import type { Session } from '../core/session';
import { type Focus, move, type Sizes } from './keys';

/** What the tooltip is about, and where. */
export interface Hover {
  row: Row;
  /** Ids of the stages under the pointer, or the one that the keyboard is at. */
  stages: string[];
  /** What the piece under the pointer is: its node and its time; empty where it isn't of a node. */
  node: string;
  text: string;
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

/** What the chart has to call; each is to be followed by a repaint. */
interface Hovering {
  hover: Hover | undefined;
  /** Before each repaint, since rows move under a pointer that rests. Answers with the active row, -1 for none. */
  refresh: () => number;
  point: (event: PointerEvent) => void;
  unpoint: () => void;
  press: (event: KeyboardEvent) => void;
  blur: () => void;
}

/** Which row is active, by the pointer or by the keyboard: whichever was used last. */
export function useHover(session: Session, scene: () => Scene | undefined): Hovering {
  const [hover, setHover] = useState<Hover>();
  const pointer = useRef<{ x: number; y: number } | undefined>(undefined);
  const focus = useRef<Focus | undefined>(undefined);

  const refresh = useCallback(() => {
    const now = scene();
    const found = now && (underPointer(session, now, pointer.current) ?? inFocus(session, now, focus.current));
    setHover((old) => (old && found && isSame(old, found) ? old : found));
    return found?.row.index ?? -1;
  }, [session, scene]);

  const point = useCallback((event: PointerEvent) => {
    pointer.current = { x: event.clientX, y: event.clientY };
    focus.current = undefined;
  }, []);

  const unpoint = useCallback(() => {
    pointer.current = undefined;
  }, []);

  const blur = useCallback(() => {
    focus.current = undefined;
  }, []);

  const press = useCallback(
    (event: KeyboardEvent) => {
      const now = scene();
      if (event.key === 'Escape') {
        pointer.current = undefined;
        focus.current = undefined;
        return;
      }
      const at = focus.current ?? { row: hover?.row.index ?? -1, stage: -1 };
      const plain = !event.ctrlKey && !event.altKey && !event.metaKey;
      const next = now && plain ? move(event.key, at, sizesOf(now, hover)) : undefined;
      if (now && next) {
        pointer.current = undefined;
        focus.current = next;
        reveal(now, next.row, axisHeight(session, now));
        event.preventDefault();
      }
    },
    [session, scene, hover]
  );

  return { hover, refresh, point, unpoint, press, blur };
}

function underPointer(session: Session, scene: Scene, pointer?: { x: number; y: number }): Hover | undefined {
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
      ...pointer,
      by: 'pointer',
      revision: scene.revision,
    }
  );
}

function inFocus(session: Session, scene: Scene, focus?: Focus): Hover | undefined {
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
    x: box.left + box.width / 3,
    y: box.top + bottom,
    by: 'keyboard',
    revision: scene.revision,
  };
}

/** Whether nothing changes on the screen: each frame asks the core anew, and only a difference is to be rendered. */
function isSame(a: Hover, b: Hover): boolean {
  return (
    a.row.index === b.row.index &&
    a.revision === b.revision &&
    a.x === b.x &&
    a.y === b.y &&
    a.by === b.by &&
    a.node === b.node &&
    a.text === b.text &&
    a.stages.join() === b.stages.join()
  );
}

function sizesOf({ rows, view }: Scene, hover?: Hover): Sizes {
  const rowsInView = Math.floor(view.height / view.rowHeight);
  return { rows, rowsInView, stages: hover?.row.stages.length ?? 0 };
}

/** The axis is what the content has beside its rows. */
function axisHeight(session: Session, { view, rows }: Scene): number {
  return Math.max(0, (session.contentHeight(view) ?? 0) - rows * view.rowHeight);
}

/** Scrolls as little as shows the whole row below the axis. */
function reveal({ scroller, view }: Scene, row: number, axis: number): void {
  const top = row * view.rowHeight;
  const bottom = top + view.rowHeight + axis - view.height;
  scroller.scrollTop = Math.min(top, Math.max(bottom, scroller.scrollTop));
}
