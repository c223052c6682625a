/**
 * Why there is no core to ask:
 * - `no-webassembly`: the browser has none, or it is switched off
 * - `network`: no answer to the request for the wasm
 * - `http`: an answer with an error status
 * - `blocked`: the content security policy forbids compiling WebAssembly
 * - `corrupt`: what arrived isn't the module of this version
 * - `chunk`: the panel's own script could not be fetched
 * - `trap`: the core stopped while it worked
 */
export type FailureKind = 'no-webassembly' | 'network' | 'http' | 'blocked' | 'corrupt' | 'chunk' | 'trap';

/** A failure that the panel can explain. `detail` is what the browser or the core said, for a bug report. */
export class CoreFailure extends Error {
  constructor(
    readonly kind: FailureKind,
    readonly detail: string
  ) {
    super(`${kind}: ${detail}`);
    this.name = 'CoreFailure';
  }
}

/** What any thrown thing has to say. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
