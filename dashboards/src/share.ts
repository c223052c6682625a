/** A dashboard as Grafana's "export for sharing externally" writes it, ready to import anywhere. */
import {
  DashboardBuilder,
  DashboardCursorSync,
  DashboardLinkBuilder,
  DashboardLinkType,
  RowBuilder,
  type Dashboard,
  type Panel,
  type RowPanel,
  type VariableModel,
} from '@grafana/grafana-foundation-sdk/dashboard';
import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import { TIMELINE, type AnyPanel } from './panels.ts';
import { INPUT } from './variables.ts';

/** The oldest Grafana that the timeline panel runs in. */
const GRAFANA = '12.3.0';

/** What every dashboard of this folder is tagged with; they link to each other by it. */
const TAG = 'flyte';

/** Names of panel types, as Grafana shows them where one is missing. */
const TYPES: Record<string, string> = {
  [TIMELINE]: 'Flyte Workflow Timeline',
  bargauge: 'Bar gauge',
  stat: 'Stat',
  table: 'Table',
  text: 'Text',
  timeseries: 'Time series',
};

export interface Row {
  title: string;
  panels: AnyPanel[];
  /** Folded until somebody opens it; its queries are not asked before. */
  collapsed?: boolean;
  /** The variable whose every value gets a row of its own. */
  repeat?: string;
}

export interface Plan {
  uid: string;
  title: string;
  description: string;
  tags: string[];
  variables: Array<Builder<VariableModel>>;
  /** Panels above the first row, then the rows. */
  top?: AnyPanel[];
  rows: Row[];
  from?: string;
}

interface Requirement {
  type: 'grafana' | 'datasource' | 'panel';
  id: string;
  name: string;
  version: string;
}

export interface SharedDashboard extends Dashboard {
  __inputs: Array<Record<string, string>>;
  __elements: Record<string, never>;
  __requires: Requirement[];
}

/** @param version of the timeline panel that the dashboard was made for */
export function share(plan: Plan, version: string): SharedDashboard {
  const builder = new DashboardBuilder(plan.title)
    .uid(plan.uid)
    .description(plan.description)
    .tags([TAG, ...plan.tags])
    .timezone('browser')
    .editable()
    .tooltip(DashboardCursorSync.Crosshair)
    .time({ from: plan.from ?? 'now-6h', to: 'now' })
    .refresh('')
    .variables(plan.variables)
    .link(
      new DashboardLinkBuilder('Flyte dashboards')
        .type(DashboardLinkType.Dashboards)
        .tags([TAG])
        .asDropdown(false)
        .includeVars(true)
        .keepTime(true)
    );
  plan.top?.forEach((panel) => builder.withPanel(panel));
  plan.rows.forEach((row) => addRow(builder, row));
  const dashboard = withoutStrays(withIds(builder.build()));
  return {
    __inputs: [
      {
        name: INPUT,
        label: 'Prometheus',
        description: 'The Prometheus that scrapes Flyte.',
        type: 'datasource',
        pluginId: 'prometheus',
        pluginName: 'Prometheus',
      },
    ],
    __elements: {},
    __requires: requires(dashboard, version),
    ...dashboard,
    annotations: { list: [] },
    id: null,
    version: 1,
  };
}

function addRow(builder: DashboardBuilder, { title, panels, collapsed, repeat }: Row): void {
  const row = new RowBuilder(title);
  if (repeat) {
    row.repeat(repeat);
  }
  if (collapsed) {
    row.collapsed(true);
    panels.forEach((panel) => row.withPanel(panel));
    builder.withRow(row);
    return;
  }
  builder.withRow(row);
  panels.forEach((panel) => builder.withPanel(panel));
}

/** Panels in the order in which they stand. */
export function allPanels(dashboard: Dashboard): Array<Panel | RowPanel> {
  return (dashboard.panels ?? []).flatMap((panel) => [panel, ...('panels' in panel ? panel.panels : [])]);
}

function withIds(dashboard: Dashboard): Dashboard {
  allPanels(dashboard).forEach((panel, index) => {
    panel.id = index + 1;
  });
  return dashboard;
}

/** Takes out what the builders write and Grafana's schema does not know: defaults of other kinds of variable, and of tables. */
function withoutStrays(dashboard: Dashboard): Dashboard {
  const strays = ['auto', 'auto_min', 'auto_count'];
  for (const variable of dashboard.templating.list ?? []) {
    if (variable.type !== 'interval') {
      strays.forEach((name) => Reflect.deleteProperty(variable, name));
    }
  }
  for (const panel of allPanels(dashboard)) {
    if (panel.type === 'table' && 'options' in panel) {
      Reflect.deleteProperty(panel.options, 'footer');
    }
  }
  return dashboard;
}

function requires(dashboard: Dashboard, version: string): Requirement[] {
  const types = new Set(allPanels(dashboard).map(({ type }) => type));
  types.delete('row');
  const panels = [...types].sort().map((id): Requirement => {
    const name = TYPES[id];
    if (name === undefined) {
      throw new Error(`panel type ${id} has no name here: add it to TYPES`);
    }
    return { type: 'panel', id, name, version: id === TIMELINE ? version : '' };
  });
  return [
    { type: 'grafana', id: 'grafana', name: 'Grafana', version: GRAFANA },
    { type: 'datasource', id: 'prometheus', name: 'Prometheus', version: '1.0.0' },
    ...panels,
  ];
}
