/** A signature, if there is one, is of these files. That it is Grafana's only Grafana can say. @module */
import { digest } from '../../package/zip.mjs';
import { error, rootOf, textOf } from '../plugin.mjs';

/** @type {import('../plugin.mjs').Rule} */
export default {
  name: 'manifest',
  check(plugin) {
    const text = textOf(plugin, 'MANIFEST.txt');
    if (text === undefined) {
      return [];
    }
    /** @type {Record<string, string>} */
    const listed = JSON.parse(/\{[^]*\}/.exec(text)?.[0] ?? '{}').files ?? {};
    const root = rootOf(plugin);
    const there = Object.entries(plugin.files).map(([path, bytes]) => [
      path.slice(root.length + 1),
      digest('sha256', bytes),
    ]);
    const files = Object.fromEntries(there.filter(([path]) => path !== 'MANIFEST.txt'));
    return [
      ...Object.keys(listed)
        .filter((path) => !files[path])
        .map((path) => error(`MANIFEST.txt lists ${path}, which is not there`)),
      ...Object.keys(files)
        .filter((path) => !listed[path])
        .map((path) => error(`MANIFEST.txt does not list ${path}`)),
      ...Object.keys(files)
        .filter((path) => listed[path] && listed[path] !== files[path])
        .map((path) => error(`${path} was changed after it was signed`)),
    ];
  },
};
