import { useCallback, useEffect, useLayoutEffect, useRef } from 'react';

/** Asks for `draw` to run before the next repaint: once, however often it was asked, and as of the latest render. */
export function useFrame(draw: () => void): () => void {
  const latest = useRef(draw);
  const pending = useRef<number | undefined>(undefined);

  useLayoutEffect(() => {
    latest.current = draw;
  }, [draw]);

  useEffect(
    () => () => {
      if (pending.current !== undefined) {
        cancelAnimationFrame(pending.current);
        pending.current = undefined;
      }
    },
    []
  );

  return useCallback(() => {
    pending.current ??= requestAnimationFrame(() => {
      pending.current = undefined;
      latest.current();
    });
  }, []);
}
