/** The page of `npm run bench`: measures in one run what `scripts/bench` asks for and reports. */
import type { Mode } from '../../../plugin/src/core/generated/timeline_panel.js';

import { allRows, bytesOf, type Core, freshCore, load, view } from './core.ts';
import { compare, median, quantile, timed } from './clock.ts';
import { type Counters, counters, executions, SERIES_OF_A_WORKFLOW } from './data.ts';
import { check } from './equal.ts';
import { plainRows, readOnce } from './plain.ts';
import { registerTransformations, stockRows } from './stock.ts';

export interface Work {
  samples: number;
  rows: number;
  /** ms. `first` is the first load of a fresh core, whose memory has to grow. */
  first: number;
  core: number;
  flatten: number;
  plain?: number;
  read: number;
  stock?: number;
  /** Rows that were found equal to those of plain JavaScript. */
  equal?: number;
  /** Bytes. */
  columns: number;
  memory: number;
}

let cores = 0;
const fresh = () => freshCore(`${++cores}`);

/** Counters over a range to rows, and the other ways to do it. */
async function ranges(workflows: number, steps: number, rounds: number): Promise<Work> {
  const data = counters(workflows, steps);
  const { core, first, timeline, memory } = await firstLoad(data);
  const means = core.new();
  load(means, data, 'means');
  const equal = check(allRows(timeline), allRows(means), plainRows(data.frames));
  means.free();
  const { toFrames } = await import('../../../plugin/src/core/frames.ts');
  const times = await compare(rounds, {
    core: () => load(timeline, data),
    flatten: () => toFrames(data.frames),
    plain: () => plainRows(data.frames),
    read: () => readOnce(data.frames),
    // Calculations are kept in a field's state: none is left over from the round before.
    stock: () =>
      stockRows(data.frames.map((frame) => ({ ...frame, fields: frame.fields.map((field) => ({ ...field })) }))),
  });
  return {
    samples: data.samples,
    rows: allRows(timeline).length,
    first,
    equal,
    columns: bytesOf(data.frames),
    memory,
    ...times,
  };
}

/** Executions of an instant query in table format to rows. */
async function tables(count: number, rounds: number): Promise<Work> {
  const data = executions(count);
  const { first, timeline, memory } = await firstLoad(data);
  const { toFrames } = await import('../../../plugin/src/core/frames.ts');
  const times = await compare(rounds, {
    core: () => load(timeline, data),
    flatten: () => toFrames(data.frames),
    read: () => readOnce(data.frames),
  });
  return { samples: data.samples, rows: count, first, columns: bytesOf(data.frames), memory, ...times };
}

async function firstLoad(data: Counters) {
  const core = await fresh();
  const timeline = core.new();
  const before = core.memory();
  const first = await timed(() => load(timeline, data));
  return { core, first, timeline, memory: core.memory() - before };
}

export interface Frames {
  rows: number;
  /** How the rows are arranged. */
  mode: Mode;
  /** ms of script for one painted frame while scrolling. */
  paint: number;
  worst: number;
  /** ms from a pointer's position to what a tooltip shows. */
  hit: number;
}

/** Script of a frame while scrolling, and of the pointer. */
async function scrolling(count: number, mode: Mode): Promise<Frames> {
  const core = await fresh();
  const timeline = core.new();
  const { rows } = load(timeline, executions(count));
  timeline.arrange({ sort: 'end', descending: true, hidden: [], mode });
  const context = document.querySelector('canvas')?.getContext('2d');
  if (!context || rows !== count) {
    throw new Error(`${rows} rows instead of ${count}`);
  }
  const height = timeline.contentHeight(view(22, 0));
  const paints: number[] = [];
  const hits: number[] = [];
  for (let frame = 0; frame < 240; frame++) {
    const at = view(22, ((height - 700) * frame) / 239);
    const startedAt = performance.now();
    timeline.paint(context, at);
    paints.push(performance.now() - startedAt);
    const askedAt = performance.now();
    timeline.hit(at, 300 + frame, 100 + frame);
    hits.push(performance.now() - askedAt);
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
  timeline.free();
  // The first frames measure texts that are drawn again and again.
  return { rows, mode, paint: median(paints), worst: quantile(paints.slice(20), 0.95), hit: median(hits) };
}

export interface Refreshes {
  samples: number;
  /** ms of a load into a timeline that never had any, and of one that follows on nearly the same data. */
  first: number;
  refresh: number;
  /** Bytes of the core's memory after so many refreshes. */
  after10: number;
  after1000: number;
}

/** A dashboard that refreshes: the window moves on by a step each time. */
async function refreshing(workflows: number, steps: number): Promise<Refreshes> {
  const core: Core = await fresh();
  const windows = Array.from({ length: 8 }, (_, shift) => counters(workflows, steps, shift));
  const timeline = core.new();
  const at = (refresh: number) => windows[refresh % windows.length]!;
  for (let refresh = 0; refresh < 10; refresh++) {
    load(timeline, at(refresh));
  }
  const after10 = core.memory();
  let turn = 0;
  const times = await compare(24, {
    first: () => {
      const other = core.new();
      load(other, at(turn));
      other.free();
    },
    refresh: () => load(timeline, at(++turn)),
  });
  for (let refresh = 10; refresh < 1_000; refresh++) {
    load(timeline, at(refresh));
  }
  return { samples: windows[0]!.samples, ...times, after10, after1000: core.memory() };
}

registerTransformations();

/** What `scripts/bench` calls. */
const bench = {
  ranges: (samples: number, steps: number, rounds: number) =>
    ranges(Math.round(samples / steps / SERIES_OF_A_WORKFLOW), steps, rounds),
  tables: (samples: number, rounds: number) => tables(Math.round(samples / SERIES_OF_A_WORKFLOW), rounds),
  scrolling,
  refreshing,
};

export type Bench = typeof bench;

Object.assign(window, { bench });
