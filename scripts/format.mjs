/** `npm run format`: puts every file into the form that `npm run lint` asks for. */
import { inRoot } from './lib/paths.mjs';
import { runOrFail } from './lib/run.mjs';
import { main } from './lib/say.mjs';
import { npmProgram } from './lib/which.mjs';
import { ensureSetup } from './setup/ensure.mjs';

await main(async () => {
  await ensureSetup();
  await runOrFail('cargo', ['fmt', '--all']);
  await runOrFail(npmProgram('prettier'), ['--write', '--list-different', '.'], { stream: true });
  await runOrFail('npm', ['run', 'lint:fix'], { cwd: inRoot('plugin') });
});
