/**
 * The Content-Security-Policy header under which the page runs.
 *
 * `default` is the template that Grafana ships (conf/defaults.ini, `content_security_policy_template`; off unless an
 * administrator turns it on). `no-wasm` is the same without the two words that allow WebAssembly to be compiled.
 */
export const CSP_MODES = ['none', 'default', 'no-wasm'] as const;
export type CspMode = (typeof CSP_MODES)[number];

export interface CspInput {
  mode: CspMode;
  /** Also put on the page's own script tag. */
  nonce: string;
  /** `127.0.0.1:3000` */
  rootPath: string;
}

/** @returns undefined when no policy is to be sent */
export function cspHeader({ mode, nonce, rootPath }: CspInput): string | undefined {
  if (mode === 'none') {
    return undefined;
  }
  const evaluation = mode === 'default' ? ["'unsafe-eval'"] : [];
  return [
    ['script-src', "'self'", ...evaluation, "'unsafe-inline'", "'strict-dynamic'", `'nonce-${nonce}'`],
    ['object-src', "'none'"],
    ['font-src', "'self'"],
    ['style-src', "'self'", "'unsafe-inline'", 'blob:'],
    ['img-src', '*', 'data:'],
    ['base-uri', "'self'"],
    ['connect-src', "'self'", 'grafana.com', `ws://${rootPath}`, `wss://${rootPath}`],
    ['manifest-src', "'self'"],
    ['media-src', "'none'"],
    ['form-action', "'self'"],
  ]
    .map((directive) => directive.join(' '))
    .join(';');
}
