/** The id ends in the type. @module */
import { error, metadataOf } from '../plugin.mjs';

/** @type {import('../plugin.mjs').Rule} */
export default {
  name: 'typesuffix',
  check(plugin) {
    const { id = '', type } = metadataOf(plugin);
    return id.endsWith(`-${type}`) ? [] : [error(`${id} does not end in -${type}`)];
  },
};
