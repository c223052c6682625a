import assert from 'node:assert/strict';
import { test } from 'node:test';

import { RULES } from './rules.mjs';

/** @typedef {import('./plugin.mjs').Plugin} Plugin */

const ID = 'acme-timeline-panel';
const CONFIG = '.config/webpack/webpack.config.ts';
const METADATA = {
  type: 'panel',
  name: 'Timeline',
  id: ID,
  info: {
    author: { name: 'Acme', url: 'https://example.com' },
    keywords: ['timeline'],
    description: 'Draws a timeline. Of anything.',
    logos: { small: 'img/logo.svg', large: 'img/logo.svg' },
    links: [{ name: 'Website', url: 'https://example.com/timeline' }],
    screenshots: [{ name: 'Dark', path: 'img/dark.png' }],
    version: '1.2.3',
    updated: '2026-11-25',
  },
  dependencies: { grafanaDependency: '>=12.3.0', plugins: [] },
};
const PNG = Buffer.from('89504e470d0a1a0a', 'hex');
const LICENSE = 'Apache License\n  Version 2.0, January 2004\n END OF TERMS AND CONDITIONS';
const MODULE = "console.error('fetched');\n";

/** A plugin that no rule finds anything wrong with. */
class Sound {
  archive = `${ID}-1.2.3.zip`;
  /** @type {any} */
  metadata = structuredClone(METADATA);
  /** @type {Record<string, string | Buffer>} */
  files = {
    'module.js': 'define(["react"],function(r){return{}});',
    'module.js.map': JSON.stringify({ sources: ['webpack://x/./module.ts?1a'], sourcesContent: [MODULE] }),
    'README.md': `# Timeline\n![A picture](https://example.com/a.png)\n${'It draws. '.repeat(60)}`,
    'CHANGELOG.md': '# Changelog\n\n## 1.2.3 (2026-11-25)\n',
    LICENSE,
    'THIRD-PARTY-NOTICES.txt': 'Code of others\n\nlodash 4.17.21 (MIT)\n',
    'img/logo.svg': '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h1"/></svg>',
    'img/dark.png': PNG,
    '0123456789abcdef0123.wasm': Buffer.from('0061736d', 'hex'),
  };
  /** @type {Record<string, string>} */
  sources = {
    'package.json': '{"version":"1.2.3","license":"Apache-2.0"}',
    [CONFIG]: '// made by @grafana/create-plugin',
    'src/module.ts': MODULE,
  };
  root = ID;
  /** Beside the plugin's folder. @type {Record<string, Buffer>} */
  beside = {};

  /** @returns {Plugin} */
  packed() {
    const files = { 'plugin.json': JSON.stringify(this.metadata), ...this.files };
    const entries = Object.entries(files).map(([path, content]) => [`${this.root}/${path}`, Buffer.from(content)]);
    return { archive: this.archive, files: { ...Object.fromEntries(entries), ...this.beside }, sources: this.sources };
  }
}

/** @param {Plugin} plugin @returns {[string, string][]} rule and what it says */
const findings = (plugin) =>
  RULES.flatMap(({ name, check }) => check(plugin).map(({ text }) => /** @type {[string, string]} */ ([name, text])));

/** @param {string} code @returns {(plugin: Sound) => void} */
const written = (code) => (plugin) => {
  plugin.sources['src/Panel.tsx'] = code;
};
/** @param {string} tags @returns {(plugin: Sound) => void} */
const drawn = (tags) => (plugin) => {
  plugin.files['img/logo.svg'] = `<svg xmlns="http://www.w3.org/2000/svg">${tags}</svg>`;
};
/** @param {string} text @returns {(plugin: Sound) => void} */
const told = (text) => (plugin) => {
  plugin.files['README.md'] += text;
};
/** @param {string} path @param {string} text @returns {(plugin: Sound) => void} */
const file = (path, text) => (plugin) => {
  plugin.files[path] = text;
};
/** @param {string} path @returns {(plugin: Sound) => void} */
const without = (path) => (plugin) => {
  delete plugin.files[path];
};
/** @param {object} files @returns {(plugin: Sound) => void} */
const signed = (files) => file('MANIFEST.txt', JSON.stringify({ files }));

