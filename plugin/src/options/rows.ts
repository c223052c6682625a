import { type PanelOptionsEditorBuilder } from '@grafana/data';
import { t } from '@grafana/i18n';

import { BUILT_IN, groups, sorts } from '../core/choices';
import { DEFAULTS, type Options } from '../types';

/** Which rows there are, and in which order. */
export function addRows(builder: PanelOptionsEditorBuilder<Options>): void {
  const category = [t('options.rows', 'Rows')];
  builder
    .addRadio({
      path: 'rows',
      name: t('options.of.name', 'One row for'),
      description: t(
        'options.of.description',
        'Each run where your data tells runs apart: by their id, or by what the counters grew by while no other run was under way. Or always the mean run of each workflow over the time range.'
      ),
      category,
      defaultValue: DEFAULTS.rows,
      settings: {
        options: [
          { value: 'best', label: t('options.of.best', 'Each run') },
          { value: 'means', label: t('options.of.means', 'Each workflow') },
        ],
      },
    })
    .addSelect({
      path: 'group',
      name: t('options.group.name', 'Group by'),
      description: t(
        'options.group.description',
        'Puts rows under headers that open and close, each with the count, the median and the sum of its rows.'
      ),
      category,
      defaultValue: DEFAULTS.group,
      settings: { options: groups() },
    })
    .addSelect({
      path: 'sort',
      name: t('options.sort.name', 'Order by'),
      description: t(
        'options.sort.description',
        'Total shows what took longest, overhead what lost the largest share of its time to Flyte and Kubernetes, a stage what spent most time in it. A stage of your own is called stage: and its id.'
      ),
      category,
      defaultValue: DEFAULTS.sort,
      settings: { options: sorts(BUILT_IN), allowCustomValue: true },
    })
    .addBooleanSwitch({
      path: 'descending',
      name: t('options.descending.name', 'Descending'),
      description: t('options.descending.description', 'Latest or largest on top.'),
      category,
      defaultValue: DEFAULTS.descending,
    })
    .addNumberInput({
      path: 'minimumSeconds',
      name: t('options.minimum.name', 'Shortest row (seconds)'),
      description: t(
        'options.minimum.description',
        'Rows whose stages take less in all are left out. 0 shows every row.'
      ),
      category,
      defaultValue: DEFAULTS.minimumSeconds,
      settings: { min: 0 },
    })
    .addBooleanSwitch({
      path: 'failedOnly',
      name: t('options.failed.name', 'Failed runs only'),
      description: t('options.failed.description', 'Leaves out every row without a failed run.'),
      category,
      defaultValue: DEFAULTS.failedOnly,
    });
}
