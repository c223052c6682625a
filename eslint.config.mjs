import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import reactHooks from 'eslint-plugin-react-hooks';
import globals from 'globals';
import { configs } from 'typescript-eslint';

/** For scripts/ and tests/; the plugin has its own, from Grafana. */
export default defineConfig(
  {
    ignores: [
      'plugin/',
      'dist/',
      'dist-package/',
      'target/',
      '.cache/',
      '**/node_modules/',
      'tests/host/build/',
      'tests/e2e/re*/',
      'tests/grafana/results/',
    ],
  },
  js.configs.recommended,
  configs.recommended,
  {
    files: ['tests/host/**'],
    plugins: { 'react-hooks': reactHooks },
    rules: { 'react-hooks/rules-of-hooks': 'error', 'react-hooks/exhaustive-deps': 'error' },
  },
  {
    rules: {
      // Errors here are sentences for a reader; what caused them is told in the sentence.
      'preserve-caught-error': 'off',
      // `_` says that a parameter stands there only for the ones after it.
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
    },
  },
  { languageOptions: { globals: { ...globals.node, ...globals.browser } } }
);
