/** The page's beginning: read the view, write the boot data, and only then let Grafana's packages be evaluated. */
import { setBootData } from './bootData';
import { mergeView, readHash, type PartialView, type View } from './view';

async function begin(): Promise<void> {
  const response = await fetch('/view.json');
  if (!response.ok) {
    throw new Error(`/view.json answers ${response.status}: ${await response.text()}`);
  }
  const base = mergeView({} as View, (await response.json()) as PartialView);
  const view = mergeView(base, readHash(location.hash));
  setBootData(view);
  const { start } = await import(/* webpackMode: "eager" */ './app');
  await start(document.getElementById('root') as HTMLElement, base, view);
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
