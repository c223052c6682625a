/** The README speaks to who installs the plugin, not to who builds it. @module */
import { textOf, warning } from '../plugin.mjs';

/** @type {import('../plugin.mjs').Rule} */
export default {
  name: 'jargon',
  check(plugin) {
    const words = /\b(yarn|nodejs|node\.js|npm|webpack|mage)\b/gi;
    const found = [...new Set((textOf(plugin, 'README.md') ?? '').match(words))];
    return found.map((word) => warning(`README.md speaks of ${word}`));
  },
};
