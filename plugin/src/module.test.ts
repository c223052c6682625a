import { PanelPlugin } from '@grafana/data';

import { DEFAULTS } from './types';

jest.mock('./components/TimelinePanel', () => ({ TimelinePanel: () => null }));

const NAMES = ['Latest runs', 'Most overhead', 'Stage by stage', 'By the clock', 'Workflows compared', 'Pattern'];

/** The module as Grafana imports it, with a class of Grafana that may lack what newer ones have. */
function load(missing: string[] = []): PanelPlugin {
  const proto = PanelPlugin.prototype as unknown as Record<string, unknown>;
  const held = missing.map((name) => [name, proto[name]] as const);
  missing.forEach((name) => (proto[name] = undefined));
  try {
    let plugin: PanelPlugin | undefined;
    jest.isolateModules(() => {
      jest.doMock('@grafana/data', () => ({ ...jest.requireActual('@grafana/data'), PanelPlugin }));
      plugin = (jest.requireActual('./module') as { plugin: PanelPlugin }).plugin;
    });
    return plugin as PanelPlugin;
  } finally {
    held.forEach(([name, method]) => (proto[name] = method));
  }
}

describe('the module', () => {
  test('loads in a Grafana without suggestions, presets and view options', () => {
    expect(load(['setSuggestionsSupplier', 'setPresetsSupplier', 'setViewPanelOptions'])).toBeInstanceOf(PanelPlugin);
  });

  test('offers presets whose options are complete', () => {
    const plugin = load();
    plugin.meta = { id: 'flyteorg-workflowtimeline-panel', name: 'Flyte Workflow Timeline' } as PanelPlugin['meta'];
    const found = plugin.getPresets({}) ?? [];
    expect(found.map(({ name }) => name)).toEqual(NAMES);
    for (const { options } of found) {
      expect(Object.keys(options ?? {}).sort()).toEqual(Object.keys(DEFAULTS).sort());
    }
  });
});
