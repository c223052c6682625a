/** The built core as the panel uses it: the shell's own flattening, then the wasm. */
import { type DataFrame } from '@grafana/data';

import { toFrames } from '../../../plugin/src/core/frames.ts';
import type { InitOutput, Loaded, Row, Timeline, View } from '../../../plugin/src/core/generated/timeline_panel.js';

import { type Counters } from './data.ts';

type Glue = typeof import('../../../plugin/src/core/generated/timeline_panel.js');

export interface Core {
  new: () => Timeline;
  /** Bytes of its memory, which never shrinks. */
  memory: () => number;
}

/** A core of its own, whose memory no other work has grown. The query makes the browser evaluate the module anew. */
export async function freshCore(name: string): Promise<Core> {
  const glue = (await import(/* webpackIgnore: true */ `/core/timeline_panel.js?${name}`)) as Glue;
  const bytes = await (await fetch('/core/timeline_panel_bg.wasm')).arrayBuffer();
  const exports: InitOutput = await glue.default({ module_or_path: bytes });
  return { new: () => new glue.Timeline(), memory: () => exports.memory.buffer.byteLength };
}

export function load(timeline: Timeline, { frames, from, to }: Counters, rows: 'best' | 'means' = 'best'): Loaded {
  return timeline.load(toFrames(frames), { from, to, metrics: {}, rows });
}

/** Bytes of the columns as they lie in the core. */
export function bytesOf(frames: DataFrame[]): number {
  const { columns, ones } = toFrames(frames);
  return (
    8 * ones.length + columns.reduce((sum, column) => sum + column.length * (column instanceof Uint32Array ? 4 : 8), 0)
  );
}

export const allRows = (timeline: Timeline): Row[] => timeline.rows(0, 0xffffffff);

export function view(rowHeight: number, scrollTop: number): View {
  return {
    ...{ width: 1000, height: 700, scrollTop, pixelRatio: 1, rowHeight, theme: 'dark', active: -1 },
    ...{ text: '#ccccdc', textDim: '#9a9aa5', grid: '#333', background: '#181b1f', hover: '#222' },
    fontFamily: 'sans-serif',
    formatTime: (ms: number) => new Date(ms).toISOString().slice(11, 16),
  };
}
