import { formattedValueToString, getValueFormat } from '@grafana/data';

/** `0.234` as `23%`; below a tenth with one decimal, so that a small share doesn't vanish. */
export function formatShare(share: number): string {
  const decimals = share > 0 && share < 0.0995 ? 1 : 0;
  return formattedValueToString(getValueFormat('percentunit')(share, decimals));
}
