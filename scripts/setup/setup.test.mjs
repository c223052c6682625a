import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { inRoot } from '../lib/paths.mjs';
import { MINIMUM_NODE, nodeProblem } from './node.mjs';
import { lacksOnlyOptional } from './npm.mjs';
import { systemOf } from './system.mjs';
import { compareVersions, versionIn } from './version.mjs';

test('a Node that is too old is named with the version that is needed', () => {
  assert.match(nodeProblem('v18.19.1') ?? '', /Node 20 or newer is needed, this is v18\.19\.1/);
  assert.equal(nodeProblem('v20.0.0'), undefined);
  assert.equal(nodeProblem('v24.1.0'), undefined);
});

test('setup asks for the Node that package.json asks for', () => {
  const { engines } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'));
  assert.equal(engines.node, `>=${MINIMUM_NODE}`);
});

test('a system that setup does not know goes by the one that it is like', () => {
  assert.equal(systemOf('NAME="Linux Mint"\nID=linuxmint\nID_LIKE="ubuntu debian"\n'), 'ubuntu');
  assert.equal(systemOf('ID=debian\nVERSION_ID="12"\n'), 'debian');
  assert.equal(systemOf('ID="rocky"\nID_LIKE="rhel centos fedora"\n'), 'fedora');
  assert.equal(systemOf(''), 'other');
});

test('Rust 1.100 is newer than 1.95', () => {
  const [older, newer] = [versionIn('rustc 1.95.0 (59807616e 2026-04-14)'), versionIn('rustc 1.100.0-nightly')];
  assert.deepEqual(older, [1, 95, 0]);
  assert.ok(compareVersions(older ?? [], newer ?? []) < 0);
  assert.equal(versionIn('command not found'), undefined);
});

test('a lock file that lacks a version of a needed package is no matter of optional packages', () => {
  const optional = 'npm error code EUSAGE\nnpm error Missing: @bundler/binding-darwin-arm64@ from lock file\n';
  assert.equal(lacksOnlyOptional(optional), true);
  assert.equal(lacksOnlyOptional(`${optional}npm error Missing: react@19.2.3 from lock file\n`), false);
  assert.equal(lacksOnlyOptional(`${optional}npm error Invalid: lock file's react@18.0.0 does not satisfy\n`), false);
  assert.equal(lacksOnlyOptional('npm error network\n'), false);
});
