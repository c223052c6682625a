/** The catalog's search finds the plugin, and its card says what it is for. @module */
import { metadataOf, warning } from '../plugin.mjs';

/** @type {import('../plugin.mjs').Rule} */
export default {
  name: 'discoverability',
  check(plugin) {
    const { description = '', keywords = [] } = metadataOf(plugin).info ?? {};
    const sentences = description.split(/[.!?](\s|$)/).filter((/** @type {string} */ text) => text?.trim());
    return [
      ...(description.trim() ? [] : [warning('plugin.json has no description')]),
      ...(sentences.length > 2
        ? [warning(`the description has ${sentences.length} sentences; the card has room for two`)]
        : []),
      ...(keywords.length === 0 ? [warning('plugin.json has no keywords')] : []),
    ];
  },
};
