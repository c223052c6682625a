/**
 * `npm run pictures`: the panel in every state, on both themes and in two sizes, as pictures to look at, and one page that
 * shows all of them. Words after `--` choose some: `-- -g narrow`.
 */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { buildHost, buildPlugin } from './lib/build.mjs';
import { inRoot } from './lib/paths.mjs';
import { run } from './lib/run.mjs';
import { main, say, Trouble } from './lib/say.mjs';
import { npmProgram } from './lib/which.mjs';
import { ensureSetup } from './setup/ensure.mjs';

const FOLDER = inRoot('.cache', 'e2e', 'screenshots');
const CONFIG = inRoot('tests', 'e2e', 'playwright.config.ts');

/**
 * @param {string[]} files
 * @returns {string} a page of them, those of one thing in one row
 */
function gallery(files) {
  const nameOf = (/** @type {string} */ file) => file.replace(/-(dark|light)-\d+x\d+\.png$/, '');
  const names = [...new Set(files.map(nameOf))];
  const figures = names.map((name) => {
    const own = files.filter((file) => nameOf(file) === name);
    const images = own.map((file) => `<a href="${file}"><img src="${file}" alt="${file}" loading="lazy"></a>`);
    return `<h2>${name}</h2><div>${images.join('')}</div>`;
  });
  return `<!doctype html>
<meta charset="utf-8">
<title>Pictures of the panel</title>
<style>
  body { font: 15px system-ui, sans-serif; margin: 1rem; background: #777; color: #fff; }
  div { display: flex; flex-wrap: wrap; gap: 8px; align-items: start; }
  h2 { font-size: 1rem; margin: 1rem 0 0.25rem; }
  img { height: 350px; }
</style>
${figures.join('\n')}
`;
}

await main(async () => {
  await ensureSetup();
  await buildPlugin();
  await buildHost();
  const chosen = process.argv.slice(2);
  const outcome = await run(npmProgram('playwright'), ['test', '-c', CONFIG, 'pictures', ...chosen], {
    env: { PICTURES: '1' },
    log: 'pictures',
    stream: true,
  });
  mkdirSync(FOLDER, { recursive: true });
  const files = readdirSync(FOLDER).filter((file) => file.endsWith('.png'));
  const page = join(FOLDER, 'index.html');
  writeFileSync(page, gallery(files.sort()));
  say(`${files.length} pictures: ${pathToFileURL(page)}`);
  if (!outcome.ok) {
    throw new Trouble('some pictures could not be taken');
  }
});
