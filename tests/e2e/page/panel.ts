/** The panel on its page, as a test handles it. */
import { expect, type Locator, type Page } from '@playwright/test';

import { addressOf, type Site } from '../world/addresses.ts';
import type { ViewChange } from './views.ts';

/** `window.host` of tests/host/src/testHooks.ts, as far as it is used here. */
interface HostHooks {
  readonly ready: boolean;
  readonly error?: string;
  setView: (change: object) => Promise<void>;
  getOptions: () => Record<string, unknown>;
  getAnnotations: () => Array<{ time?: number; timeEnd?: number; title?: string }>;
  readonly events: Array<{ type: string; time?: number }>;
  getState: () => { state?: string; error?: string };
  refresh: () => Promise<void>;
  setFault: (name?: string) => void;
}

declare global {
  interface Window {
    host: HostHooks;
  }
}

/** Of a row of the usual density, CSS pixels. */
export const ROW_HEIGHT = 22;

/** One row of the accessible table: numbers as the page's `<data>` elements hold them. */
export interface TableRow {
  level: 'group' | 'row' | 'node';
  /** From 1 on. */
  depth: number;
  /** Whether what is in it is shown; absent where there is nothing in it. */
  expanded?: boolean;
  /** Which targets it exceeds. */
  over: string[];
  kind: 'run' | 'group' | 'bucket' | 'mean';
  name: string;
  workflow: string;
  state: string;
  tier: string;
  end?: number;
  runs?: number;
  total?: number;
  wall?: number;
  overhead?: number;
  stages: Record<string, { value: number; count: number; mean?: number; text: string }>;
}

/** What an address asks for beside the view. */
interface Asked {
  site?: Site;
  fault?: string;
  state?: string;
  deployment?: string;
}

export class Panel {
  readonly rows: Locator;
  readonly table: Locator;
  readonly empty: Locator;
  readonly notices: Locator;
  readonly failure: Locator;
  readonly chart: Locator;
  readonly canvas: Locator;
  readonly tooltip: Locator;
  readonly pinned: Locator;
  readonly legend: Locator;

  constructor(
    readonly page: Page,
    readonly root: Locator = page.getByTestId('workflow-timeline')
  ) {
    this.rows = root.getByTestId('workflow-timeline-row');
    this.table = root.getByRole('treegrid', { name: 'Workflow executions and the time of their stages' });
    this.empty = root.getByTestId('workflow-timeline-empty');
    this.notices = root.getByTestId('workflow-timeline-notices');
    this.failure = root.getByRole('alert');
    this.chart = root.getByRole('group', { name: 'Timeline of workflow executions' });
    this.canvas = this.chart.locator('canvas');
    this.tooltip = page.getByRole('tooltip');
    /** The tooltip that a click has kept. */
    this.pinned = page.getByRole('dialog');
    this.legend = root.locator('button[data-stage]');
  }

  /** Opens the page with a view, and waits until the panel has its answer. */
  async open(view: ViewChange, { site = 'open', ...asked }: Asked = {}): Promise<void> {
    const query = new URLSearchParams(Object.entries(asked));
    await this.page.goto(`${addressOf(site)}?${query}#${encodeURIComponent(JSON.stringify(view))}`);
    await this.settled();
  }

  /** Opens the page in one of the states of tests/host/states.ts. */
  async openState(state: string): Promise<void> {
    await this.open({}, { state });
  }

  /** Changes the view. */
  async change(view: ViewChange): Promise<void> {
    await this.page.evaluate((change) => window.host.setView(change), view);
  }

  async settled(): Promise<void> {
    await expect.poll(() => this.page.evaluate(() => window.host?.error ?? window.host?.ready)).toBe(true);
  }

  /** Checksum of what the canvas shows, or of a part of it in CSS pixels. */
  async pixels(part?: { x: number; y: number; width: number; height: number }): Promise<number> {
    return this.canvas.evaluate(checksum, part);
  }

