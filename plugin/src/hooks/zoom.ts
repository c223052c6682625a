/** A part of time, ms since the epoch. */
export interface Span {
  from: number;
  to: number;
}

/** No closer than this, ms: starts are whole seconds. */
const CLOSEST = 1000;

/** What one step of the wheel or of a key shows of what was shown before. */
export const STEP = 0.8;

/** A part of `whole` that is `factor` as long as `now` and holds `at` where it was. Nothing where that is the whole. */
export function zoom(now: Span, whole: Span, at: number, factor: number): Span | undefined {
  const length = Math.max(CLOSEST, (now.to - now.from) * factor);
  if (length >= whole.to - whole.from) {
    return undefined;
  }
  const share = (at - now.from) / (now.to - now.from);
  return within({ from: at - share * length, to: at + (1 - share) * length }, whole);
}

/** Moved by a share of its length, as far as the whole goes. */
export function pan(now: Span, whole: Span, share: number): Span {
  const by = (now.to - now.from) * share;
  return within({ from: now.from + by, to: now.to + by }, whole);
}

/** As far again to both sides, as a double click on a graph of Grafana's has it. */
export function widen({ from, to }: Span): Span {
  const pad = (to - from) / 2;
  return { from: from - pad, to: to + pad };
}

function within({ from, to }: Span, whole: Span): Span {
  const by = Math.max(0, whole.from - from) - Math.max(0, to - whole.to);
  return { from: from + by, to: to + by };
}
