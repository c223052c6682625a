/** No program in a plugin that has no backend, and no word of one. @module */
import { error, metadataOf } from '../plugin.mjs';

/** First bytes of programs: ELF, Windows, three forms of macOS, scripts. */
const PROGRAMS = ['7f454c46', '4d5a', 'cffaedfe', 'feedface', 'cafebabe', '2321'];

/** @type {import('../plugin.mjs').Rule} */
export default {
  name: 'backendbinary',
  check(plugin) {
    const { backend, executable } = metadataOf(plugin);
    const said = backend || executable ? [error('plugin.json names a backend')] : [];
    const programs = Object.entries(plugin.files).filter(([, bytes]) => {
      const start = Buffer.from(bytes.subarray(0, 4)).toString('hex');
      return PROGRAMS.some((program) => start.startsWith(program));
    });
    return [...said, ...programs.map(([path]) => error(`${path} is a program`))];
  },
};
