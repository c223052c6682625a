/** Nobody is watched: no known tracker's address in any script. @module */
import { error } from '../plugin.mjs';

const TRACKERS = [
  'google-analytics.com',
  'googletagmanager.com',
  'stats.g.doubleclick.net',
  'cdn.segment.com',
  'api.segment.io',
  'sentry.io',
  'mixpanel.com',
  'hotjar.com',
  'amplitude.com',
  'fullstory.com',
  'rudderstack.com',
  'plausible.io',
  'posthog.com',
  'clarity.ms',
  'connect.facebook.net',
];

/** @type {import('../plugin.mjs').Rule} */
export default {
  name: 'trackingscripts',
  check({ files }) {
    const scripts = Object.entries(files).filter(([path]) => path.endsWith('.js'));
    return scripts.flatMap(([path, bytes]) => {
      const text = Buffer.from(bytes).toString('latin1');
      return TRACKERS.filter((tracker) => text.includes(tracker)).map((tracker) => error(`${path} knows ${tracker}`));
    });
  },
};
