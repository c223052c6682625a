import { type KeyboardEvent, type MouseEvent, type PointerEvent, useCallback, useRef, useState } from 'react';

import type { Row } from '../core/generated/timeline_panel';
import type { Session } from '../core/session';
import {
  asOf,
  axisHeight,
  type Hover,
  inFocus,
  isOnNames,
  isSame,
  type Place,
  reveal,
  type Scene,
  sizesOf,
  underPointer,
} from './hover';
import { type Focus, move } from './keys';
import { parentOf, treeStep } from './tree';

/** What the chart has to call; each is to be followed by a repaint. */
interface Hovering {
  hover: Hover | undefined;
  /** Whether the tooltip stays until it is let go: it can be read, scrolled and followed out of. */
  pinned: boolean;
  /** Before each repaint, since rows move under a pointer that rests. Answers with what is active. */
  refresh: () => Hover | undefined;
  point: (event: PointerEvent) => void;
  unpoint: () => void;
  press: (event: KeyboardEvent) => void;
  /**
   * A click on a row pins its tooltip; on the row that is pinned, or beside the rows, lets it go. On the name of a row
   * with something in it, and anywhere on the header of a group, it opens and closes.
   */
  click: (event: MouseEvent) => void;
  unpin: () => void;
  blur: () => void;
}

/** Which row is active, by the pointer or by the keyboard, whichever was used last; or the one that is pinned. */
export function useHover(session: Session, scene: () => Scene | undefined, toggle: (key: string) => void): Hovering {
  const [hover, setHover] = useState<Hover>();
  const [pinned, setPinned] = useState(false);
  const pointer = useRef<Place | undefined>(undefined);
  const focus = useRef<Focus | undefined>(undefined);
  const pin = useRef<Hover | undefined>(undefined);

  const keep = useCallback((hover: Hover | undefined) => {
    pin.current = hover;
    setPinned(hover !== undefined);
  }, []);

  const active = useCallback(
    (now: Scene) => underPointer(session, now, pointer.current) ?? inFocus(session, now, focus.current),
    [session]
  );

  const refresh = useCallback(() => {
    const now = scene();
    if (now && pin.current) {
      pin.current = asOf(session, now, pin.current);
      setPinned(pin.current !== undefined);
    }
    const found = now && (pin.current ?? active(now));
    setHover((old) => (old && found && isSame(old, found) ? old : found));
    return found;
  }, [session, scene, active]);

  const point = useCallback((event: PointerEvent) => {
    // A finger that moves scrolls; where it taps, a click follows.
    if (event.pointerType !== 'touch') {
      pointer.current = { x: event.clientX, y: event.clientY };
      focus.current = undefined;
    }
  }, []);

  const unpoint = useCallback(() => {
    pointer.current = undefined;
  }, []);

  const blur = useCallback(() => {
    // Into the pinned tooltip, from where the keyboard comes back to its row.
    if (!pin.current) {
      focus.current = undefined;
    }
  }, []);

  const unpin = useCallback(() => {
    pointer.current = undefined;
    keep(undefined);
  }, [keep]);

  const click = useCallback(
    (event: MouseEvent) => {
      const now = scene();
      const place = { x: event.clientX, y: event.clientY };
      const found = now && underPointer(session, now, place);
      if (found && opens(session, now, found.row, place)) {
        keep(undefined);
        toggle(found.row.key);
        return;
      }
      keep(found && found.row.index !== pin.current?.row.index ? found : undefined);
    },
    [session, scene, keep, toggle]
  );

  const press = useCallback(
    (event: KeyboardEvent) => {
      const now = scene();
      if (event.key === 'Escape') {
        focus.current = pin.current ? focus.current : undefined;
        unpin();
        return;
      }
      const plain = !event.ctrlKey && !event.altKey && !event.metaKey;
      if (!now || !plain) {
        return;
      }
      // Asked anew, as below: keys may come faster than what they lead to is drawn.
      const found = event.key === 'Enter' ? (pin.current ?? active(now)) : undefined;
      if (found) {
        keep(found);
        event.preventDefault();
        return;
      }
      const at = focus.current ?? { row: hover?.row.index ?? -1, stage: -1 };
      const next = follow(session, now, event.key, at, toggle);
      if (next) {
        pointer.current = undefined;
        focus.current = next;
        keep(undefined);
        reveal(now, next.row, axisHeight(session, now));
        event.preventDefault();
      }
    },
    [session, scene, hover, active, keep, unpin, toggle]
  );

  return { hover, pinned, refresh, point, unpoint, press, click, unpin, blur };
}

/** Where a key leads from a row or one of its stages, and opens or closes the row where it means that. */
function follow(
  session: Session,
  scene: Scene,
  key: string,
  at: Focus,
  toggle: (key: string) => void
): Focus | undefined {
  // Asked anew: keys may come faster than what they lead to is drawn.
  const [row] = at.row < 0 ? [] : session.rows(at.row, at.row + 1);
  const step = row && treeStep(key, at, row);
  if (row && step === 'toggle') {
    toggle(row.key);
    return at;
  }
  const parent = row && step === 'parent' ? parentOf(session, row) : undefined;
  return parent === undefined ? move(key, at, sizesOf(scene, row)) : { row: parent, stage: -1 };
}

/** Whether a click there opens or closes the row. */
export function opens(session: Session, scene: Scene, row: Row, place: Place): boolean {
  return row.expandable && (row.level === 'group' || isOnNames(session, scene, place));
}