  /** How many pixels of the canvas have exactly this colour, such as `rgb(1, 2, 3)`. */
  async pixelsOf(colour: string): Promise<number> {
    return this.canvas.evaluate(countPixels, colour);
  }

  /** Where the middle of a row's bar begins on the page, for rows of the usual height. */
  async placeOf(row: number, x = 0.5): Promise<{ x: number; y: number }> {
    const { top, left, width, axis } = await this.chart.evaluate((scroller, rowHeight) => {
      const box = scroller.getBoundingClientRect();
      const rows = Number(document.querySelector('table[aria-rowcount]')?.getAttribute('aria-rowcount')) - 1;
      const content = parseFloat((scroller.firstElementChild as HTMLElement).style.height);
      return { top: box.top - scroller.scrollTop, left: box.left, width: box.width, axis: content - rows * rowHeight };
    }, ROW_HEIGHT);
    return { x: left + width * x, y: top + axis + (row + 0.5) * ROW_HEIGHT };
  }

  /** Every row of the table, once it holds all of them. */
  async read(): Promise<TableRow[]> {
    await expect(this.rows.first()).toBeAttached();
    const count = await this.table.getAttribute('aria-rowcount');
    await expect(this.rows).toHaveCount(Number(count) - 1);
    return this.rows.evaluateAll(readRows);
  }
}

/** Runs in the page. */
function checksum(canvas: Element, part?: { x: number; y: number; width: number; height: number }): number {
  const { width, height } = canvas as HTMLCanvasElement;
  const ratio = width / canvas.clientWidth;
  const box = part ? [part.x, part.y, part.width, part.height].map((length) => length * ratio) : [0, 0, width, height];
  const [x = 0, y = 0, w = 0, h = 0] = box;
  let sum = 0;
  for (const byte of (canvas as HTMLCanvasElement).getContext('2d')?.getImageData(x, y, w, h).data ?? []) {
    sum = (Math.imul(sum, 31) + byte) | 0;
  }
  return sum;
}

/** Runs in the page. */
function countPixels(canvas: Element, colour: string): number {
  const { width, height } = canvas as HTMLCanvasElement;
  const data = (canvas as HTMLCanvasElement).getContext('2d')?.getImageData(0, 0, width, height).data ?? [];
  const [red, green, blue] = (colour.match(/\d+/g) ?? []).map(Number);
  let count = 0;
  for (let i = 0; i < data.length; i += 4) {
    count += data[i] === red && data[i + 1] === green && data[i + 2] === blue ? 1 : 0;
  }
  return count;
}

/** Runs in the page. */
function readRows(lines: Element[]): TableRow[] {
  const number = (cell: Element | undefined) => {
    const value = cell?.querySelector('data')?.getAttribute('value');
    return value === null || value === undefined ? undefined : Number(value);
  };
  return lines.map((line) => {
    const [name, workflow, state, tier, end, runs, total, wall, overhead] = [...line.children];
    const stages = [...line.querySelectorAll<HTMLElement>('td[data-stage]')].flatMap((cell) => {
      const value = number(cell);
      const { stage = '', count, mean } = cell.dataset;
      const text = cell.textContent;
      const read = {
        value: value ?? NaN,
        count: Number(count),
        mean: mean === undefined ? undefined : Number(mean),
        text,
      };
      return value === undefined ? [] : [[stage, read] as const];
    });
    const { level, over = '' } = (line as HTMLElement).dataset;
    const expanded = line.getAttribute('aria-expanded');
    return {
      level: level as TableRow['level'],
      depth: Number(line.getAttribute('aria-level')),
      expanded: expanded === null ? undefined : expanded === 'true',
      over: over.split(' '),
      kind: (line as HTMLElement).dataset.kind as TableRow['kind'],
      name: name?.textContent ?? '',
      workflow: workflow?.textContent ?? '',
      state: state?.textContent ?? '',
      tier: tier?.textContent ?? '',
      end: number(end),
      runs: number(runs),
      total: number(total),
      wall: number(wall),
      overhead: number(overhead),
      stages: Object.fromEntries(stages),
    };
  });
}
