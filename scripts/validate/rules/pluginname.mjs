/** The plugin has a name for people, and an id of organisation, name and type. @module */
import { error, metadataOf, warning } from '../plugin.mjs';

/** @type {import('../plugin.mjs').Rule} */
export default {
  name: 'pluginname',
  check(plugin) {
    const { id = '', name } = metadataOf(plugin);
    return [
      ...(name === id ? [error('the name is the id: give it one for people')] : []),
      ...(id.split('-').length === 3 ? [] : [warning(`${id} is not made of organisation, name and type`)]),
    ];
  },
};
