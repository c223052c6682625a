/**
 * The archive holds what a panel needs and no more: of every kind of file only as many as there should be, no file of tests, none
 * that is hidden, and no more bytes than the catalog's visitors should wait for. A rule of ours; the validator has none.
 * @module
 */
import { error, rootOf } from '../plugin.mjs';

const KINDS = [
  /^(plugin\.json|README\.md|CHANGELOG\.md|LICENSE|THIRD-PARTY-NOTICES\.txt|MANIFEST\.txt)$/,
  /^[\w.-]+\.js(\.map|\.LICENSE\.txt)?$/,
  /^[0-9a-f]{16,}\.wasm$/,
  /^img\/[\w-]+\.(svg|png)$/,
  /^locales\/[a-z]{2}-[A-Za-z]+\/[\w-]+\.json$/,
];
const MEGABYTES = 3;

/** @type {import('../plugin.mjs').Rule} */
export default {
  name: 'contents',
  check(plugin) {
    const root = rootOf(plugin);
    const paths = Object.keys(plugin.files).map((path) => path.slice(root.length + 1));
    const bytes = Object.values(plugin.files).reduce((all, file) => all + file.length, 0);
    const modules = paths.filter((path) => path.endsWith('.wasm')).length;
    return [
      ...paths
        .filter((path) => !KINDS.some((kind) => kind.test(path)))
        .map((path) => error(`${path} does not belong into a plugin`)),
      ...(modules === 1 ? [] : [error(`${modules} wasm modules with a hash for a name, and not one`)]),
      ...(bytes <= MEGABYTES * 1e6 ? [] : [error(`${(bytes / 1e6).toFixed(1)} MB unpacked, and not ${MEGABYTES}`)]),
    ];
  },
};
