import { wrap } from './picture';

describe('the legend of a picture', () => {
  test('goes on in a new line where the last one is full', () => {
    expect(wrap([40, 40, 40], 100)).toEqual([
      { x: 0, line: 0 },
      { x: 40, line: 0 },
      { x: 0, line: 1 },
    ]);
  });

  test('has a line for what is wider than all the room', () => {
    expect(wrap([200, 50], 100).map(({ line }) => line)).toEqual([0, 1]);
  });
});
