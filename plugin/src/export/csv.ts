import type { Row } from '../core/generated/timeline_panel';

type Cell = string | number | undefined;

/** The columns before those of the stages. Times are ISO 8601, durations milliseconds, shares 0…1. */
const COLUMNS: Array<[name: string, of: (row: Row) => Cell]> = [
  ['name', (row) => row.name],
  ['execution', (row) => row.execution],
  ['project', (row) => row.project],
  ['domain', (row) => row.domain],
  ['workflow', (row) => row.workflow],
  ['kind', (row) => row.kind],
  ['tier', (row) => row.tier],
  ['state', (row) => row.state],
  ['begin', (row) => iso(row.begin)],
  ['end', (row) => iso(row.end)],
  ['runs', (row) => row.runs],
  ['total_ms', (row) => row.total],
  ['wall_ms', (row) => row.wall],
  ['overhead_share', (row) => row.overhead],
];

/** Rows as RFC 4180 has it: a line of names, CRLF, quotes where a cell needs them. A stage is two columns, ms and count. */
export function rowsToCsv(rows: Row[]): string {
  const stages = [...new Set(rows.flatMap((row) => row.stages.map(({ id }) => id)))];
  const head = [...COLUMNS.map(([name]) => name), ...stages.flatMap((id) => [`${id}_ms`, `${id}_count`]), 'notes'];
  const lines = rows.map((row) => {
    const byId = new Map(row.stages.map((stage) => [stage.id, stage]));
    const ofStages = stages.flatMap((id) => [byId.get(id)?.value, byId.get(id)?.count]);
    return [...COLUMNS.map(([, of]) => of(row)), ...ofStages, row.notes.join(' ')];
  });
  return [head, ...lines].map((cells) => cells.map(toCell).join(',') + '\r\n').join('');
}

const iso = (at: number | undefined) => (at === undefined ? undefined : new Date(at).toISOString());

/**
 * A text that a spreadsheet would take for a formula gets an apostrophe before it: names come from labels, and whoever
 * names a workflow must not get code run by whoever opens the file. Numbers are written as they are.
 */
function toCell(value: Cell): string {
  if (value === undefined) {
    return '';
  }
  if (typeof value === 'number') {
    return String(value);
  }
  const text = /^[\s]*[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
