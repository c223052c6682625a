/** Where the tests find what was started for them. */

/**
 * The page without a content security policy, under the one that Grafana ships, and under one without WebAssembly; below
 * a path; with the plugin on another server, and there under the policy that Grafana ships, which does not know it.
 */
export type Site = 'open' | 'guarded' | 'forbidding' | 'below' | 'elsewhere' | 'unknown';

/** Environment variables: the only thing that reaches the workers. */
export const ADDRESS: Record<Site | 'prometheus', string> = {
  prometheus: 'E2E_PROMETHEUS',
  open: 'E2E_OPEN',
  guarded: 'E2E_GUARDED',
  forbidding: 'E2E_FORBIDDING',
  below: 'E2E_BELOW',
  elsewhere: 'E2E_ELSEWHERE',
  unknown: 'E2E_UNKNOWN',
};

export function addressOf(what: keyof typeof ADDRESS): string {
  const address = process.env[ADDRESS[what]];
  if (!address) {
    throw new Error(`${ADDRESS[what]} is not set: run the tests with playwright.config.ts, whose set-up starts them`);
  }
  return address;
}
