/**
 * `npm run validate`: what the catalog's validator would say of the package, as far as that can be known without grafana.com.
 * Takes the archive in `dist-package/`, or the one that is named.
 */
import { main, say, Trouble } from './lib/say.mjs';
import { made } from './package/made.mjs';
import { ensureSetup } from './setup/ensure.mjs';

await main(async () => {
  await ensureSetup();
  // The rules stand on packages that set-up installs.
  const { RULES } = await import('./validate/rules.mjs');
  const { openPlugin } = await import('./validate/plugin.mjs');
  const file = process.argv[2] ?? made();
  const plugin = openPlugin(file);
  let errors = 0;
  for (const { name, check } of RULES) {
    const findings = check(plugin);
    errors += findings.filter(({ severity }) => severity === 'error').length;
    say(
      `${findings.length === 0 ? 'ok     ' : findings.some(({ severity }) => severity === 'error') ? 'ERROR  ' : 'warning'}  ${name}`
    );
    findings.forEach(({ severity, text }) => say(`           ${severity}: ${text}`));
  }
  say(`${RULES.length} rules, ${errors} errors: ${file}`);
  if (errors > 0) {
    throw new Trouble('the catalog would not take this package');
  }
});
