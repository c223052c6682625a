/**
 * What the catalog does not want in a plugin's code. The validator asks semgrep; these are the same rules for ESLint, which is
 * here already. Tests may do as they like.
 * @module
 */
import { Linter } from 'eslint';
import { parser, plugin as typescript } from 'typescript-eslint';

import { error, warning } from '../plugin.mjs';

const GLOBALS = ['grafanaBootData', 'grafanaRuntime', '__grafanaSceneContext'];

/** Selector of a syntax tree → what is wrong with it. @type {[string, string][]} */
const SYNTAX = [
  ...GLOBALS.map(
    (name) =>
      /** @type {[string, string]} */ ([
        `MemberExpression[object.name='window'][property.name='${name}']`,
        `window.${name} is Grafana's own`,
      ])
  ),
  [
    "CallExpression[callee.object.name='window'][callee.property.name='open']:not([arguments.2.value=/noopener/])",
    'window.open without noopener,noreferrer',
  ],
  ["JSXOpeningElement[name.name='Global']", 'a global style'],
  ['Literal[value=/api\\u002Fds\\u002Fquery/]', 'a query past the data source'],
  ['TemplateElement[value.raw=/api\\u002Fds\\u002Fquery/]', 'a query past the data source'],
  ['Identifier[name=/^__(SECRET|CLIENT)_INTERNALS/]', "React's internals"],
  ["MemberExpression[property.name='topnav']", 'the toggle topnav, which is no more'],
];

/** The same, for what is only warned of. @type {[string, string][]} */
const WARNED_SYNTAX = [
  [
    "MemberExpression[object.object.name='window'][object.property.name='location'][property.name=/^(href|search)$/]",
    'window.location instead of locationService',
  ],
  ['Literal[value=/(^|\\s)gf-form/]', "Grafana's old form classes"],
];

/** @param {[string, string][]} list */
const restricted = (list) => list.map(([selector, message]) => ({ selector, message }));

/** Comments that switch rules off are not heard. */
const BASE = {
  files: ['**/*.ts', '**/*.tsx', '**/*.js'],
  languageOptions: { parser, parserOptions: { ecmaFeatures: { jsx: true } } },
  plugins: { typescript },
  linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'off' },
};

const ERRORS = {
  ...BASE,
  rules: {
    'no-alert': 2,
    'no-restricted-imports': [
      2,
      {
        patterns: [{ group: ['*.css', '*.scss', '*.less'] }],
        paths: [{ name: '@emotion/react', importNames: ['Global'] }],
      },
    ],
    'no-restricted-syntax': [2, ...restricted(SYNTAX)],
  },
};

const WARNINGS = {
  ...BASE,
  rules: {
    'no-console': [2, { allow: ['warn', 'error'] }],
    'typescript/ban-ts-comment': [2, { 'ts-ignore': true, 'ts-expect-error': true, 'ts-nocheck': true }],
    'no-restricted-syntax': [2, ...restricted(WARNED_SYNTAX)],
  },
};

const isCode = (/** @type {string} */ path) =>
  path.startsWith('src/') && /\.(tsx?|js)$/.test(path) && !/\.(test|spec)\.|\/generated\//.test(path);

/** @type {import('../plugin.mjs').Rule} */
export default {
  name: 'coderules',
  check({ sources }) {
    const linter = new Linter({ configType: 'flat' });
    return Object.entries(sources)
      .filter(([path]) => isCode(path))
      .flatMap(([path, text]) => {
        const found = (/** @type {any} */ config) =>
          linter.verify(text, config, { filename: path }).filter(({ ruleId, fatal }) => ruleId || fatal);
        const told = (/** @type {any} */ at) => `${path}:${at.line}: ${at.message}`;
        return [...found(ERRORS).map((at) => error(told(at))), ...found(WARNINGS).map((at) => warning(told(at)))];
      });
  },
};
