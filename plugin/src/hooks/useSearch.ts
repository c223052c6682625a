import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';

interface Searching {
  /** Whether the search box has to be there, also where the header has no room. */
  isOpen: boolean;
  box: RefObject<HTMLInputElement | null>;
  open: () => void;
  leave: () => void;
}

/**
 * The way into the search box and back to the rows.
 *
 * @param words what is searched for; while there is any, the box stays
 */
export function useSearch(words: string, rows: RefObject<HTMLElement | null>): Searching {
  const box = useRef<HTMLInputElement>(null);
  const [isWanted, want] = useState(false);

  const open = useCallback(() => {
    want(true);
    box.current?.focus();
  }, []);
  // Where the header was not there, its box is only now.
  useEffect(() => {
    if (isWanted) {
      box.current?.focus();
    }
  }, [isWanted]);
  const leave = useCallback(() => {
    want(false);
    rows.current?.focus({ preventScroll: true });
  }, [rows]);

  return { isOpen: isWanted || words !== '', box, open, leave };
}
