/** Bundles the page that `npm run bench` measures in, into build-bench/. */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rspack } from '@rspack/core';

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, '..', 'node_modules');

const compiler = rspack({
  mode: 'production',
  devtool: false,
  context: here,
  entry: './main.ts',
  output: { path: join(here, '..', 'build', 'bench'), filename: 'main.js', chunkFilename: '[name].js' },
  performance: { hints: false },
  resolve: {
    extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
    // The shell's sources must meet this page's Grafana, not the plugin's.
    modules: [modules, 'node_modules'],
    alias: { '@grafana/data': join(modules, '@grafana/data') },
  },
  module: {
    rules: [
      {
        test: /\.tsx?$/,
        exclude: /node_modules/,
        use: { loader: 'builtin:swc-loader', options: { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } } },
        type: 'javascript/auto',
      },
      // As strict ES modules these files would see CommonJS defaults as objects.
      { test: /\.mjs$/, type: 'javascript/auto', resolve: { fullySpecified: false } },
    ],
  },
  ignoreWarnings: [/export .* was not found in/, /Critical dependency/],
});

compiler.run((error, stats) => {
  if (error) {
    throw error;
  }
  console.log(stats?.toString({ preset: 'errors-warnings', colors: false, timings: true }));
  process.exitCode = stats?.hasErrors() ? 1 : 0;
  compiler.close(() => undefined);
});
