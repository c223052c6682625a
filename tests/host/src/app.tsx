/** Everything that needs Grafana's packages: reached only when the boot data is there. */
import type { PanelPlugin } from '@grafana/data';
import { createRoot } from 'react-dom/client';
import { Failure } from './failure';
import { HostModel } from './host';
import { Buttons, Page } from './page';
import { loadPanelPlugin, shareDependencies } from './pluginLoader';
import { settings } from './settings';
import { setSingletons } from './singletons';
import { hooksOf, hooksOfFailure } from './testHooks';
import { mergeView, readHash, type PartialView, type View } from './view';

/**
 * @param base the server's default view, over which a later hash is merged again
 * @param view what to begin with
 */
export async function start(root: HTMLElement, base: View, view: View): Promise<void> {
  const react = createRoot(root);
  const loaded = new Map<string, PanelPlugin>();
  // The singletons are asked for the time zone before there is a model.
  const held: { model?: HostModel } = {};
  const plugins = {
    load: async (id: string) => loaded.get(id) ?? loadPanelPlugin(id),
    loaded: (id: string) => loaded.get(id),
  };
  await setSingletons(plugins, () => held.model?.view.timeZone ?? view.timeZone);
  shareDependencies();
  try {
    loaded.set(settings.pluginId, await plugins.load(settings.pluginId));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    react.render(<Failure reason={reason} />);
    window.host = hooksOfFailure(reason) as Window['host'];
    return;
  }
  const model = new HostModel(view, settings.pluginId, Buttons);
  held.model = model;
  window.host = hooksOf(model);
  react.render(<Page model={model} />);
  followAddress(model, base);
}

function followAddress(model: HostModel, base: View): void {
  window.addEventListener('hashchange', () => {
    let change: PartialView;
    try {
      change = readHash(location.hash);
    } catch (error) {
      console.error(error);
      return;
    }
    void model.apply(mergeView(base, change));
  });
}
