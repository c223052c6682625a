/** The plugin as a user installs it: unpacked from the archive that the catalog takes. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { unzipSync } from 'fflate';

import { zip } from '../../../scripts/package/zip.mjs';
import { defaultDist } from '../../host/server/folders.ts';

/** An archive to test, such as a release's. The built folder is packed where none is given. */
const GIVEN = process.env['E2E_PACKAGE'];

export interface Installed {
  /** The plugin's folder among those of other plugins, named after it. */
  folder: string;
  id: string;
  version: string;
}

/** Unpacks it below `plugins`, as `unzip` does. */
export function install(plugins: string): Installed {
  const files = unzipSync(GIVEN ? readFileSync(GIVEN) : packed(defaultDist));
  for (const [path, bytes] of Object.entries(files)) {
    mkdirSync(join(plugins, dirname(path)), { recursive: true });
    writeFileSync(join(plugins, path), bytes);
  }
  const root = Object.keys(files)[0]?.split('/')[0] ?? '';
  const folder = join(plugins, root);
  const { id, info } = metadata(folder);
  return { folder, id, version: info.version };
}

const packed = (folder: string) => zip(folder, metadata(folder).id, new Date());

const metadata = (folder: string) =>
  JSON.parse(readFileSync(join(folder, 'plugin.json'), 'utf8')) as { id: string; info: { version: string } };
