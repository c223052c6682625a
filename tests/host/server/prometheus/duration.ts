/** Durations as Prometheus and Grafana write them: `15s`, `1m30s`, `500ms`, `1h`, `2d`. */

const UNIT_MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
  y: 31_536_000_000,
};

/**
 * Reads a duration.
 *
 * @returns milliseconds
 * @throws Error naming the text, when it is not a duration or is not longer than zero
 */
export function parseDuration(text: string): number {
  const trimmed = text.trim().replace(/^[<>]/, '');
  const parts = [...trimmed.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d|w|y)/g)];
  const whole = parts.map((part) => part[0]).join('') === trimmed;
  const total = parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * (UNIT_MS[unit ?? ''] ?? 0), 0);
  if (!whole || !(total > 0)) {
    throw new Error(`"${text}" is not a duration: write it like 15s, 1m or 1h30m`);
  }
  return total;
}

/** Writes a step as one number with the largest unit that divides it: 15000 → `15s`, 90000 → `90s`. */
export function formatDuration(ms: number): string {
  const unit = (['d', 'h', 'm', 's'] as const).find((candidate) => ms % (UNIT_MS[candidate] ?? 1) === 0);
  return unit && ms > 0 ? `${ms / (UNIT_MS[unit] ?? 1)}${unit}` : `${Math.round(ms)}ms`;
}
