/**
 * What module.js was made of is what the sources say. The validator reads the map of module.js alone and compares each source with
 * `src/` of the folder that the submission names, which is `plugin/` here; what comes from packages or webpack is not asked for.
 * @module
 */
import { error, textOf } from '../plugin.mjs';

const FOREIGN = /^(external |webpack\/)|(^|\/)node_modules\/|\.(css|scss|svg|json)$/;

/** @type {import('../plugin.mjs').Rule} */
export default {
  name: 'jssourcemap',
  check(plugin) {
    const text = textOf(plugin, 'module.js.map');
    if (text === undefined) {
      return [error('module.js.map is missing')];
    }
    const { sources = [], sourcesContent = [] } = /** @type {{ sources?: string[], sourcesContent?: string[] }} */ (
      JSON.parse(text)
    );
    if (sources.length === 0 || sourcesContent.length !== sources.length) {
      return [error('module.js.map does not hold its sources')];
    }
    return sources.flatMap((source, index) => {
      const path = source.replace(/^webpack:\/\/[^/]*\//, '').replace(/\?.*$/, '');
      if (FOREIGN.test(path)) {
        return [];
      }
      const own = plugin.sources[`src/${path.replace(/^\.\//, '')}`];
      if (own === undefined) {
        return [error(`module.js was made of ${path}, which is not in plugin/src`)];
      }
      return own === sourcesContent[index] ? [] : [error(`module.js was made of another ${path} than plugin/src has`)];
    });
  },
};