/** What is wrong, the rule that finds it, and how it says so. @type {[(plugin: Sound) => void, string, RegExp][]} */
const DEFECTS = [
  [(plugin) => void (plugin.beside = { 'other/a.js': PNG }), 'archive', /more than one folder/],
  [(plugin) => void (plugin.root = 'dist'), 'archive', /the folder in the archive is dist/],
  [(plugin) => void (plugin.archive = 'panel.zip'), 'archivename', /should be acme-timeline-panel-1.2.3.zip/],
  [(plugin) => void (plugin.files['gpx_x'] = Buffer.from('7f454c46', 'hex')), 'backendbinary', /gpx_x is a program/],
  [(plugin) => void (plugin.metadata.executable = 'gpx'), 'backendbinary', /names a backend/],
  [told('[more](docs/more.md)'), 'brokenlinks', /docs\/more.md is relative/],
  [(plugin) => void (plugin.sources[CONFIG] = ''), 'buildtools', /is not there/],
  [without('CHANGELOG.md'), 'changelog', /missing/],
  [file('CHANGELOG.md', '## 1.2.2 (2026-01-01)'), 'changelog', /nothing of 1.2.3/],
  [file('CHANGELOG.md', '## 1.2.3 (unreleased)'), 'changelog', /no date/],
  [
    (plugin) => plugin.metadata.dependencies.plugins.push({ id: ID, type: 'panel', name: 'x' }),
    'circulardependencies',
    /depends on itself/,
  ],
  [written('window.grafanaBootData.user;'), 'coderules', /Panel.tsx:1: window.grafanaBootData/],
  [written('alert("done");'), 'coderules', /Unexpected alert/],
  [written('window.open("https://example.com");'), 'coderules', /without noopener/],
  [written('const a = <div className="gf-form" />;'), 'coderules', /old form classes/],
  [written('const a = window.location.href;'), 'coderules', /locationService/],
  [written('// @ts-ignore\nconst a = 1;'), 'coderules', /ts-ignore/],
  [written('/* eslint-disable */\nconsole.log(1);'), 'coderules', /console/],
  [written("import './style.css';"), 'coderules', /style.css/],
  [written("import { Global } from '@emotion/react';"), 'coderules', /Global/],
  [written('const a = <Global styles={b} />;'), 'coderules', /a global style/],
  [written('fetch(`/api/ds/query?x=${1}`);'), 'coderules', /past the data source/],
  [written('React.__SECRET_INTERNALS_DO_NOT_USE_OR_YOU_WILL_BE_FIRED;'), 'coderules', /internals/],
  [written('config.featureToggles.topnav;'), 'coderules', /topnav/],
  [written('const = 1;'), 'coderules', /Parsing error/],
  [file('handlers/fixtures/0.1.0.json', '{}'), 'contents', /does not belong/],
  [file('.env', 'A=1'), 'contents', /\.env does not belong/],
  [without('0123456789abcdef0123.wasm'), 'contents', /0 wasm modules/],
  [file('panel.js', ' '.repeat(4e6)), 'contents', /MB unpacked/],
  [(plugin) => void (plugin.metadata.info.description = ''), 'discoverability', /no description/],
  [(plugin) => void (plugin.metadata.info.description = 'A. B. C.'), 'discoverability', /3 sentences/],
  [(plugin) => void (plugin.metadata.info.keywords = []), 'discoverability', /no keywords/],
  [(plugin) => void (plugin.metadata.dependencies.grafanaDependency = '12'), 'grafanadependency', /no range: 12/],
  [told('Run npm install.'), 'jargon', /speaks of npm/],
  [without('module.js.map'), 'jssourcemap', /missing/],
  [file('module.js.map', '{"sources":["webpack://x/./module.ts"]}'), 'jssourcemap', /does not hold its sources/],
  [
    file('module.js.map', '{"sources":["webpack://x/./core/generated/core.js"],"sourcesContent":[""]}'),
    'jssourcemap',
    /core.js, which is not in/,
  ],
  [(plugin) => void (plugin.sources['src/module.ts'] += '//'), 'jssourcemap', /another .\/module.ts/],
  [file('module.js', 'define([],()=>PanelCtrl)'), 'legacyplatform', /PanelCtrl/],
  [without('LICENSE'), 'license', /missing/],
  [file('LICENSE', 'Mozilla Public License'), 'license', /not the Apache/],
  [file('LICENSE', `${LICENSE}\nCopyright {yyyy} {name of copyright owner}`), 'license', /template's gaps/],
  [(plugin) => void (plugin.sources['package.json'] = '{"version":"1.2.3","license":"MIT"}'), 'license', /says MIT/],
  [file('img/logo.svg', 'PNG'), 'logos', /the small logo is no SVG/],
  [signed({ 'gone.js': 'a' }), 'manifest', /lists gone.js/],
  [signed({ 'module.js': 'a' }), 'manifest', /module.js was changed/],
  [signed({}), 'manifest', /does not list LICENSE/],
  [file('plugin.json', '{'), 'metadata', /no JSON/],
  [(plugin) => void (plugin.metadata.info.logos.large = './img/logo.svg'), 'metadatapaths', /not a path/],
  [without('img/dark.png'), 'metadatapaths', /img\/dark.png is not in the archive/],
  [(plugin) => void (plugin.metadata.extra = 1), 'metadatavalid', /additional properties: extra/],
  [(plugin) => void (plugin.metadata.info.updated = '%TODAY%'), 'metadatavalid', /\/info\/updated/],
  [(plugin) => void (plugin.metadata.id = 'acme-time-line-panel'), 'metadatavalid', /\/id must match/],
  [without('module.js'), 'modulejs', /missing/],
  [file('module.js', 'export {}'), 'modulejs', /no AMD module/],
  [file('inner/plugin.json', '{}'), 'nestedmetadata', /another plugin/],
  [without('THIRD-PARTY-NOTICES.txt'), 'notices', /missing/],
  [
    file('1.js.map', '{"sources":["webpack://x/./node_modules/moment/a.js","webpack://x/./node_modules/lodash/b.js"]}'),
    'notices',
    /does not name moment/,
  ],
  [(plugin) => void (plugin.metadata.info.version = '1.2.4'), 'packagejson', /says 1.2.3, plugin.json 1.2.4/],
  [(plugin) => void (plugin.metadata.name = ID), 'pluginname', /the name is the id/],
  [(plugin) => void (plugin.metadata.id = 'timeline-panel'), 'pluginname', /not made of/],
  [without('README.md'), 'readme', /missing/],
  [file('README.md', '# Timeline'), 'readme', /next to nothing/],
  [told('<!-- later -->'), 'readme', /HTML comments/],
  [told('Version %VERSION%'), 'readme', /placeholder/],
  [told('![a](img/a.png)'), 'readme', /no full address/],
  [
    (plugin) => void (plugin.metadata.dependencies.grafanaDependency = '>=12.3.0 <14.0.0'),
    'restrictivedep',
    /upper bound/,
  ],
  [told('[x](http://example.com)'), 'safelinks', /http:\/\/example.com/],
  [(plugin) => plugin.metadata.info.links.push({ name: 'x', url: 'https://localhost' }), 'safelinks', /localhost/],
  [(plugin) => void (plugin.metadata.info.screenshots = []), 'screenshots', /no screenshots/],
  [file('img/dark.png', 'GIF89a'), 'screenshots', /not what its name says/],
  [told('This template is a starting point'), 'templatereadme', /template/],
  [file('panel.js', 'fetch("https://www.google-analytics.com/collect")'), 'trackingscripts', /google-analytics/],
  [(plugin) => void (plugin.metadata.type = 'app'), 'typesuffix', /does not end in -app/],
  [drawn('<script/>'), 'unsafesvg', /<script>/],
  [drawn('<path onload="x()"/>'), 'unsafesvg', /onload/],
  [drawn('<path style="fill:red"/>'), 'unsafesvg', /style/],
  [drawn('<foreignObject/>'), 'unsafesvg', /foreignObject/],
  [(plugin) => void (plugin.metadata.info.version = '1.2.3-rc1'), 'version', /no version of a release/],
];

test('nothing is found in a sound plugin', () => {
  assert.deepEqual(findings(new Sound().packed()), []);
});

for (const [spoil, rule, says] of DEFECTS) {
  test(`${rule} finds a planted defect: ${says.source}`, () => {
    const plugin = new Sound();
    spoil(plugin);
    const found = findings(plugin.packed()).filter(([name]) => name === rule);
    assert.ok(
      found.some(([, text]) => says.test(text)),
      `found ${JSON.stringify(found)}`
    );
  });
}

test('every rule has a planted defect', () => {
  const planted = new Set(DEFECTS.map(([, rule]) => rule));
  assert.deepEqual(
    RULES.map(({ name }) => name).filter((name) => !planted.has(name)),
    []
  );
});
