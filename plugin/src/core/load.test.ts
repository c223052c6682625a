import { CoreFailure } from './failure';

// Where the glue and the wasm come from is webpack's business; what happens when they don't come is tested here.
jest.mock('./glue', () => ({
  wasmUrl: () => new URL('https://grafana.example/public/plugins/p/1.wasm'),
  importGlue: jest.fn(),
  forgetGlue: jest.fn(),
}));

const EMPTY_MODULE = Uint8Array.of(0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00).buffer;
const PAGE = new TextEncoder().encode('<!doctype html>').buffer;

class Timeline {}

/** As wasm-bindgen's module does: compiles what it is given. */
const glue = () => ({
  Timeline,
  default: jest.fn(({ module_or_path }) => WebAssembly.instantiate(module_or_path)),
});

const respond = (status: number, body: ArrayBuffer) =>
  jest.fn(async () => ({ ok: status < 400, status, statusText: 'S', arrayBuffer: async () => body }));

/** A page that has just been opened: nothing is loaded. */
async function freshPage() {
  jest.resetModules();
  const { importGlue, forgetGlue } = await import('./glue');
  jest.mocked(importGlue).mockImplementation(async () => glue() as never);
  return { ...(await import('./load')), importGlue: jest.mocked(importGlue), forgetGlue };
}

const failureOf = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error: CoreFailure) => error
  );

beforeEach(() => {
  global.fetch = respond(200, EMPTY_MODULE) as never;
});

afterEach(() => jest.restoreAllMocks());

describe('loadCore', () => {
  test('fetches and compiles once for all panels of a page', async () => {
    const { loadCore } = await freshPage();
    const [one, two] = await Promise.all([loadCore(), loadCore()]);
    expect(one).toBe(two);
    expect(fetch).toHaveBeenCalledTimes(1);
  });

  test('an error status is told with the address', async () => {
    global.fetch = respond(404, PAGE) as never;
    const failure = await failureOf((await freshPage()).loadCore());
    expect(failure).toMatchObject({
      kind: 'http',
      detail: '404 S for https://grafana.example/public/plugins/p/1.wasm',
    });
  });

  test('no answer is told as a network failure', async () => {
    global.fetch = jest.fn(async () => Promise.reject(new TypeError('Failed to fetch')));
    expect(await failureOf((await freshPage()).loadCore())).toMatchObject({ kind: 'network' });
  });

  test('a page in place of the module is told as corrupt, not as forbidden', async () => {
    global.fetch = respond(200, PAGE) as never;
    expect(await failureOf((await freshPage()).loadCore())).toMatchObject({ kind: 'corrupt' });
  });

  test('a policy that forbids compiling is told as blocked', async () => {
    const blocked = new WebAssembly.CompileError('Wasm code generation disallowed by embedder');
    jest.spyOn(WebAssembly, 'instantiate').mockRejectedValue(blocked as never);
    jest.spyOn(WebAssembly, 'compile').mockRejectedValue(blocked);
    expect(await failureOf((await freshPage()).loadCore())).toMatchObject({
      kind: 'blocked',
      detail: blocked.message,
    });
  });

  test('a browser without WebAssembly is told before anything is fetched', async () => {
    const { loadCore } = await freshPage();
    const wasm = jest.replaceProperty(global, 'WebAssembly', undefined as never);
    const failure = await failureOf(loadCore());
    wasm.restore();
    expect(failure).toMatchObject({ kind: 'no-webassembly' });
    expect(fetch).not.toHaveBeenCalled();
  });

  test('a script that could not be fetched is told as such', async () => {
    const { importGlue, loadCore } = await freshPage();
    importGlue.mockRejectedValue(new Error('Loading chunk 407 failed.'));
    expect(await failureOf(loadCore())).toMatchObject({ kind: 'chunk' });
  });

  test('a failure is not remembered', async () => {
    const { loadCore } = await freshPage();
    global.fetch = respond(503, PAGE) as never;
    await failureOf(loadCore());
    global.fetch = respond(200, EMPTY_MODULE) as never;
    expect(await loadCore()).toHaveProperty('Timeline');
  });

  test('two panels that discard the same core share the one fresh core', async () => {
    const { discardCore, forgetGlue, loadCore } = await freshPage();
    const old = await loadCore();
    discardCore(old);
    const fresh = await loadCore();
    discardCore(old);
    expect(fresh).not.toBe(old);
    expect(await loadCore()).toBe(fresh);
    expect(forgetGlue).toHaveBeenCalledTimes(1);
  });
});
