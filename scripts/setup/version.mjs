/** Versions of Rust as its tools print them. */

/**
 * @param {string | undefined} text such as `rustc 1.95.0 (59807616e 2026-04-14)`
 * @returns {number[] | undefined} such as [1, 95, 0]
 */
export function versionIn(text) {
  const numbers = /\b(\d+)\.(\d+)(?:\.(\d+))?/.exec(text ?? '')?.slice(1);
  return numbers?.map((number) => Number(number ?? 0));
}

/**
 * @param {number[]} a
 * @param {number[]} b
 * @returns {number} negative where a is older than b, 0 where they are the same
 */
export const compareVersions = (a, b) => a.map((part, index) => part - (b[index] ?? 0)).find(Boolean) ?? 0;
