/** package.json and plugin.json are of one version. @module */
import { error, metadataOf } from '../plugin.mjs';

/** @type {import('../plugin.mjs').Rule} */
export default {
  name: 'packagejson',
  check(plugin) {
    const text = plugin.sources['package.json'];
    if (text === undefined) {
      return [error('plugin/package.json is missing')];
    }
    const { version } = JSON.parse(text);
    const packed = metadataOf(plugin).info?.version;
    return version === packed ? [] : [error(`package.json says ${version}, plugin.json ${packed}`)];
  },
};
