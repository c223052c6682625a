import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';

import { inRoot } from '../lib/paths.mjs';
import { run } from '../lib/run.mjs';
import { which } from '../lib/which.mjs';
import { CHECKS, judge, perform } from './around.mjs';

const folder = mkdtempSync(join(tmpdir(), 'around-'));
after(() => rmSync(folder, { recursive: true, force: true }));

test('what fails is an error with what it printed, what nobody answered and what is not installed are said and no errors', async () => {
  const outcome = { ok: false, output: 'npm error audit endpoint returned an error', stdout: '', ending: '' };
  const audit = CHECKS.find(({ name }) => name.startsWith('npm'));
  assert.ok(audit);
  assert.equal(judge(audit, outcome).verdict, 'skip');
  assert.deepEqual(judge(audit, { ...outcome, output: '3 high severity vulnerabilities' }), {
    verdict: 'ERROR',
    text: '3 high severity vulnerabilities',
  });
  assert.equal(judge(audit, { ...outcome, ok: true }).verdict, 'ok');
  const gone = { name: 'gone', command: ['no-such-program'], missing: 'install it' };
  assert.deepEqual(await perform(gone), { verdict: 'skip', text: 'install it' });
});

test(
  'a crate of a licence that is not allowed is an error',
  { skip: !which('cargo-deny') && 'cargo-deny is not installed' },
  async () => {
    mkdirSync(join(folder, 'src'));
    writeFileSync(join(folder, 'src', 'lib.rs'), '');
    const manifest = (/** @type {string} */ licence) =>
      `[package]\nname = "planted"\nversion = "0.1.0"\nedition = "2021"\nlicense = "${licence}"\n`;
    const check = () =>
      run('cargo-deny', [
        ...['--offline', '--manifest-path', join(folder, 'Cargo.toml'), '--config', inRoot('deny.toml')],
        ...['check', 'licenses'],
      ]);
    writeFileSync(join(folder, 'Cargo.toml'), manifest('MIT'));
    assert.ok((await check()).ok);
    writeFileSync(join(folder, 'Cargo.toml'), manifest('GPL-3.0-only'));
    const { ok, output } = await check();
    assert.ok(!ok);
    assert.match(output, /GPL-3\.0/);
  }
);
