import { useSyncExternalStore } from 'react';

/** Device pixels per CSS pixel; changes when the page is zoomed or the window moves to another screen. */
export function usePixelRatio(): number {
  return useSyncExternalStore(subscribe, () => window.devicePixelRatio || 1);
}

/** A media query can only say that a certain ratio is left, so each change asks for the next one. */
function subscribe(changed: () => void): () => void {
  let query: MediaQueryList;
  const watch = () => {
    query = window.matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`);
    query.addEventListener('change', onChange);
  };
  const onChange = () => {
    query.removeEventListener('change', onChange);
    watch();
    changed();
  };
  watch();
  return () => query.removeEventListener('change', onChange);
}
