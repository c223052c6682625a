/** What the server says of itself, read from the page. */
export interface Settings {
  pluginId: string;
  /** Such as `15s`. */
  scrapeInterval: string;
}

export const settings = JSON.parse(document.getElementById('host-settings')?.textContent ?? '{}') as Settings;
