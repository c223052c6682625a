/** The page's beginning: read what the address asks for, write the boot data, and only then let Grafana's packages be evaluated. */
import { setBootData } from './bootData';
import { viewAt, type Catalogue } from './catalogue';
import { settings } from './settings';

async function begin(): Promise<void> {
  const response = await fetch(`${settings.root}catalogue.json`);
  if (!response.ok) {
    throw new Error(`/catalogue.json answers ${response.status}: ${await response.text()}`);
  }
  const catalogue = (await response.json()) as Catalogue;
  const view = viewAt(catalogue, location);
  setBootData(view);
  const { start } = await import(/* webpackMode: "eager" */ './app');
  await start(document.getElementById('root') as HTMLElement, catalogue, view);
}

begin().catch((error: unknown) => {
  const reason = error instanceof Error ? error.message : String(error);
  console.error(error);
  const message = document.createElement('pre');
  message.dataset['testid'] = 'host';
  message.textContent = `The host could not start: ${reason}`;
  document.getElementById('root')?.replaceChildren(message);
  window.host = { ready: false, error: reason } as Window['host'];
});
