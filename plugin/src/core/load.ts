import { CoreFailure, messageOf } from './failure';
import { type Glue, forgetGlue, importGlue, wasmUrl } from './glue';

/** The core, instantiated. */
export type Core = Pick<Glue, 'Timeline' | 'checkStages'>;

/** The smallest module there is: the magic word and the version. */
const EMPTY_MODULE = Uint8Array.of(0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00);

let pending: Promise<Core> | undefined;
let current: Core | undefined;

/**
 * The core that all panels of the page share: fetched and compiled once. A failure is not remembered, so that
 * calling again tries again.
 *
 * @throws CoreFailure that says which step failed
 */
export function loadCore(): Promise<Core> {
  pending ??= instantiate().then(
    (core) => (current = core),
    (error: unknown) => {
      pending = undefined;
      throw error;
    }
  );
  return pending;
}

/** Makes the next `loadCore` instantiate a fresh core, unless that has already happened since `core` failed. */
export function discardCore(core: Core): void {
  if (core === current) {
    current = undefined;
    pending = undefined;
    forgetGlue();
  }
}

async function instantiate(): Promise<Core> {
  if (typeof WebAssembly !== 'object') {
    throw new CoreFailure('no-webassembly', 'typeof WebAssembly is not "object"');
  }
  const [bytes, glue] = await Promise.all([fetchWasm(), fetchGlue()]);
  try {
    await glue.default({ module_or_path: bytes });
  } catch (error) {
    throw await refusal(error);
  }
  return glue;
}

async function fetchGlue(): Promise<Glue> {
  try {
    return await importGlue();
  } catch (error) {
    throw new CoreFailure('chunk', messageOf(error));
  }
}

/** Whole, never streaming: instrumented pages wrap `Response`, and a streaming compile refuses what isn't a real one. */
async function fetchWasm(): Promise<ArrayBuffer> {
  const url = wasmUrl();
  let response: Response;
  try {
    response = await fetch(url);
  } catch (error) {
    throw new CoreFailure('network', `${url.href}: ${messageOf(error)}`);
  }
  if (!response.ok) {
    throw new CoreFailure('http', `${response.status} ${response.statusText} for ${url.href}`);
  }
  try {
    return await response.arrayBuffer();
  } catch (error) {
    throw new CoreFailure('network', `${url.href}: ${messageOf(error)}`);
  }
}

/** A policy and corrupt bytes throw the same error; only one of them also refuses a module that is surely right. */
async function refusal(error: unknown): Promise<CoreFailure> {
  try {
    await WebAssembly.compile(EMPTY_MODULE);
  } catch (blocked) {
    return new CoreFailure('blocked', messageOf(blocked));
  }
  const trapped = error instanceof WebAssembly.RuntimeError;
  if (trapped) {
    forgetGlue();
  }
  return new CoreFailure(trapped ? 'trap' : 'corrupt', messageOf(error));
}
