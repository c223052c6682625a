/** How figures are printed. */
import { say } from '../lib/say.mjs';

/** @param {string} text */
export const heading = (text) => say(`\n${text}`);

/**
 * @param {string} what
 * @param {number} value
 * @param {string} [rest]
 */
export const ms = (what, value, rest) =>
  say(`  ${what.padEnd(36)} ${value.toFixed(value < 10 ? 2 : 1).padStart(8)} ms${rest ? `  (${rest})` : ''}`);

/**
 * @param {string} what
 * @param {number} ratio
 */
export const times = (what, ratio) => say(`  ${what.padEnd(36)} ${ratio.toFixed(2).padStart(8)} ×`);

/** @param {number} size */
export const bytes = (size) => `${(size / 2 ** 20).toFixed(1)} MB`;

/**
 * @param {string} what
 * @param {boolean} holds
 * @param {string} budget
 * @param {boolean} [judged] whether the budget is for this size at all
 * @returns {boolean} false where a budget does not hold
 */
export function within(what, holds, budget, judged = true) {
  const verdict = judged ? (holds ? 'pass' : 'FAIL') : 'note';
  say(`  ${verdict}  ${what} (budget ${budget}${judged ? '' : ', at a million samples'})`);
  return holds || !judged;
}
