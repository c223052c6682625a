/** Links of the README work from the catalog: none is relative. @module */
import { error, linksOf, textOf } from '../plugin.mjs';

/** @type {import('../plugin.mjs').Rule} */
export default {
  name: 'brokenlinks',
  check(plugin) {
    const relative = linksOf(textOf(plugin, 'README.md') ?? '').filter(
      ({ target }) => !/^(https?:|mailto:|#)/.test(target)
    );
    return relative.map(({ target }) => error(`README.md: ${target} is relative, and leads nowhere in the catalog`));
  },
};
