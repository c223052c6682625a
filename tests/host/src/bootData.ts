/**
 * The globals that Grafana's server writes into its page. `@grafana/runtime` builds its configuration and theme from
 * them while it is being imported, so they must be there before it is.
 */
import { DATA_SOURCE } from './dataSourceSettings';
import { settings as host } from './settings';
import type { View } from './view';

export function setBootData(view: View): void {
  Object.assign(window, {
    __grafana_public_path__: `${host.root}public/`,
    grafanaBootData: {
      user: {
        id: 1,
        isSignedIn: true,
        login: 'viewer',
        orgId: 1,
        orgRole: 'Editor',
        language: view.language ?? 'en-US',
        locale: 'en-US',
        regionalFormat: 'en-US',
        weekStart: 'monday',
        timezone: view.timeZone,
        theme: view.theme,
        lightTheme: view.theme === 'light',
        permissions: {},
      },
      settings: {
        appUrl: `${location.origin}${host.root}`,
        appSubUrl: host.root.slice(0, -1),
        buildInfo: { version: '13.2.2', env: 'production', edition: 'Open Source', commit: '', hasUpdate: false },
        featureToggles: {},
        datasources: { [DATA_SOURCE.name]: DATA_SOURCE },
        defaultDatasource: DATA_SOURCE.name,
        panels: {},
        apps: {},
        minRefreshInterval: '1s',
        unifiedAlertingEnabled: false,
      },
      navTree: [],
      assets: { light: '', dark: '' },
    },
  });
}
