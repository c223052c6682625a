/** Where the things that the host serves lie. */
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const packageFolder = (name: string) =>
  dirname(createRequire(join(root, 'package.json')).resolve(`${name}/package.json`));

/** The built page. */
export const buildFolder = join(root, 'build');
/** The plugin as `npm run build` leaves it at the top of the repository. */
export const defaultDist = resolve(root, '../../dist');
export const defaultView = join(root, 'view.json');

/** Folders below node_modules, looked up on first use so that a missing installation is a message and not a crash. */
export const packageFiles = {
  icons: () => join(packageFolder('@grafana/ui'), 'dist/public/img/icons'),
  inter: () => join(packageFolder('inter-ui'), 'web'),
  robotoMono: () => join(packageFolder('@fontsource-variable/roboto-mono'), 'files'),
};
