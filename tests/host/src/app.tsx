/** Everything that needs Grafana's packages: reached only when the boot data is there. */
import type { PanelPlugin } from '@grafana/data';
import { createRoot } from 'react-dom/client';
import { viewAt, type Catalogue } from './catalogue';
import { Failure } from './failure';
import { HostModel } from './host';
import { Buttons, Page } from './page';
import { loadPanelPlugin, shareDependencies } from './pluginLoader';
import { settings } from './settings';
import { setSingletons } from './singletons';
import { hooksOf, hooksOfFailure } from './testHooks';
import { registerTimeSeriesPanel } from './timeSeriesPanel';
import type { View } from './view';

/**
 * @param catalogue what the server offers, in which a later address is looked up again
 * @param view what to begin with
 */
export async function start(root: HTMLElement, catalogue: Catalogue, view: View): Promise<void> {
  const react = createRoot(root);
  const loaded = new Map<string, PanelPlugin>();
  // The singletons are asked for the time zone before there is a model.
  const held: { model?: HostModel } = {};
  const plugins = {
    load: async (id: string) => loaded.get(id) ?? loadPanelPlugin(id),
    loaded: (id: string) => loaded.get(id),
  };
  await setSingletons({
    plugins,
    timeZone: () => held.model?.view.timeZone ?? view.timeZone,
    language: view.language ?? 'en-US',
  });
  registerTimeSeriesPanel();
  shareDependencies();
  try {
    loaded.set(settings.pluginId, await plugins.load(settings.pluginId));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    react.render(<Failure reason={reason} />);
    window.host = hooksOfFailure(reason) as Window['host'];
    return;
  }
  const model = new HostModel(view, { pluginId: settings.pluginId, Buttons, catalogue });
  held.model = model;
  window.host = hooksOf(model);
  react.render(<Page model={model} />);
  followAddress(model, catalogue);
}

function followAddress(model: HostModel, catalogue: Catalogue): void {
  window.addEventListener('hashchange', () => {
    let view: View;
    try {
      view = viewAt(catalogue, location);
    } catch (error) {
      console.error(error);
      return;
    }
    void model.apply(view);
  });
}
