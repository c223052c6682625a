import { type MouseEvent, type PointerEvent, type RefObject, useCallback, useEffect, useRef, useState } from 'react';

import type { Session } from '../core/session';
import type { Scene } from './hover';
import { pan, type Span, STEP, widen, zoom } from './zoom';

/** What is dragged is meant, and not a click with an unsteady hand, from here on; CSS pixels. */
const DRAG = 4;

interface Settings {
  session: Session;
  scroller: RefObject<HTMLElement | null>;
  scene: () => Scene | undefined;
  /** Whether bars lie by the clock; nothing is done about time where they do not. */
  isClock: boolean;
  /** The dashboard's. */
  range: Span;
  onRange: (range: Span) => void;
  /** Called when the part of time in view is another. */
  onMoved: () => void;
}

/** What a pointer and keys do with time. */
interface Clock {
  /** The part of time in view, where that is not all of the dashboard's range. To be read while painting. */
  shown: () => Span | undefined;
  isZoomed: boolean;
  reset: () => void;
  /** `+` and `-`: closer and farther. */
  step: (direction: 1 | -1) => void;
  /** What is being selected, CSS pixels from the left of the rows. */
  selection: { left: number; width: number } | undefined;
  down: (event: PointerEvent) => void;
  /** Whether the pointer is dragging, so that it points at nothing. */
  move: (event: PointerEvent) => boolean;
  up: (event: PointerEvent) => void;
  cancel: () => void;
  /** Whether the click that comes with the end of a drag is to be left alone. */
  isDragEnd: () => boolean;
  doubleClick: (event: MouseEvent) => void;
}

/**
 * A drag over bars that lie by the clock selects the dashboard's time range, a double click doubles it. The wheel with
 * Ctrl or ⌘ brings a part of it closer, which asks no query anew; the plain wheel scrolls the rows.
 */
export function useClock({ session, scroller, scene, isClock, range, onRange, onMoved }: Settings): Clock {
  const { from, to } = range;
  const part = useRef<Span | undefined>(undefined);
  const [isZoomed, setZoomed] = useState(false);
  const [selection, setSelection] = useState<Clock['selection']>();
  const drag = useRef<Drag | undefined>(undefined);
  const dragged = useRef(false);

  const show = useCallback(
    (span: Span | undefined) => {
      part.current = span;
      setZoomed(span !== undefined);
      onMoved();
    },
    [onMoved]
  );
  const reset = useCallback(() => show(undefined), [show]);
  // A part of another range means nothing.
  useEffect(() => {
    if (part.current) {
      reset();
    }
  }, [from, to, isClock, reset]);

  const shown = useCallback(() => part.current, []);
  const timeAt = useCallback(
    (x: number, y: number): number | undefined => {
      const now = scene();
      const bar = now && session.columns(now.view)?.bar;
      if (!now || !bar || !isClock) {
        return undefined;
      }
      const box = now.scroller.getBoundingClientRect();
      const inBar = Math.min(bar.x + bar.width - 1, Math.max(bar.x, x - box.left));
      return session.hit(now.view, inBar, y - box.top)?.time;
    },
    [session, scene, isClock]
  );

  useEffect(() => {
    const box = scroller.current;
    // React listens to the wheel in a way that cannot keep the browser from zooming the page.
    const turn = (event: WheelEvent) => {
      const now = part.current ?? { from, to };
      if (event.ctrlKey || event.metaKey) {
        const at = timeAt(event.clientX, event.clientY);
        if (at !== undefined) {
          event.preventDefault();
          show(zoom(now, { from, to }, at, STEP ** -Math.sign(event.deltaY)));
        }
      } else if (part.current && (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY))) {
        event.preventDefault();
        show(pan(now, { from, to }, Math.sign(event.deltaX || event.deltaY) * 0.1));
      }
    };
    box?.addEventListener('wheel', turn, { passive: false });
    return () => box?.removeEventListener('wheel', turn);
  }, [scroller, from, to, timeAt, show]);

  const step = (direction: 1 | -1) => {
    const now = part.current ?? { from, to };
    if (isClock) {
      show(zoom(now, { from, to }, (now.from + now.to) / 2, STEP ** direction));
    }
  };
  const down = (event: PointerEvent) => {
    dragged.current = false;
    const isTouch = event.pointerType === 'touch';
    const start = isTouch || event.button !== 0 ? undefined : timeAt(event.clientX, event.clientY);
    drag.current = start === undefined ? undefined : { x: event.clientX, y: event.clientY, start };
  };
  const move = (event: PointerEvent): boolean => {
    const { current: held } = drag;
    const box = scroller.current?.getBoundingClientRect();
    if (!held || !box || (!dragged.current && Math.abs(event.clientX - held.x) < DRAG)) {
      return false;
    }
    if (!dragged.current) {
      dragged.current = true;
      event.currentTarget.setPointerCapture(event.pointerId);
    }
    const [left = 0, right = 0] = [held.x, event.clientX].map((x) => x - box.left).sort((a, b) => a - b);
    setSelection({ left: Math.max(0, left), width: Math.min(box.width, right) - Math.max(0, left) });
    return true;
  };
  const cancel = useCallback(() => {
    drag.current = undefined;
    setSelection(undefined);
  }, []);
  const up = (event: PointerEvent) => {
    const end = drag.current && dragged.current ? timeAt(event.clientX, drag.current.y) : undefined;
    const start = drag.current?.start;
    cancel();
    if (start !== undefined && end !== undefined && start !== end) {
      onRange({ from: Math.round(Math.min(start, end)), to: Math.round(Math.max(start, end)) });
    }
  };
  const isDragEnd = useCallback(() => dragged.current, []);
  const doubleClick = (event: MouseEvent) => {
    if (part.current) {
      reset();
    } else if (timeAt(event.clientX, event.clientY) !== undefined) {
      onRange(widen({ from, to }));
    }
  };
  return { shown, isZoomed, reset, step, selection, down, move, up, cancel, isDragEnd, doubleClick };
}

interface Drag {
  x: number;
  y: number;
  /** The time where it began. */
  start: number;
}
