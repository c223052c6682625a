/** The changelog tells of the version, and when it came. @module */
import { error, metadataOf, textOf, warning } from '../plugin.mjs';

/** @type {import('../plugin.mjs').Rule} */
export default {
  name: 'changelog',
  check(plugin) {
    const text = textOf(plugin, 'CHANGELOG.md');
    if (!text?.trim()) {
      return [error('CHANGELOG.md is missing or empty')];
    }
    const { version } = metadataOf(plugin).info ?? {};
    const heading = text.split('\n').find((line) => line.startsWith(`## ${version}`));
    if (!heading) {
      return [error(`CHANGELOG.md tells nothing of ${version}`)];
    }
    return /\d{4}-\d{2}-\d{2}/.test(heading) ? [] : [warning(`CHANGELOG.md gives ${version} no date: "${heading}"`)];
  },
};
