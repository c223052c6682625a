import { t } from '@grafana/i18n';

import type { FailureKind } from './failure';

/** What a failure means to the person in front of it. */
export interface Explanation {
  what: string;
  fix: string;
}

/** Which failure it is and how to fix it. */
export function explain(kind: FailureKind): Explanation {
  switch (kind) {
    case 'no-webassembly':
      return {
        what: t(
          'failure.no-webassembly.what',
          'This browser has no WebAssembly, which the panel’s core is written for.'
        ),
        fix: t(
          'failure.no-webassembly.fix',
          'Use a current browser, or switch WebAssembly on: some privacy modes and company policies switch it off.'
        ),
      };
    case 'network':
      return {
        what: t('failure.network.what', 'The panel’s core could not be fetched: the request got no answer.'),
        fix: t(
          'failure.network.fix',
          'Check the connection. Where plugins come from another host, the content security policy must allow that host in connect-src.'
        ),
      };
    case 'http':
      return {
        what: t('failure.http.what', 'The panel’s core could not be fetched: the server answered with an error.'),
        fix: t(
          'failure.http.fix',
          'After an update of the plugin, reload this page. If a .wasm file is missing from the plugin’s folder, install the plugin again and restart Grafana.'
        ),
      };
    case 'blocked':
      return {
        what: t('failure.blocked.what', 'The content security policy of this Grafana forbids WebAssembly.'),
        fix: t(
          'failure.blocked.fix',
          "Add 'wasm-unsafe-eval', quotes included, to script-src in content_security_policy_template of Grafana’s configuration."
        ),
      };
    case 'corrupt':
      return {
        what: t(
          'failure.corrupt.what',
          'What arrived as the panel’s core is not the WebAssembly module of this version.'
        ),
        fix: t(
          'failure.corrupt.fix',
          'Reload the page without its cache. If it stays, a proxy changes the file or answers with a page of its own, or the installation is incomplete: install the plugin again.'
        ),
      };
    case 'chunk':
      return {
        what: t('failure.chunk.what', 'A script of the panel could not be fetched.'),
        fix: t('failure.chunk.fix', 'Retry; after an update of the plugin, reload this page.'),
      };
    case 'trap':
      return {
        what: t(
          'failure.trap.what',
          'The panel’s core stopped while it worked on this data. That is a bug in the panel.'
        ),
        fix: t(
          'failure.trap.fix',
          'Retry starts a fresh core. If it stops again, please report it with the line below and the panel’s query inspector output.'
        ),
      };
  }
}
