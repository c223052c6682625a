import { useEffect } from 'react';

/** Calls `redraw` whenever fonts have arrived: a canvas keeps the letters that it was painted with until then. */
export function useFonts(redraw: () => void): void {
  useEffect(() => {
    // Absent outside of browsers.
    const fonts: FontFaceSet | undefined = document.fonts;
    fonts?.addEventListener('loadingdone', redraw);
    return () => fonts?.removeEventListener('loadingdone', redraw);
  }, [redraw]);
}
