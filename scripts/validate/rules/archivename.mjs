/** The archive is called as plugin and version. @module */
import { error, metadataOf } from '../plugin.mjs';

/** @type {import('../plugin.mjs').Rule} */
export default {
  name: 'archivename',
  check(plugin) {
    const { id, info } = metadataOf(plugin);
    const wanted = `${id}-${info?.version}.zip`;
    return plugin.archive === wanted ? [] : [error(`the archive is ${plugin.archive}, and should be ${wanted}`)];
  },
};
