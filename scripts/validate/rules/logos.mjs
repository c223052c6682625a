/** Both logos are there, as SVG. @module */
import { error, metadataOf, textOf } from '../plugin.mjs';

/** @type {import('../plugin.mjs').Rule} */
export default {
  name: 'logos',
  check(plugin) {
    const { small, large } = metadataOf(plugin).info?.logos ?? {};
    return Object.entries({ small, large }).flatMap(([size, path]) =>
      /^\s*(<\?xml[^>]*>\s*)?<svg[\s>]/.test(textOf(plugin, path ?? '') ?? '')
        ? []
        : [error(`the ${size} logo is no SVG in the archive: ${path}`)]
    );
  },
};
