import { type PanelOptionsEditorBuilder } from '@grafana/data';
import { t } from '@grafana/i18n';

import { DEFAULTS, type Options } from '../types';

/** The legend. */
export function addLegend(builder: PanelOptionsEditorBuilder<Options>): void {
  const category = [t('options.legend.category', 'Legend')];
  const isShown = ({ legend }: Options) => legend?.showLegend ?? DEFAULTS.legend.showLegend;
  builder
    .addBooleanSwitch({
      path: 'legend.showLegend',
      name: t('options.legend.name', 'Show legend'),
      description: t(
        'options.legend.description',
        'Total and share of every stage. Click a stage to leave it out, with Ctrl or ⌘ to leave out all others.'
      ),
      category,
      defaultValue: DEFAULTS.legend.showLegend,
    })
    .addRadio({
      path: 'legend.displayMode',
      name: t('options.legend.mode', 'Form'),
      category,
      defaultValue: DEFAULTS.legend.displayMode,
      settings: {
        options: [
          { value: 'list', label: t('options.legend.list', 'List') },
          { value: 'table', label: t('options.legend.table', 'Table') },
        ],
      },
      showIf: isShown,
    })
    .addRadio({
      path: 'legend.placement',
      name: t('options.legend.placement', 'Place'),
      category,
      defaultValue: DEFAULTS.legend.placement,
      settings: {
        options: [
          { value: 'bottom', label: t('options.legend.bottom', 'Below') },
          { value: 'right', label: t('options.legend.right', 'Right') },
        ],
      },
      showIf: isShown,
    });
}
