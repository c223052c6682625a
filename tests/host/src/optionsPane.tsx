/** The options of the panel, as its plugin declares them with `setPanelOptions` and `useFieldConfig`. */
import {
  isNestedPanelOptions,
  PanelOptionsEditorBuilder,
  type GrafanaTheme2,
  type PanelOptionsEditorItem,
  type StandardEditorContext,
} from '@grafana/data';
import type { VizPanel } from '@grafana/scenes';
import { CollapsableSection, Field, useStyles2 } from '@grafana/ui';
import { css } from '@emotion/css';
import { cloneDeep, get, groupBy, set } from 'lodash';
import { framesOf } from './scene';
import { useHostModel, useHostState } from './useHost';
import type { View } from './view';

interface Row {
  item: PanelOptionsEditorItem;
  value: unknown;
  change: (value: unknown) => void;
}

export function OptionsPane() {
  const model = useHostModel();
  const { dashboard, view } = useHostState();
  const [panel] = dashboard.panels;
  panel?.useState();
  const plugin = panel?.getPlugin();
  if (!panel || !plugin) {
    return null;
  }
  const context = contextOf(panel, view);
  const options = optionRows(panel, view, context, (changed) => void model.set({ options: changed }));
  const fields = fieldRows(panel, view, (fieldConfig) => void model.set({ fieldConfig }));
  return <Sections rows={[...options, ...fields]} context={context} title={plugin.meta.name} />;
}

function contextOf(panel: VizPanel, view: View): StandardEditorContext<unknown> {
  return { data: framesOf(panel), options: view.options, replaceVariables: panel.interpolate };
}

function optionRows(
  panel: VizPanel,
  view: View,
  context: StandardEditorContext<unknown>,
  commit: (options: View['options']) => void
): Row[] {
  const builder = new PanelOptionsEditorBuilder<unknown>();
  panel.getPlugin()?.getPanelOptionsSupplier()(builder, context);
  return builder
    .getItems()
    .filter((item) => !isNestedPanelOptions(item) && (item.showIf?.(view.options, context.data) ?? true))
    .map((item) => ({
      item,
      value: get(view.options, item.path),
      change: (value) => commit(set(cloneDeep(view.options), item.path, value)),
    }));
}

function fieldRows(panel: VizPanel, view: View, commit: (config: View['fieldConfig']) => void): Row[] {
  const items = panel.getPlugin()?.fieldConfigRegistry.list() ?? [];
  return items
    .filter((item) => !item.hideFromDefaults && (item.showIf?.(view.fieldConfig.defaults.custom ?? {}) ?? true))
    .map((item) => {
      const path = item.isCustom ? `custom.${item.path}` : item.path;
      return {
        item,
        value: get(view.fieldConfig.defaults, path),
        change: (value) =>
          commit({ ...view.fieldConfig, defaults: set(cloneDeep(view.fieldConfig.defaults), path, value) }),
      };
    });
}

function Sections({ rows, context, title }: { rows: Row[]; context: StandardEditorContext<unknown>; title: string }) {
  const styles = useStyles2(stylesOf);
  const groups = groupBy(rows, ({ item }) => item.category?.[0] ?? title);
  return (
    <>
      {Object.entries(groups).map(([category, members]) => (
        <div key={category} className={styles.section}>
          <CollapsableSection label={category} isOpen={true} headerDataTestId={`options-${category}`}>
            {members.map((row) => (
              <OptionField key={row.item.id} row={row} context={context} />
            ))}
          </CollapsableSection>
        </div>
      ))}
    </>
  );
}

function OptionField({ row, context }: { row: Row; context: StandardEditorContext<unknown> }) {
  const { item, value, change } = row;
  const Editor = item.editor;
  const id = `option-${item.path}`;
  return (
    <div data-testid={id}>
      <Field label={item.name} description={item.description} htmlFor={id}>
        <Editor id={id} value={value ?? item.defaultValue} onChange={change} item={item} context={context} />
      </Field>
    </div>
  );
}

const stylesOf = (theme: GrafanaTheme2) => ({
  section: css({ borderBottom: `1px solid ${theme.colors.border.weak}`, padding: theme.spacing(0, 1) }),
});
