/** What plugin.json points to is in the archive, by a plain path. @module */
import { error, holds, metadataOf } from '../plugin.mjs';

/** @type {import('../plugin.mjs').Rule} */
export default {
  name: 'metadatapaths',
  check(plugin) {
    const { logos = {}, screenshots = [] } = metadataOf(plugin).info ?? {};
    const paths = [...Object.values(logos), ...screenshots.map((/** @type {any} */ { path }) => path)];
    return paths.flatMap((path) => {
      if (/^[./]|^https?:|\.\./.test(path)) {
        return [error(`plugin.json: ${path} is not a path from the plugin's folder`)];
      }
      return holds(plugin, path) ? [] : [error(`plugin.json: ${path} is not in the archive`)];
    });
  },
};
