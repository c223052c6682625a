/** The licence is in the archive, whole, and none of a template. @module */
import { error, metadataOf, textOf, warning } from '../plugin.mjs';

/** @type {import('../plugin.mjs').Rule} */
export default {
  name: 'license',
  check(plugin) {
    const text = textOf(plugin, 'LICENSE');
    if (text === undefined) {
      return [error('LICENSE is missing')];
    }
    const apache = /Apache License\s+Version 2\.0/.test(text) && text.includes('END OF TERMS AND CONDITIONS');
    const stated = JSON.parse(plugin.sources['package.json'] ?? '{}').license;
    return [
      ...(apache ? [] : [error('LICENSE is not the Apache License 2.0')]),
      ...(stated === 'Apache-2.0' ? [] : [error(`package.json says ${stated}, LICENSE Apache-2.0`)]),
      ...(/\{(yyyy|name of copyright owner)\}/.test(text)
        ? [warning(`LICENSE of ${metadataOf(plugin).id} still has a template's gaps`)]
        : []),
    ];
  },
};
