// Prints what a browser has to fetch of the built plugin, and fails when it is more than the budget.
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const DIST = fileURLToPath(new URL('../../dist/', import.meta.url));
const BUDGETS = [
  { what: 'module.js + chunks', files: /\.js$/, limit: 60 * 1024 },
  { what: 'wasm', files: /\.wasm$/, limit: 140 * 1024 },
];

const kib = (bytes) => `${(bytes / 1024).toFixed(1)} KiB`.padStart(10);
let over = false;

for (const { what, files, limit } of BUDGETS) {
  let sum = 0;
  for (const name of readdirSync(DIST).filter((name) => files.test(name))) {
    const bytes = readFileSync(DIST + name);
    const packed = gzipSync(bytes, { level: 9 }).length;
    sum += packed;
    console.log(`${kib(bytes.length)} ${kib(packed)} gzip  ${name}`);
  }
  if (sum === 0) {
    console.error(`${what}: nothing in dist/; build first`);
    over = true;
  }
  over ||= sum > limit;
  console.log(`${what}: ${kib(sum).trim()} gzip of at most ${kib(limit).trim()}\n`);
}

process.exitCode = over ? 1 : 0;
