/** `npm run build`: builds the installable plugin folder, dist/. */
import { buildPlugin } from './lib/build.mjs';
import { main } from './lib/say.mjs';
import { ensureSetup } from './setup/ensure.mjs';

await main(async () => {
  await ensureSetup();
  await buildPlugin();
});
