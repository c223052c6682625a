import { t } from '@grafana/i18n';
import type { TimeZone } from '@grafana/schema';
import React, { memo, startTransition, useEffect, useState } from 'react';

import type { Row, Stage } from '../core/generated/timeline_panel';
import type { Session } from '../core/session';
import { AccessibleRow } from './AccessibleRow';
import { Hidden } from './Hidden';

interface Props {
  session: Session;
  /** Changes when the rows or their order do. */
  revision: number;
  /** The rows that the table holds, `to` excluded. */
  from: number;
  to: number;
  /** Rows in all. */
  total: number;
  stages: Stage[];
  timeZone: TimeZone;
  /** Whether rows are under headers. */
  grouped: boolean;
}

/** The same rows and numbers as a table, for those who don't see the canvas and for programs. */
export const AccessibleTable = memo(function AccessibleTable(props: Props) {
  const { total, stages, timeZone, grouped } = props;
  const rows = useRows(props);
  const present = stages.filter((stage) => stage.present);
  return (
    <Hidden>
      {/* A grid of rows that open: the plain table has no word for that. */}
      <table role="treegrid" aria-rowcount={total + 1}>
        <caption>{t('table.caption', 'Workflow executions and the time of their stages')}</caption>
        <thead>
          <tr aria-rowindex={1}>
            <th scope="col">{t('table.name', 'Name')}</th>
            <th scope="col">{t('table.workflow', 'Workflow')}</th>
            <th scope="col">{t('table.state', 'State')}</th>
            <th scope="col">{t('table.tier', 'Tier')}</th>
            <th scope="col">{t('table.end', 'End')}</th>
            <th scope="col">{t('table.runs', 'Runs')}</th>
            <th scope="col">{t('table.total', 'Total')}</th>
            <th scope="col">{t('table.wall', 'Wall')}</th>
            <th scope="col">{t('table.overhead', 'Overhead')}</th>
            {present.map((stage) => (
              <th key={stage.id} scope="col">
                {stage.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <AccessibleRow key={row.index} row={row} stages={present} timeZone={timeZone} grouped={grouped} />
          ))}
        </tbody>
      </table>
    </Hidden>
  );
});

/** After the picture is painted, and in pieces that let the pointer through: a thousand rows are many elements. */
function useRows({ session, revision, from, to }: Props): Row[] {
  const [rows, setRows] = useState<Row[]>([]);
  useEffect(() => {
    let timer: number | undefined;
    const frame = requestAnimationFrame(() => {
      timer = window.setTimeout(() => {
        const next = session.rows(from, to);
        startTransition(() => setRows(next));
      });
    });
    return () => {
      cancelAnimationFrame(frame);
      window.clearTimeout(timer);
    };
  }, [session, revision, from, to]);
  return rows;
}
