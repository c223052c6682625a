import path from 'path';
import CopyWebpackPlugin from 'copy-webpack-plugin';
import ReplaceInFileWebpackPlugin from 'replace-in-file-webpack-plugin';
import type { Configuration, WebpackPluginInstance } from 'webpack';

import baseConfig, { type Env } from './.config/webpack/webpack.config.ts';
import { getPackageJson, getPluginJson } from './.config/bundler/utils.ts';
import { copyFilePatterns } from './.config/bundler/copyFiles.ts';

/** The installable plugin folder is the repository's, not this package's. */
const DIST = path.resolve(process.cwd(), '..', 'dist');

/** The repository holds one licence and one changelog, in its root, and pictures of the panel in its docs. */
const inTheRepository = (from: string): string => {
  if (from.startsWith('../')) {
    return `../${from}`;
  }
  return from.endsWith('.png') ? `../../docs/${path.basename(from)}` : from;
};

const copyFromTheRepository = new CopyWebpackPlugin({
  patterns: copyFilePatterns.map((pattern) => ({
    ...pattern,
    from: inTheRepository(pattern.from),
    // Data of tests lies beside them.
    ...(pattern.from.endsWith('*.json') ? { globOptions: { ignore: ['**/fixtures/**'] } } : {}),
  })),
});

/** A package says when its commit was made, so that it is the same whenever it is built. */
const builtAt = process.env['SOURCE_DATE_EPOCH']
  ? new Date(Number(process.env['SOURCE_DATE_EPOCH']) * 1000)
  : new Date();

/** As the base configuration does, which knows of no other folder than `dist`. */
const fillInPlaceholders = new ReplaceInFileWebpackPlugin([
  {
    dir: DIST,
    test: [/(^|\/)plugin\.json$/, /(^|\/)README\.md$/],
    rules: [
      { search: /%VERSION%/g, replace: getPackageJson().version },
      { search: /%TODAY%/g, replace: builtAt.toISOString().substring(0, 10) },
      { search: /%PLUGIN_ID%/g, replace: getPluginJson().id },
    ],
  },
]);

const config = async (env: Env): Promise<Configuration> => {
  const base = await baseConfig(env);
  const replaced = [CopyWebpackPlugin, ReplaceInFileWebpackPlugin];
  const kept = (base.plugins ?? []).filter((plugin) => !replaced.some((kind) => plugin instanceof kind));
  return {
    ...base,
    // A cache of earlier builds keeps copied files, plugin.json among them, after they have changed.
    cache: env.production ? false : base.cache,
    output: { ...base.output, path: DIST },
    // The wasm has a budget of its own: `npm run size`.
    performance: { assetFilter: (name) => !name.endsWith('.wasm') && !name.endsWith('.map') },
    plugins: [...kept, copyFromTheRepository, fillInPlaceholders as WebpackPluginInstance],
  };
};

export default config;
