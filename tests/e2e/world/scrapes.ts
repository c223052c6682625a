/** When an instance of propeller was scraped, and what a scrape could still see. All times in unix ms. */

export interface Grid {
  start: number;
  end: number;
  interval_ms: number;
  /** Of every scrape after the begin of its interval. */
  offset: number;
  /** When the process began anew, ascending. */
  restarts: number[];
}

/** One life of a process, from one restart to the next: `to` excluded. */
export interface Life {
  from: number;
  to: number;
}

export class Scrapes {
  readonly #grid: Grid;
  readonly lives: Life[];

  constructor(grid: Grid) {
    this.#grid = grid;
    const edges = [grid.start, ...grid.restarts, Infinity];
    this.lives = edges.slice(0, -1).map((from, index) => ({ from, to: edges[index + 1] ?? Infinity }));
  }

  /** The first scrape at or after an instant, undefined after the end of the history. */
  atOrAfter(instant: number): number | undefined {
    const { start, end, interval_ms, offset } = this.#grid;
    const scrape = start + offset + Math.ceil((instant - start - offset) / interval_ms) * interval_ms;
    return scrape > end ? undefined : scrape;
  }

  /** The last scrape at or before an instant. */
  atOrBefore(instant: number): number {
    const { start, end, interval_ms, offset } = this.#grid;
    return start + offset + Math.floor((Math.min(instant, end) - start - offset) / interval_ms) * interval_ms;
  }

  lifeAt(instant: number): Life {
    const life = this.lives.find(({ from, to }) => from <= instant && instant < to);
    if (!life) {
      throw new Error(`no process lived at ${instant}`);
    }
    return life;
  }

  /** The scrape that first saw what was observed at an instant; undefined where a restart or the end came before it. */
  firstToSee(observedAt: number): number | undefined {
    const scrape = this.atOrAfter(observedAt);
    return scrape !== undefined && scrape < this.lifeAt(observedAt).to ? scrape : undefined;
  }
}
