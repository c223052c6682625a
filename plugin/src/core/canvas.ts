import type { View } from './generated/timeline_panel';

/** Makes the canvas as large as the view, in CSS pixels and in device pixels. Assigning a size clears it: only on change. */
export function fitCanvas(canvas: HTMLCanvasElement, { width, height, pixelRatio }: View): void {
  const deviceWidth = Math.round(width * pixelRatio);
  const deviceHeight = Math.round(height * pixelRatio);
  if (canvas.width !== deviceWidth || canvas.height !== deviceHeight) {
    canvas.width = deviceWidth;
    canvas.height = deviceHeight;
  }
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
}
