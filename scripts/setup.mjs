/**
 * `npm run setup`: brings everything that building, testing and showing the panel needs, or names it with the command
 * for the reader's system. With `-- --check` it only reports. Every other script begins with this.
 */
import { found } from './lib/found.mjs';
import { main, say } from './lib/say.mjs';
import { ensureSetup } from './setup/ensure.mjs';

await main(async () => {
  const checkOnly = process.argv.includes('--check');
  await ensureSetup({ checkOnly });
  if (checkOnly) {
    say(
      `nothing is missing\n  chromium    ${found.chromium}\n  prometheus  ${found.prometheus}\n  promtool    ${found.promtool}`
    );
  }
});
