/** The plugin is built with Grafana's own tool, as reviewers expect it. @module */
import { error } from '../plugin.mjs';

const FILE = '.config/webpack/webpack.config.ts';

/** @type {import('../plugin.mjs').Rule} */
export default {
  name: 'buildtools',
  check: ({ sources }) =>
    sources[FILE]?.includes('@grafana/create-plugin') ? [] : [error(`${FILE} of @grafana/create-plugin is not there`)],
};
