/** Bundles the page into build/. `--watch` keeps on. */
import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rspack, type Configuration, type MultiStats, type Stats } from '@rspack/core';

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, 'node_modules');
const require = createRequire(import.meta.url);
const development = process.argv.includes('--watch');

const configuration: Configuration = {
  mode: development ? 'development' : 'production',
  devtool: development ? 'cheap-module-source-map' : false,
  context: here,
  entry: { main: './src/main.ts' },
  output: { path: join(here, 'build'), publicPath: 'auto', filename: '[name].js', chunkFilename: '[name].js' },
  performance: { hints: false },
  resolve: {
    extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
    alias: {
      // One copy of everything that the plugin shares with the page.
      react: join(modules, 'react'),
      'react-dom': join(modules, 'react-dom'),
      // @grafana/runtime keeps these setters out of its public index; without them a panel's own error view is blank.
      'grafana-panel-data-error-view$': join(modules, '@grafana/runtime/dist/esm/components/PanelDataErrorView.mjs'),
    },
  },
  module: {
    // plugin-compat probes for exports that this version does not have.
    parser: { javascript: { exportsPresence: 'warn' } },
    rules: [
      {
        test: /\.tsx?$/,
        exclude: /node_modules/,
        use: { loader: 'builtin:swc-loader', options: swcOptions() },
        type: 'javascript/auto',
      },
      // As strict ES modules these files would see CommonJS defaults as objects, and React would refuse to draw them.
      { test: /\.mjs$/, type: 'javascript/auto', resolve: { fullySpecified: false } },
      // The router's compatibility layer needs v5 beneath it, scenes needs v6.
      {
        test: /react-router-dom-v5-compat/,
        resolve: { alias: { 'react-router-dom$': join(modules, '@grafana/ui/node_modules/react-router-dom') } },
      },
      { test: /\.css$/, type: 'css' },
    ],
  },
  ignoreWarnings: [/export .* was not found in/, /Critical dependency/],
};

function swcOptions() {
  return {
    jsc: {
      parser: { syntax: 'typescript', tsx: true },
      transform: { react: { runtime: 'automatic' } },
      target: 'es2022',
    },
  };
}

function report(error: Error | null, stats: Stats | MultiStats | undefined): void {
  if (error) {
    throw error;
  }
  console.log(stats?.toString({ preset: 'errors-warnings', colors: false, timings: true, assets: true }));
  if (stats?.hasErrors()) {
    process.exitCode = 1;
  }
}

require.resolve('@grafana/ui/package.json');
rmSync(join(here, 'build'), { recursive: true, force: true });
const compiler = rspack(configuration);
if (development) {
  compiler.watch({}, report);
} else {
  compiler.run((error, stats) => {
    report(error, stats);
    compiler.close(() => undefined);
  });
}
