/** One plugin in the archive. @module */
import { error, rootOf } from '../plugin.mjs';

/** @type {import('../plugin.mjs').Rule} */
export default {
  name: 'nestedmetadata',
  check(plugin) {
    const own = `${rootOf(plugin)}/plugin.json`;
    const others = Object.keys(plugin.files).filter((path) => path.endsWith('/plugin.json') && path !== own);
    return others.map((path) => error(`${path}: another plugin within the plugin`));
  },
};
