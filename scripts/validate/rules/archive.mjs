/** One folder in the archive, named after the plugin. @module */
import { error, metadataOf, rootOf } from '../plugin.mjs';

/** @type {import('../plugin.mjs').Rule} */
export default {
  name: 'archive',
  check(plugin) {
    if (Object.keys(plugin.files).length === 0) {
      return [error('the archive is empty')];
    }
    const root = rootOf(plugin);
    if (!root) {
      return [error('the archive holds more than one folder, or a file beside it')];
    }
    const { id } = metadataOf(plugin);
    return root === id ? [] : [error(`the folder in the archive is ${root}, the plugin ${id}`)];
  },
};
