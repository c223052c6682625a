import { type RefObject, useEffect } from 'react';

/** Calls `leave` where a pointer is pressed outside of all the boxes. */
export function usePressOutside(boxes: Array<RefObject<HTMLElement | null>>, isOn: boolean, leave: () => void): void {
  useEffect(() => {
    if (!isOn) {
      return undefined;
    }
    const press = ({ target }: Event) => {
      if (target instanceof Node && !boxes.some(({ current }) => current?.contains(target))) {
        leave();
      }
    };
    // Captured: what is pressed may take itself off the page, or keep the event to itself.
    document.addEventListener('pointerdown', press, true);
    return () => document.removeEventListener('pointerdown', press, true);
  });
}
