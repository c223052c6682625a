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
import { initPluginTranslations } from '@grafana/i18n';
import i18next from 'i18next';
import {
  config,
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
import { optionEditors } from './optionEditors';
import { runRequest } from './runRequest';
import { templates } from './templates';

/** The bus over which panels and dashboard talk. */
export const appEvents = new EventBusSrv();

export interface PluginSource {
  load: (id: string) => Promise<PanelPlugin>;
  loaded: (id: string) => PanelPlugin | undefined;
}

export async function setSingletons(plugins: PluginSource, timeZone: () => string): Promise<void> {
  initializeLoggersRegistry();
  await initPluginTranslations('grafana');
  await i18next.changeLanguage(config.bootData.user.language);
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
