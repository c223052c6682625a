/** The version is one, and of a release. @module */
import { error, metadataOf } from '../plugin.mjs';

/** @type {import('../plugin.mjs').Rule} */
export default {
  name: 'version',
  check(plugin) {
    const { version } = metadataOf(plugin).info ?? {};
    return /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)$/.test(version ?? '')
      ? []
      : [error(`${version} is no version of a release`)];
  },
};
