import { FieldConfigProperty, PanelPlugin } from '@grafana/data';
import { initPluginTranslations } from '@grafana/i18n';

import { TimelinePanel } from './components/TimelinePanel';
import { changeHandler } from './handlers/change';
import { isEarlier, migrationHandler } from './handlers/migrate';
import { addOptions } from './options/options';
import pluginJson from './plugin.json';
import { presets } from './presets';
import { suggest } from './suggest';
import type { Options } from './types';

// Not awaited: a top-level await would turn what Grafana imports into a promise.
void initPluginTranslations(pluginJson.id);

export const plugin = new PanelPlugin<Options>(TimelinePanel)
  // Colours, units and decimals are the core's, so that a number reads the same wherever it stands. Links are Grafana's.
  .useFieldConfig({
    disableStandardOptions: Object.values(FieldConfigProperty).filter(
      (property) => property !== FieldConfigProperty.Links
    ),
  })
  .setPanelOptions(addOptions)
  .setMigrationHandler(migrationHandler, ({ options }) => isEarlier(options))
  .setPanelChangeHandler(changeHandler)
  .setDataSupport({ annotations: true, alertStates: false });

// Grafana brings the class at run time: an older one may lack the method.
plugin.setSuggestionsSupplier?.(suggest);
plugin.setPresetsSupplier?.(presets);
plugin.setViewPanelOptions?.({
  quickToggles: {
    optionProperties: ['mode', 'rows', 'group', 'sort', 'descending', 'density', 'legend.showLegend'],
    fieldConfigProperties: [],
  },
});
