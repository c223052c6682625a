/** The services and registries that Grafana's application sets before anything is drawn. */
import {
  EventBusSrv,
  setTimeZoneResolver,
  standardEditorsRegistry,
  standardFieldConfigEditorRegistry,
  standardTransformers,
  standardTransformersRegistry,
  type DataTransformerInfo,
  type PanelPlugin,
  type TransformerRegistryItem,
} from '@grafana/data';
import {
  FakeEchoSrv,
  setAppEvents,
  setBackendSrv,
  setDataSourceSrv,
  setEchoSrv,
  setPluginComponentHook,
  setPluginComponentsHook,
  setPluginFunctionsHook,
  setPluginImportUtils,
  setPluginLinksHook,
  setRunRequest,
  setTemplateSrv,
} from '@grafana/runtime';
import { initializeLoggersRegistry } from '@grafana/runtime/unstable';
// Not in the public index; see the alias in bundle.ts.
import { setPanelDataErrorView } from 'grafana-panel-data-error-view';
import { backend } from './backend';
import { PanelDataErrorView } from './dataErrorView';
import { dataSources } from './dataSource';
import { fieldConfigEditors } from './fieldConfigEditors';
import { setLanguage } from './language';
import { optionEditors } from './optionEditors';
import { runRequest } from './runRequest';
import { templates } from './templates';

/** The bus over which panels and dashboard talk. */
export const appEvents = new EventBusSrv();

export interface PluginSource {
  load: (id: string) => Promise<PanelPlugin>;
  loaded: (id: string) => PanelPlugin | undefined;
}

export interface Surroundings {
  plugins: PluginSource;
  timeZone: () => string;
  language: string;
}

export async function setSingletons({ plugins, timeZone, language }: Surroundings): Promise<void> {
  initializeLoggersRegistry();
  await setLanguage(language);
  standardEditorsRegistry.setInit(optionEditors);
  standardFieldConfigEditorRegistry.setInit(fieldConfigEditors);
  standardTransformersRegistry.setInit(transformers);
  setTimeZoneResolver(timeZone);
  setAppEvents(appEvents);
  setEchoSrv(new FakeEchoSrv());
  setBackendSrv(backend);
  setDataSourceSrv(dataSources());
  setTemplateSrv(templates);
  setRunRequest(runRequest);
  setPluginImportUtils({ importPanelPlugin: plugins.load, getPanelPluginFromCache: plugins.loaded });
  setPluginLinksHook(() => ({ isLoading: false, links: [] }));
  setPluginComponentsHook(() => ({ isLoading: false, components: [] }));
  setPluginFunctionsHook(() => ({ isLoading: false, functions: [] }));
  setPluginComponentHook(() => ({ isLoading: false, component: null }));
  setPanelDataErrorView(PanelDataErrorView);
}

function transformers(): TransformerRegistryItem[] {
  const all = Object.values(standardTransformers) as DataTransformerInfo[];
  return all.map((transformer) => ({
    id: transformer.id,
    name: transformer.name,
    description: transformer.description,
    transformation: async () => transformer,
    editor: () => null,
    imageDark: '',
    imageLight: '',
  }));
}
