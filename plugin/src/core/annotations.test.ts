import { createTheme, toDataFrame } from '@grafana/data';

import { toAnnotations } from './annotations';

const theme = createTheme();

describe('annotations', () => {
  test('are instants or spans, with the text of title and description and a colour of the theme', () => {
    const frame = toDataFrame([
      { time: 10, timeEnd: 10, title: 'Deploy', text: '<b>v2</b> &amp; more', color: 'red' },
      { time: 20, timeEnd: 30, title: '', text: 'Slow', color: '' },
    ]);
    expect(toAnnotations([frame], theme)).toEqual([
      { from: 10, to: 10, text: 'Deploy: v2 & more', colour: theme.visualization.getColorByName('red') },
      { from: 20, to: 30, text: 'Slow', colour: 'rgba(0, 211, 255, 1)' },
    ]);
  });

  test('without a time are left out, and none are none', () => {
    expect(toAnnotations([toDataFrame([{ title: 'When?' }])], theme)).toEqual([]);
    expect(toAnnotations(undefined, theme)).toEqual([]);
  });
});
