/** Everything that the other scripts need, in the order in which one part needs another. */
import { writeFound } from '../lib/found.mjs';
import { Trouble } from '../lib/say.mjs';
import { ensureChromium } from './chromium.mjs';
import { nodeProblem } from './node.mjs';
import { ensurePackages } from './npm.mjs';
import { ensurePrometheus } from './prometheus.mjs';
import { ensureRust } from './rust.mjs';
import { ensureWasmTarget } from './wasm.mjs';

/**
 * Installs what is missing, silent where nothing is.
 * @param {{ checkOnly?: boolean }} [options] with checkOnly, nothing is installed
 * @throws {Trouble} with everything that is missing and the commands that bring it
 */
export async function ensureSetup({ checkOnly = false } = {}) {
  const node = nodeProblem(process.version);
  if (node) {
    throw new Trouble(node);
  }
  const packages = await ensurePackages(checkOnly);
  const rust = await ensureRust(checkOnly);
  const wasm = rust.length > 0 ? [] : await ensureWasmTarget(checkOnly);
  const chromium = await ensureChromium(checkOnly);
  const prometheus = await ensurePrometheus(checkOnly);
  if (!checkOnly) {
    writeFound();
  }
  const problems = [...packages, ...rust, ...wasm, ...chromium, ...prometheus];
  if (problems.length > 0) {
    throw new Trouble(problems.join('\n'));
  }
}
