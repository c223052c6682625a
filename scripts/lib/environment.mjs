/** What child processes see: what setup found, unless the reader's own environment says otherwise. */
import { found } from './found.mjs';

/** @returns {NodeJS.ProcessEnv} */
export function childEnvironment() {
  const ours = {
    RUSTUP_TOOLCHAIN: found.rustupToolchain,
    CHROMIUM_BIN: found.chromium,
  };
  return { ...Object.fromEntries(Object.entries(ours).filter(([, value]) => value)), ...process.env };
}
