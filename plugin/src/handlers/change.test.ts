import type { FieldConfigSource, PanelModel } from '@grafana/data';

import { changeHandler } from './change';

const NO_CONFIG: FieldConfigSource = { defaults: {}, overrides: [] };
const from = (plugin: string, options: Record<string, unknown>) =>
  changeHandler({} as PanelModel, plugin, options, NO_CONFIG);

describe('a panel that becomes this one', () => {
  test('state timeline: its legend and thin rows come along', () => {
    const legend = { showLegend: true, displayMode: 'table', placement: 'right', calcs: ['mean'] };
    expect(from('state-timeline', { legend, rowHeight: 0.3, mergeValues: true })).toEqual({
      legend: { showLegend: true, displayMode: 'table', placement: 'right' },
      density: 'compact',
    });
  });

  test('bar chart: its legend comes along', () => {
    expect(from('barchart', { legend: { showLegend: false }, stacking: 'percent', barWidth: 0.9 })).toEqual({
      legend: { showLegend: false, displayMode: 'list', placement: 'bottom' },
    });
  });

  test('a legend that was hidden the old way is hidden', () => {
    expect(from('barchart', { legend: { displayMode: 'hidden' } }).legend).toMatchObject({ showLegend: false });
  });

  test('any other panel has nothing that means the same here', () => {
    expect(from('timeseries', { legend: { showLegend: false } })).toEqual({});
  });

  test('nothing set is no reason to fail', () => {
    expect(from('barchart', undefined as unknown as Record<string, unknown>)).toEqual({});
  });
});
