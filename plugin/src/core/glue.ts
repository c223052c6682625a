/** wasm-bindgen's module: it instantiates the wasm and holds the instance. */
export type Glue = typeof import('./generated/timeline_panel');

// webpack's name for "the id that this import has in the bundle", without importing it.
declare global {
  // eslint-disable-next-line @typescript-eslint/no-namespace -- the only way to extend the type of `require`
  namespace NodeJS {
    interface Require {
      resolveWeak(request: string): string;
    }
  }
}

/** Where the wasm lies. webpack puts a hash of its content in its name, so no cache can answer with an older one. */
export function wasmUrl(): URL {
  return new URL('./generated/timeline_panel_bg.wasm', import.meta.url);
}

/** In the chunk of the panel's body, so that it costs no request of its own. */
export function importGlue(): Promise<Glue> {
  return import(/* webpackChunkName: "panel" */ './generated/timeline_panel');
}

/**
 * Makes the next `importGlue` evaluate the module anew. The module never lets go of the instance that it made, and
 * an instance that trapped may hold anything in its memory. Panels that use the old one keep it.
 */
export function forgetGlue(): void {
  delete require.cache[require.resolveWeak('./generated/timeline_panel')];
}
