import { formatShare } from './share';

describe('formatShare', () => {
  test.each([
    [0, '0 %'],
    [0.0002, '< 0.1 %'],
    [0.004, '0.4 %'],
    [0.0096, '1 %'],
    [0.123, '12 %'],
    [1, '100 %'],
    [NaN, '–'],
  ])('%d is %s', (share, text) => expect(formatShare(share)).toBe(text));
});
