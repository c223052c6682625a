import type { PanelTypeChangedHandler } from '@grafana/data';

import { DEFAULTS, type Density, type Legend, type Options } from '../types';

/** What of a state timeline's or a bar chart's options has a meaning here. */
interface Foreign {
  legend?: Partial<Record<keyof Legend, unknown>>;
  /** State timeline: share of a row that its bar fills, 0…1. */
  rowHeight?: number;
}

const KNOWN = ['state-timeline', 'status-history', 'barchart'];

/** Takes along what someone has set in the panel that this one replaces. Data links stay, since Grafana keeps those. */
export const changeHandler: PanelTypeChangedHandler<Options> = (_panel, from, options) => {
  if (!KNOWN.includes(from)) {
    return {};
  }
  const before: Foreign = options ?? {};
  return {
    ...(before.legend && { legend: legendOf(before.legend) }),
    ...(from !== 'barchart' && { density: densityOf(before.rowHeight) }),
  };
};

function legendOf({ showLegend, displayMode, placement }: NonNullable<Foreign['legend']>): Legend {
  return {
    // Grafana 9 and older hid a legend by its mode.
    showLegend: showLegend !== false && displayMode !== 'hidden',
    displayMode: displayMode === 'table' ? 'table' : DEFAULTS.legend.displayMode,
    placement: placement === 'right' ? 'right' : DEFAULTS.legend.placement,
  };
}

/** Rows here never stretch; thin bars there say that many rows are wanted. */
function densityOf(rowHeight: number | undefined): Density {
  return rowHeight !== undefined && rowHeight < 0.5 ? 'compact' : DEFAULTS.density;
}
