import { pan, widen, zoom } from './zoom';

const WHOLE = { from: 0, to: 100_000 };

describe('the part of time in view', () => {
  test('what is under the pointer stays there', () => {
    expect(zoom(WHOLE, WHOLE, 25_000, 0.4)).toEqual({ from: 15_000, to: 55_000 });
  });

  test('never goes beyond the whole, and is none of its own where it is the whole', () => {
    expect(zoom({ from: 0, to: 50_000 }, WHOLE, 50_000, 1.5)).toEqual({ from: 0, to: 75_000 });
    expect(zoom({ from: 0, to: 90_000 }, WHOLE, 0, 1.25)).toBeUndefined();
    expect(pan({ from: 80_000, to: 90_000 }, WHOLE, 2)).toEqual({ from: 90_000, to: 100_000 });
    expect(pan({ from: 10_000, to: 20_000 }, WHOLE, -2)).toEqual({ from: 0, to: 10_000 });
  });

  test('is never closer than a second', () => {
    const { from, to } = zoom({ from: 0, to: 1000 }, WHOLE, 500, 0.1) ?? { from: NaN, to: NaN };
    expect(to - from).toBe(1000);
  });

  test('widened, it is twice as long', () => {
    expect(widen({ from: 10, to: 20 })).toEqual({ from: 5, to: 25 });
  });
});
