/**
 * `npm run package`: the archive that the catalog takes, with its checksums, in `dist-package/`. One commit gives the same bytes
 * wherever and whenever it is packed; `-- --twice` builds it in two fresh clones and compares.
 */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { buildPlugin } from './lib/build.mjs';
import { inRoot, PACKAGES } from './lib/paths.mjs';
import { runOrFail } from './lib/run.mjs';
import { main, say, Trouble } from './lib/say.mjs';
import { commit, identity, versions } from './package/version.mjs';
import { ensureSetup } from './setup/ensure.mjs';

/** @param {boolean} allowDirty @returns {Promise<string>} path of the archive */
async function pack(allowDirty) {
  // It stands on a package that set-up installs.
  const { digest, filesIn, zip } = await import('./package/zip.mjs');
  const { id, version } = identity();
  const named = Object.entries(versions()).filter(([, other]) => other !== version);
  if (named.length > 0) {
    const others = named.map(([file, other]) => `${file} says ${other}`).join(', ');
    throw new Trouble(`the version is ${version} in plugin/package.json, but ${others}`);
  }
  const { date, clean } = await commit();
  if (!clean && !allowDirty) {
    throw new Trouble(
      'there are changes that no commit holds: commit them, or say -- --allow-dirty to pack them all the same'
    );
  }
  process.env.SOURCE_DATE_EPOCH = String(date.getTime() / 1000);
  rmSync(inRoot('dist'), { recursive: true, force: true });
  await buildPlugin();
  const bytes = zip(inRoot('dist'), id, date);
  const file = join(PACKAGES, `${id}-${version}.zip`);
  rmSync(PACKAGES, { recursive: true, force: true });
  mkdirSync(PACKAGES, { recursive: true });
  writeFileSync(file, bytes);
  for (const algorithm of /** @type {const} */ (['sha1', 'sha256'])) {
    const sum = digest(algorithm, bytes);
    // As sha1sum and sha256sum write it, so that `--check` reads it.
    writeFileSync(`${file}.${algorithm}`, `${sum}  ${id}-${version}.zip\n`);
    say(`${algorithm.padEnd(6)}  ${sum}`);
  }
  say(`${(bytes.length / 1024).toFixed(0)} KB  ${filesIn(inRoot('dist')).length} files  ${file}`);
  return file;
}

/** Builds the commit in two fresh clones in folders of different names, with nothing compiled before. */
async function packTwice() {
  const folder = mkdtempSync(join(tmpdir(), 'package-'));
  try {
    const sums = [];
    for (const name of ['one', 'another-one']) {
      const clone = join(folder, name);
      await runOrFail('git', ['clone', '--quiet', inRoot(), clone]);
      say(`packing a fresh clone, ${sums.length + 1} of 2`);
      const env = { CARGO_TARGET_DIR: join(clone, 'target') };
      const outcome = await runOrFail('npm', ['run', 'package'], { cwd: clone, env, log: `package-${name}` });
      sums.push(/sha256 +(\w{64})/.exec(outcome.stdout)?.[1]);
      mkdirSync(inRoot('.cache', 'packages'), { recursive: true });
      cpSync(join(clone, 'dist-package'), inRoot('.cache', 'packages', name), { recursive: true });
      rmSync(clone, { recursive: true, force: true });
    }
    if (!sums[0] || sums[0] !== sums[1]) {
      throw new Trouble(`two clones gave two packages: ${sums.join(' and ')}; both are in .cache/packages`);
    }
    say(`both are ${sums[0]}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

await main(async () => {
  const options = /** @type {const} */ ({ twice: { type: 'boolean' }, 'allow-dirty': { type: 'boolean' } });
  const { twice, 'allow-dirty': allowDirty = false } = parseArgs({ options }).values;
  if (twice) {
    await packTwice();
    return;
  }
  await ensureSetup();
  await pack(allowDirty);
});
