import { type Focus, move } from './keys';

const SIZES = { rows: 100, rowsInView: 12, stages: 3 };
const NOWHERE: Focus = { row: -1, stage: -1 };

describe('move', () => {
  test.each([
    ['ArrowDown', NOWHERE, { row: 0, stage: -1 }],
    ['ArrowUp', { row: 0, stage: -1 }, { row: 0, stage: -1 }],
    ['ArrowDown', { row: 99, stage: 2 }, { row: 99, stage: -1 }],
    ['PageDown', { row: 5, stage: -1 }, { row: 15, stage: -1 }],
    ['PageUp', { row: 5, stage: -1 }, { row: 0, stage: -1 }],
    ['Home', { row: 50, stage: 1 }, { row: 0, stage: -1 }],
    ['End', { row: 50, stage: 1 }, { row: 99, stage: -1 }],
    ['ArrowRight', NOWHERE, { row: 0, stage: -1 }],
    ['ArrowRight', { row: 4, stage: -1 }, { row: 4, stage: 0 }],
    ['ArrowRight', { row: 4, stage: 2 }, { row: 4, stage: 2 }],
    ['ArrowLeft', { row: 4, stage: 0 }, { row: 4, stage: -1 }],
  ])('%s at %o leads to %o', (key, at, to) => expect(move(key, at, SIZES)).toEqual(to));

  test('other keys are left to the page', () => {
    expect(move('Tab', NOWHERE, SIZES)).toBeUndefined();
  });
});
