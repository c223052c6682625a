// Compares every name that the plugin imports from Grafana with the oldest Grafana that it claims to run in and with
// the one that it is built against. Needs the npm registry: levitate fetches the packages of both to compare with.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const PLUGIN = dirname(dirname(fileURLToPath(import.meta.url)));
const LEVITATE = '@grafana/levitate@0.17.2';
const SHARED = ['@grafana/data', '@grafana/ui', '@grafana/runtime'];

/** What levitate finds and the plugin knows: it says that a type changed, and cannot see that a call asks first. */
const KNOWN = new Map([
  ['Removed `PanelPlugin.setPresetsSupplier`', 'since 13.0; called where it is there'],
  ['Removed `PanelPlugin.setViewPanelOptions`', 'since 13.1; called where it is there'],
  [
    'Changed `PanelPlugin.setSuggestionsSupplier`',
    'takes a function since 12.4; before, only panels of a fixed list are asked',
  ],
  ['Changed `PanelPlugin.setMigrationHandler`', 'the handler’s type is a type of its own, the same one'],
  ['Changed `PanelPlugin.setPanelChangeHandler`', 'the handler’s type is a type of its own, the same one'],
]);

const read = (file) => JSON.parse(readFileSync(`${PLUGIN}/${file}`, 'utf8'));
const floor = /(\d+\.\d+\.\d+)/.exec(read('src/plugin.json').dependencies.grafanaDependency)?.[1];
const built = read('package.json').dependencies['@grafana/data'];

/** Findings of levitate's report: `Removed X`, `Changed Y`. */
const findingsIn = (report) => [...report.matchAll(/^\d+\) (\w+ `[^`]+`)/gm)].map(([, finding]) => finding);

let failed = false;
for (const version of [floor, built]) {
  const target = SHARED.map((name) => `${name}@${version}`).join(',');
  const args = ['--yes', LEVITATE, 'is-compatible', '--path', 'src/module.ts', '--target', target];
  const { status, stdout, stderr } = spawnSync('npx', args, {
    cwd: PLUGIN,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  const findings = findingsIn(stdout);
  const known = findings.filter((finding) => KNOWN.has(finding));
  known.forEach((finding) => console.log(`Grafana ${version}: ${finding}: ${KNOWN.get(finding)}`));
  const compared = status === 0 || findings.length > 0;
  if (compared && known.length === findings.length) {
    console.log(`Grafana ${version}: compatible`);
  } else {
    failed = true;
    console.log(`Grafana ${version}: ${compared ? 'not compatible' : 'could not be compared'}`);
    console.log(stdout, stderr);
  }
}
process.exitCode = failed ? 1 : 0;
