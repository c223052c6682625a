/**
 * `npm run validate`: what the catalog's validator would say of the package, as far as that can be known without grafana.com.
 * Takes the archive in `dist-package/`, or the one that is named. Then asks about dependencies and imports, which takes a minute and
 * a network; `-- --archive` leaves that out. What cannot be asked here is told and is no error.
 */
import { parseArgs } from 'node:util';

import { main, say, Trouble } from './lib/say.mjs';
import { made } from './package/made.mjs';
import { ensureSetup } from './setup/ensure.mjs';
import { CHECKS, perform } from './validate/around.mjs';

/** @param {string} file @returns {Promise<number>} errors */
async function archive(file) {
  // The rules stand on packages that set-up installs.
  const { RULES } = await import('./validate/rules.mjs');
  const { openPlugin } = await import('./validate/plugin.mjs');
  const plugin = openPlugin(file);
  let errors = 0;
  for (const { name, check } of RULES) {
    const findings = check(plugin);
    const own = findings.filter(({ severity }) => severity === 'error').length;
    errors += own;
    tell(own > 0 ? 'ERROR' : findings.length > 0 ? 'warning' : 'ok', name);
    findings.forEach(({ severity, text }) => say(`           ${severity}: ${text}`));
  }
  say(`${RULES.length} rules, ${errors} errors: ${file}`);
  return errors;
}

/** @returns {Promise<number>} errors */
async function around() {
  let errors = 0;
  for (const check of CHECKS) {
    const { verdict, text = '' } = await perform(check);
    errors += verdict === 'ERROR' ? 1 : 0;
    tell(verdict, check.name);
    text
      .split('\n')
      .filter((line) => line.trim())
      .forEach((line) => say(`           ${line}`));
  }
  return errors;
}

/** @param {string} verdict @param {string} name */
const tell = (verdict, name) => say(`${verdict.padEnd(7)}  ${name}`);

await main(async () => {
  const { values, positionals } = parseArgs({ options: { archive: { type: 'boolean' } }, allowPositionals: true });
  await ensureSetup();
  const errors = (await archive(positionals[0] ?? made())) + (values.archive ? 0 : await around());
  if (errors > 0) {
    throw new Trouble('the catalog would not take this package');
  }
});
