import assert from 'node:assert/strict';
import { test } from 'node:test';

import { countCargo, countJest, countNextest, countNode, countPlaywright, judge } from './counts.mjs';

test('the test programs of a cargo run are added up', () => {
  const output = [
    'running 2 tests',
    'test result: ok. 2 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s',
    'test result: FAILED. 3 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s',
  ].join('\n');
  assert.deepEqual(countCargo(output), { passed: 5, failed: 1 });
});

test('nextest counts a test that ran out of time as failed', () => {
  const output = '     Summary [   0.217s] 9 tests run: 6 passed (1 slow), 2 failed, 1 timed out, 3 skipped\n';
  assert.deepEqual(countNextest(output), { passed: 6, failed: 3 });
});

test("node's runner is read in both of its forms", () => {
  assert.deepEqual(countNode('# tests 5\n# pass 4\n# fail 1\n# cancelled 0\n'), { passed: 4, failed: 1 });
  assert.deepEqual(countNode('ℹ tests 5\nℹ pass 4\nℹ fail 0\nℹ cancelled 1\n'), { passed: 4, failed: 1 });
});

test("jest's line of tests is read and not its line of suites", () => {
  const output = 'Test Suites: 2 failed, 9 passed, 11 total\nTests:       1 failed, 2 skipped, 30 passed, 33 total\n';
  assert.deepEqual(countJest(output), { passed: 30, failed: 1 });
});

test('a flaky Playwright test and an error outside of any test have failed', () => {
  const report = { stats: { expected: 7, unexpected: 1, flaky: 1, skipped: 2 }, errors: [{ message: 'no config' }] };
  assert.deepEqual(countPlaywright(JSON.stringify(report)), { passed: 7, failed: 3 });
});

test('a runner that ran no test has failed', () => {
  assert.deepEqual(judge({ passed: 0, failed: 0 }, true), { passed: 0, failed: 1 });
});

test('a runner that crashed after its tests passed has failed', () => {
  assert.deepEqual(judge({ passed: 5, failed: 0 }, false), { passed: 5, failed: 1 });
  assert.deepEqual(judge({ passed: 5, failed: 0 }, true), { passed: 5, failed: 0 });
});
