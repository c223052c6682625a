/** Links of plugin.json and README are of the form that the catalog opens. Where they lead is looked at by Grafana's validator. @module */
import { error, linksOf, metadataOf, textOf } from '../plugin.mjs';

/** @type {import('../plugin.mjs').Rule} */
export default {
  name: 'safelinks',
  check(plugin) {
    const { links = [], author = {} } = metadataOf(plugin).info ?? {};
    const said = [...links.map((/** @type {any} */ { url }) => url), ...(author.url ? [author.url] : [])];
    const read = linksOf(textOf(plugin, 'README.md') ?? '').map(({ target }) => target);
    const addresses = [...said, ...read.filter((target) => /^[a-z]+:/i.test(target))];
    return addresses
      .filter((address) => !/^(https:\/\/[a-z0-9-]+(\.[a-z0-9-]+)+(\/|$|#|\?)|mailto:)/i.test(address))
      .map((address) => error(`${address} is no https address of a public host`));
  },
};
