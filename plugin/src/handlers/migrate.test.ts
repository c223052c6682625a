import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';

import { complete } from '../types';
import { isEarlier, migrate } from './migrate';

/** One file for each version that changed the options: what it stored, and what is made of it. */
const FIXTURES = join(__dirname, 'fixtures');

const fixtures = readdirSync(FIXTURES)
  .sort()
  .map((file) => ({ file, ...JSON.parse(readFileSync(join(FIXTURES, file), 'utf8')) }));

describe('migration', () => {
  test.each(fixtures)('reads what $file holds', ({ stored, migrated }) => {
    expect(migrate(stored)).toEqual(migrated);
  });

  test.each(fixtures)('does nothing to $file the second time', ({ stored }) => {
    const once = migrate(stored);
    expect(isEarlier(once)).toBe(false);
    expect(migrate(once)).toEqual(once);
  });

  test('an option that is not known stays', () => {
    expect(migrate({ later: 1 } as object)).toEqual({ later: 1 });
  });

  test('what a dashboard lacks has the default', () => {
    expect(complete(migrate({ showLegend: false })).legend).toEqual({
      showLegend: false,
      displayMode: 'list',
      placement: 'bottom',
    });
  });
});
