import { dateTimeFormat } from '@grafana/data';
import type { TimeZone } from '@grafana/schema';
import React, { memo } from 'react';

import type { Row, Stage } from '../core/generated/timeline_panel';
import { stateName, tierName } from '../core/words';

interface Props {
  row: Row;
  /** The columns after the fixed ones. */
  stages: Stage[];
  timeZone: TimeZone;
  /** Whether rows are under headers. */
  grouped: boolean;
}

/** One execution: every number as it is for people, with the raw one beside it. */
export const AccessibleRow = memo(function AccessibleRow({ row, stages, timeZone, grouped }: Props) {
  const byId = new Map(row.stages.map((stage) => [stage.id, stage]));
  return (
    <tr
      aria-rowindex={row.index + 2}
      aria-level={levelOf(row, grouped)}
      aria-expanded={row.expandable ? row.expanded : undefined}
      data-testid="workflow-timeline-row"
      data-kind={row.kind}
      data-level={row.level}
      data-over={row.over.join(' ') || undefined}
    >
      <th scope="row">{row.name}</th>
      <td>{row.workflow}</td>
      <td>{stateName(row.state)}</td>
      <td>{tierName(row.tier)}</td>
      <Numeric value={row.end} text={row.end === undefined ? undefined : dateTimeFormat(row.end, { timeZone })} />
      <Numeric value={row.runs} text={String(row.runs)} />
      <Numeric value={row.total} text={row.totalText} />
      <Numeric value={row.wall} text={row.wallText} />
      <Numeric value={row.overhead} text={row.overheadText} />
      {stages.map(({ id }) => {
        const stage = byId.get(id);
        return (
          <td key={id} data-stage={id} data-count={stage?.count} data-mean={stage?.mean}>
            {stage && <data value={stage.value}>{stage.text}</data>}
          </td>
        );
      })}
    </tr>
  );
});

/** From 1 on; the core counts how deep a node is in its row, and the header of a group is above that. */
function levelOf({ depth, level }: Row, grouped: boolean): number {
  return depth + (grouped && level !== 'group' ? 2 : 1);
}

function Numeric({ value, text }: { value?: number; text?: string }) {
  return <td>{value !== undefined && <data value={value}>{text}</data>}</td>;
}
