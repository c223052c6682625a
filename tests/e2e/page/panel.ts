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
  refresh: () => Promise<void>;
  setFault: (name?: string) => void;
}

declare global {
  interface Window {
    host: HostHooks;
  }
}

/** One row of the accessible table: numbers as the page's `<data>` elements hold them. */
export interface TableRow {
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

export class Panel {
  readonly rows: Locator;
  readonly table: Locator;
  readonly empty: Locator;
  readonly notices: Locator;
  readonly failure: Locator;
  readonly chart: Locator;
  readonly canvas: Locator;
  readonly tooltip: Locator;
  readonly legend: Locator;

  constructor(
    readonly page: Page,
    readonly root: Locator = page.getByTestId('workflow-timeline')
  ) {
    this.rows = root.getByTestId('workflow-timeline-row');
    this.table = root.getByRole('table', { name: 'Workflow executions and the time of their stages' });
    this.empty = root.getByTestId('workflow-timeline-empty');
    this.notices = root.getByTestId('workflow-timeline-notices');
    this.failure = root.getByRole('alert');
    this.chart = root.getByRole('group', { name: 'Timeline of workflow executions' });
    this.canvas = this.chart.locator('canvas');
    this.tooltip = page.getByRole('tooltip');
    this.legend = root.locator('button[data-stage]');
  }

  /** Opens the page with a view, and waits until the panel has its answer. */
  async open(view: ViewChange, { site = 'open', fault }: { site?: Site; fault?: string } = {}): Promise<void> {
    const query = fault ? `?fault=${fault}` : '';
    await this.page.goto(`${addressOf(site)}${query}#${encodeURIComponent(JSON.stringify(view))}`);
    await this.settled();
  }

  /** Changes the view. */
  async change(view: ViewChange): Promise<void> {
    await this.page.evaluate((change) => window.host.setView(change), view);
  }

  async settled(): Promise<void> {
    await expect.poll(() => this.page.evaluate(() => window.host?.error ?? window.host?.ready)).toBe(true);
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
    return {
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
