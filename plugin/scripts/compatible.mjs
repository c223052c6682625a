// Compares every name that the plugin imports from Grafana with the oldest Grafana that it claims to run in and with
// the one that it is built against. Needs the npm registry: levitate fetches the packages of both to compare with.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const PLUGIN = dirname(dirname(fileURLToPath(import.meta.url)));
const LEVITATE = '@grafana/levitate@0.17.2';
const SHARED = ['@grafana/data', '@grafana/ui', '@grafana/runtime'];

const read = (file) => JSON.parse(readFileSync(`${PLUGIN}/${file}`, 'utf8'));
const floor = /(\d+\.\d+\.\d+)/.exec(read('src/plugin.json').dependencies.grafanaDependency)?.[1];
const built = read('package.json').dependencies['@grafana/data'];

let failed = false;
for (const version of [floor, built]) {
  const target = SHARED.map((name) => `${name}@${version}`).join(',');
  const args = ['--yes', LEVITATE, 'is-compatible', '--path', 'src/module.ts', '--target', target];
  console.log(`Grafana ${version}`);
  const { status } = spawnSync('npx', args, { cwd: PLUGIN, stdio: 'inherit', shell: process.platform === 'win32' });
  failed ||= status !== 0;
}
process.exitCode = failed ? 1 : 0;
