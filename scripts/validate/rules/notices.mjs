/** Every npm package that is in the scripts is named with its licence. A rule of ours; the validator has none. @module */
import { NOTICES, packagesIn } from '../../lib/notices.mjs';
import { error, rootOf, textOf } from '../plugin.mjs';

/** @type {import('../plugin.mjs').Rule} */
export default {
  name: 'notices',
  check(plugin) {
    const text = textOf(plugin, NOTICES);
    if (text === undefined) {
      return [error(`${NOTICES} is missing`)];
    }
    const root = rootOf(plugin);
    const paths = Object.keys(plugin.files).map((path) => path.slice(root.length + 1));
    const maps = paths.filter((path) => path.endsWith('.js.map')).map((path) => textOf(plugin, path) ?? '{}');
    return packagesIn(maps)
      .filter((name) => !text.includes(`\n${name} `))
      .map((name) => error(`${NOTICES} does not name ${name}`));
  },
};
