import type { View } from '../core/generated/timeline_panel';

/** What is written around the rows. */
export interface Caption {
  title: string;
  /** The time range, in the dashboard's time zone. */
  range: string;
  /** A colour with what it stands for. */
  legend: Array<{ colour: string; text: string }>;
}

const FONT = 12;
const LINE = 20;
const EDGE = 12;
const SWATCH = 10;
const GAP = 16;

/**
 * What is in view as a picture of its own, at the screen's resolution: title and time range above the rows, the legend
 * below. `paint` paints the rows into a context as it does on the screen.
 */
export async function picture(
  view: View,
  { title, range, legend }: Caption,
  paint: (context: CanvasRenderingContext2D) => void
): Promise<Blob> {
  const rows = document.createElement('canvas');
  rows.width = Math.round(view.width * view.pixelRatio);
  rows.height = Math.round(view.height * view.pixelRatio);
  const painted = contextOf(rows);
  paint(painted);

  const canvas = document.createElement('canvas');
  const context = contextOf(canvas);
  context.font = fontOf(view);
  const lines = wrap(
    legend.map(({ text }) => SWATCH + 6 + context.measureText(text).width + GAP),
    view.width
  );
  const below = (lines.at(-1)?.line ?? -1) + 1;
  const height = EDGE + LINE * 2 + view.height + (below > 0 ? EDGE / 2 + below * LINE : 0) + EDGE;
  canvas.width = Math.round((view.width + 2 * EDGE) * view.pixelRatio);
  canvas.height = Math.round(height * view.pixelRatio);
  context.scale(view.pixelRatio, view.pixelRatio);
  context.fillStyle = view.background;
  context.fillRect(0, 0, view.width + 2 * EDGE, height);
  // A new size takes the context's state away.
  context.font = fontOf(view);
  context.textBaseline = 'middle';
  context.fillStyle = view.text;
  context.fillText(title, EDGE, EDGE + LINE / 2, view.width);
  context.fillStyle = view.textDim;
  context.fillText(range, EDGE, EDGE + LINE * 1.5, view.width);
  context.drawImage(rows, EDGE, EDGE + 2 * LINE, view.width, view.height);
  const top = EDGE + 2 * LINE + view.height + EDGE / 2;
  legend.forEach(({ colour, text }, index) => {
    const { x, line } = lines[index] ?? { x: 0, line: 0 };
    const middle = top + (line + 0.5) * LINE;
    context.fillStyle = colour;
    context.fillRect(EDGE + x, middle - SWATCH / 2, SWATCH, SWATCH);
    context.fillStyle = view.text;
    context.fillText(text, EDGE + x + SWATCH + 6, middle);
  });
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('the browser made no picture'))), 'image/png')
  );
}

const fontOf = ({ fontFamily }: View) => `${FONT}px ${fontFamily}`;

function contextOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const context = canvas.getContext('2d');
  if (!context) {
    throw new Error('the browser has no canvas to draw on');
  }
  return context;
}

/** Where things of these widths are put, one after another on as many lines as they need. */
export function wrap(widths: number[], room: number): Array<{ x: number; line: number }> {
  let x = 0;
  let line = 0;
  return widths.map((width) => {
    if (x > 0 && x + width > room) {
      x = 0;
      line += 1;
    }
    const place = { x, line };
    x += width;
    return place;
  });
}
