import { type PanelOptionsEditorBuilder } from '@grafana/data';
import { t } from '@grafana/i18n';

import { modes } from '../core/choices';
import { DEFAULTS, type Options } from '../types';

/** How rows are drawn. */
export function addPicture(builder: PanelOptionsEditorBuilder<Options>): void {
  const category = [t('options.picture', 'Picture')];
  builder
    .addSelect({
      path: 'mode',
      name: t('options.mode.name', 'Arrangement'),
      description: t(
        'options.mode.description',
        'Stacked compares how long rows take, aligned one stage between rows, shares what each row spends its time on, and the clock shows what ran at once. The panel’s header has the same switch.'
      ),
      category,
      defaultValue: DEFAULTS.mode,
      settings: { options: modes() },
    })
    .addRadio({
      path: 'scale',
      name: t('options.scale.name', 'Scale'),
      description: t(
        'options.scale.description',
        'A few rows that are far longer than all others leave no room for the rest. By most rows, they reach beyond the edge, with a mark and their true numbers.'
      ),
      category,
      defaultValue: DEFAULTS.scale,
      settings: {
        options: [
          { value: 'robust', label: t('options.scale.robust', 'By most rows') },
          { value: 'all', label: t('options.scale.all', 'By the longest') },
        ],
      },
      // By shares every row has the same width, and the clock has the dashboard's range.
      showIf: ({ mode }) => mode !== 'normalised' && mode !== 'clock',
    })
    .addRadio({
      path: 'density',
      name: t('options.density.name', 'Row height'),
      description: t(
        'options.density.description',
        'Dense rows have no text: several hundred executions fit on a screen and the pattern shows. Hover a row for its numbers.'
      ),
      category,
      defaultValue: DEFAULTS.density,
      settings: {
        options: [
          { value: 'normal', label: t('options.density.normal', 'Normal') },
          { value: 'compact', label: t('options.density.compact', 'Compact') },
          { value: 'dense', label: t('options.density.dense', 'Dense') },
        ],
      },
    })
    .addBooleanSwitch({
      path: 'showHeader',
      name: t('options.header.name', 'Show header'),
      description: t(
        'options.header.description',
        'A line above the rows: how many there are, the median and 95th percentile of single runs, whose the time was, the search, and the menus. A low panel leaves it out.'
      ),
      category,
      defaultValue: DEFAULTS.showHeader,
    });
}
