/** A share for people, written as the core writes its own: `12 %`, `0.4 %`, `< 0.1 %`. */
export function formatShare(share: number): string {
  const percent = share * 100;
  if (!Number.isFinite(percent)) {
    return '–';
  }
  if (percent === 0) {
    return '0 %';
  }
  if (percent < 0.05) {
    return '< 0.1 %';
  }
  return `${percent.toFixed(percent < 0.95 ? 1 : 0)} %`;
}
