import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { unzipSync } from 'fflate';

import { versions } from './version.mjs';
import { digest, filesIn, zip } from './zip.mjs';

const folder = mkdtempSync(join(tmpdir(), 'package-test-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const DATE = new Date('2026-11-25T04:05:06Z');

/** @param {string} name @param {string[]} files in the order in which they are made */
function folderOf(name, files) {
  const path = join(folder, name);
  mkdirSync(join(path, 'img'), { recursive: true });
  files.forEach((file, index) => {
    writeFileSync(join(path, file), `${file} `.repeat(1_000));
    utimesSync(join(path, file), index, index * 86_400);
  });
  return path;
}

test('the same files give the same archive, whatever their dates and the order in which they were made', () => {
  const one = zip(folderOf('one', ['module.js', 'img/logo.svg', 'plugin.json']), 'acme-panel', DATE);
  const zone = process.env.TZ ?? 'UTC';
  process.env.TZ = 'Asia/Tokyo';
  const two = zip(folderOf('two', ['plugin.json', 'module.js', 'img/logo.svg']), 'acme-panel', DATE);
  process.env.TZ = zone;
  assert.equal(digest('sha256', one), digest('sha256', two));
  assert.notEqual(digest('sha256', one), digest('sha256', zip(join(folder, 'one'), 'acme-panel', new Date(0 + 1e12))));
});

test('an archive holds one folder, named after the plugin, with all files and nothing else', () => {
  const path = folderOf('three', ['module.js', 'img/logo.svg']);
  const files = unzipSync(zip(path, 'acme-panel', DATE));
  assert.deepEqual(Object.keys(files).sort(), ['acme-panel/img/logo.svg', 'acme-panel/module.js']);
  assert.deepEqual(filesIn(path), ['img/logo.svg', 'module.js']);
  assert.equal(Buffer.from(files['acme-panel/module.js'] ?? []).toString(), 'module.js '.repeat(1_000));
});

test('everything that names a version names the same', () => {
  assert.equal(new Set(Object.values(versions())).size, 1, JSON.stringify(versions()));
});
