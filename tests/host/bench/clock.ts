/** Timing in a page that may collect its garbage by hand and whose clock is fine. */

declare global {
  interface Window {
    /** With `--js-flags=--expose-gc`. */
    gc?: () => void;
  }
}

/** ms that one call takes, with the garbage of all before it collected. */
export async function timed(work: () => unknown): Promise<number> {
  window.gc?.();
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

export function quantile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

export const median = (values: number[]) => quantile(values, 0.5);

/** Median ms of each piece of work, which take turns, so that whatever disturbs the machine disturbs all alike. */
export async function compare<Name extends string>(
  rounds: number,
  works: Record<Name, () => unknown>
): Promise<Record<Name, number>> {
  const names = Object.keys(works) as Name[];
  const times = new Map<Name, number[]>(names.map((name) => [name, []]));
  // The first round lets the engine compile what it will.
  for (let round = 0; round <= rounds; round++) {
    for (const name of names) {
      const ms = await timed(works[name]);
      if (round > 0) {
        times.get(name)?.push(ms);
      }
    }
  }
  return Object.fromEntries(names.map((name) => [name, quantile(times.get(name) ?? [], 0.25)])) as Record<Name, number>;
}
