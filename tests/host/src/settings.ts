/** What the server says of itself, read from the page. */
export interface Settings {
  pluginId: string;
  /** Address of the plugin's folder, without a slash at the end. */
  pluginUrl: string;
  /** Below which everything of the page lies: `/`, or such as `/grafana/`. */
  root: string;
  /** Such as `15s`. */
  scrapeInterval: string;
}

export const settings = JSON.parse(document.getElementById('host-settings')?.textContent ?? '{}') as Settings;
