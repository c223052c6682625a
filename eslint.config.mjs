import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import globals from 'globals';
import { configs } from 'typescript-eslint';

/** For scripts/ and tests/; the plugin has its own, from Grafana. */
export default defineConfig(
  { ignores: ['plugin/', 'dist/', 'target/', '.cache/', '**/node_modules/', 'tests/host/build/', 'tests/e2e/re*/'] },
  js.configs.recommended,
  configs.recommended,
  { languageOptions: { globals: { ...globals.node, ...globals.browser } } }
);
