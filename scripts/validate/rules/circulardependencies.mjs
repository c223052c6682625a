/** The plugin does not depend on itself. @module */
import { error, metadataOf } from '../plugin.mjs';

/** @type {import('../plugin.mjs').Rule} */
export default {
  name: 'circulardependencies',
  check(plugin) {
    const { id, dependencies } = metadataOf(plugin);
    const itself = (dependencies?.plugins ?? []).some((/** @type {any} */ other) => other.id === id);
    return itself ? [error(`${id} depends on itself`)] : [];
  },
};
