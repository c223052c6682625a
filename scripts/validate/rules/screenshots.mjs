/** Pictures of the panel, each of the type that its name says. @module */
import { error, metadataOf, rootOf, warning } from '../plugin.mjs';

/** First bytes of a file, by its name's end. @type {Record<string, string>} */
const STARTS = { png: '89504e47', jpg: 'ffd8ff', jpeg: 'ffd8ff', gif: '47494638' };

/** @type {import('../plugin.mjs').Rule} */
export default {
  name: 'screenshots',
  check(plugin) {
    const screenshots = metadataOf(plugin).info?.screenshots ?? [];
    if (screenshots.length === 0) {
      return [warning('plugin.json has no screenshots')];
    }
    return screenshots.flatMap((/** @type {any} */ { name, path }) => {
      const bytes = plugin.files[`${rootOf(plugin)}/${path}`] ?? new Uint8Array();
      const start = STARTS[path.split('.').at(-1)];
      const fits = start && Buffer.from(bytes.subarray(0, 4)).toString('hex').startsWith(start);
      return [
        ...(name ? [] : [error(`the screenshot ${path} has no name`)]),
        ...(fits ? [] : [error(`${path} is not what its name says`)]),
      ];
    });
  },
};
