/** A stock panel: the packages' own time series graph, which shares its cursor as every graph of Grafana does. */
import { FieldColorModeId, FieldConfigProperty, PanelPlugin, type PanelProps } from '@grafana/data';
import { registerRuntimePanelPlugin } from '@grafana/scenes';
import { LegendDisplayMode } from '@grafana/schema';
import { EventBusPlugin, TimeSeries, usePanelContext } from '@grafana/ui';

export const TIME_SERIES_ID = 'host-time-series';

const LEGEND = { displayMode: LegendDisplayMode.List, placement: 'bottom' as const, showLegend: true, calcs: [] };

function TimeSeriesPanel({ data, width, height, timeRange, timeZone }: PanelProps) {
  const { eventBus } = usePanelContext();
  if (data.series.length === 0) {
    return <>No data</>;
  }
  return (
    <TimeSeries
      frames={data.series}
      {...{ width, height, timeRange, timeZone, structureRev: data.structureRev }}
      legend={LEGEND}
    >
      {(config, frame) => <EventBusPlugin config={config} eventBus={eventBus} frame={frame} />}
    </TimeSeries>
  );
}

export function registerTimeSeriesPanel(): void {
  const plugin = new PanelPlugin(TimeSeriesPanel).useFieldConfig({
    standardOptions: {
      [FieldConfigProperty.Color]: { defaultValue: { mode: FieldColorModeId.PaletteClassic } },
    },
  });
  registerRuntimePanelPlugin({ pluginId: TIME_SERIES_ID, plugin });
}
