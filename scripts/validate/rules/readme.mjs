/** The catalog's page is there, says something, and hides nothing. @module */
import { error, linksOf, textOf, warning } from '../plugin.mjs';

const ENOUGH = 500;

/** @type {import('../plugin.mjs').Rule} */
export default {
  name: 'readme',
  check(plugin) {
    const text = textOf(plugin, 'README.md');
    if (text === undefined) {
      return [error('README.md is missing')];
    }
    const pictures = linksOf(text).filter(({ picture }) => picture);
    return [
      ...(text.length < ENOUGH ? [error('README.md says next to nothing')] : []),
      ...(text.includes('<!--') ? [warning('README.md has HTML comments')] : []),
      ...(/%[A-Z_]+%/.test(text) ? [error('README.md has a placeholder that nothing filled in')] : []),
      ...pictures
        .filter(({ target }) => !target.startsWith('https://'))
        .map(({ target }) => error(`README.md: the picture ${target} has no full address`)),
    ];
  },
};
