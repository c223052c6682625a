import { dateTimeFormat, type TimeRange } from '@grafana/data';
import type { TimeZone } from '@grafana/schema';

import type { Row, Stage, View } from '../core/generated/timeline_panel';
import type { Session } from '../core/session';
import { copyPicture, copyText, download } from './clipboard';
import { rowsToCsv } from './csv';
import { picture } from './picture';

/** Rows that are asked for at a time: each becomes an object, and a hundred thousand at once would be one long pause. */
const CHUNK = 5_000;

interface Sources {
  session: Session;
  /** Rows in all. */
  rows: number;
  stages: Stage[];
  hidden: string[];
  title: string;
  range: TimeRange;
  timeZone: TimeZone;
  /** What is in view, as it is drawn. */
  view: View | undefined;
}

export interface Exports {
  copyRows: () => void;
  saveRows: () => void;
  copyPicture: () => void;
  savePicture: () => void;
}

/** What the menu does: all rows as CSV, what is in view as a picture, to the clipboard or into a file. */
export function exportsOf({ session, rows, stages, hidden, title, range, timeZone, view }: Sources): Exports {
  const csv = () => {
    const all: Row[] = [];
    for (let from = 0; from < rows; from += CHUNK) {
      all.push(...session.rows(from, Math.min(rows, from + CHUNK)));
    }
    return rowsToCsv(all);
  };
  const image = async () => {
    if (!view) {
      throw new Error('the rows are not drawn yet');
    }
    const shown = stages.filter((stage) => stage.present && !hidden.includes(stage.id));
    const legend = shown.map((stage) => ({
      colour: view.theme === 'dark' ? stage.dark : stage.light,
      text: `${stage.name}  ${stage.totalText}`,
    }));
    const times = [range.from, range.to].map((time) => dateTimeFormat(time, { timeZone }));
    return picture(view, { title, range: times.join(' – '), legend }, (context) => session.paint(context, view));
  };
  const name = `${title || 'flyte-workflow-timeline'} ${dateTimeFormat(range.to, { timeZone, format: 'YYYY-MM-DD HH.mm' })}`;
  return {
    copyRows: () => void copyText(csv()),
    // The mark tells spreadsheets that it is UTF-8.
    saveRows: () => download(new Blob(['\uFEFF', csv()], { type: 'text/csv;charset=utf-8' }), `${name}.csv`),
    copyPicture: () => void copyPicture(image()),
    savePicture: () => void image().then((blob) => download(blob, `${name}.png`)),
  };
}
