import { type DataFrame, type GrafanaTheme2, textUtil } from '@grafana/data';

import type { Annotation } from './generated/timeline_panel';

/** Of an annotation that has no colour of its own, as Grafana's own panels have it. */
const USUAL = 'rgba(0, 211, 255, 1)';

/** The dashboard's annotations, ready to be drawn. What has no time is left out. */
export function toAnnotations(frames: DataFrame[] | undefined, theme: GrafanaTheme2): Annotation[] {
  return (frames ?? []).flatMap((frame) => {
    const values = new Map(frame.fields.map((field) => [field.name, field.values]));
    const at = (name: string, index: number): unknown => values.get(name)?.[index];
    const text = (name: string, index: number) => {
      const value = at(name, index);
      return typeof value === 'string' ? plain(value) : '';
    };
    return Array.from({ length: frame.length }, (_, index) => index).flatMap((index) => {
      const [from, end, colour] = [at('time', index), at('timeEnd', index), at('color', index)];
      if (typeof from !== 'number') {
        return [];
      }
      return {
        from,
        to: typeof end === 'number' ? Math.max(from, end) : from,
        text: [text('title', index), text('text', index)].filter(Boolean).join(': '),
        colour: theme.visualization.getColorByName(typeof colour === 'string' && colour !== '' ? colour : USUAL),
      };
    });
  });
}

/** A canvas shows text, and annotations may be written in HTML. */
function plain(html: string): string {
  if (!/[<&]/.test(html)) {
    return html;
  }
  const { body } = new DOMParser().parseFromString(textUtil.sanitize(html), 'text/html');
  return (body.textContent ?? '').replace(/\s+/g, ' ').trim();
}
