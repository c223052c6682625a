import type { Row } from '../core/generated/timeline_panel';
import type { Session } from '../core/session';
import { parentOf, treeStep } from './tree';

const WHOLE = { row: 3, stage: -1 };

describe('arrows in the tree of rows', () => {
  test('open what is closed, close what is open, and walk through the stages else', () => {
    expect(treeStep('ArrowRight', WHOLE, { expandable: true, expanded: false })).toBe('toggle');
    expect(treeStep('ArrowRight', WHOLE, { expandable: true, expanded: true })).toBeUndefined();
    expect(treeStep('ArrowLeft', WHOLE, { expandable: true, expanded: true })).toBe('toggle');
    expect(treeStep('ArrowLeft', WHOLE, { expandable: false, expanded: false })).toBe('parent');
    expect(treeStep('ArrowLeft', { row: 3, stage: 1 }, { expandable: true, expanded: true })).toBeUndefined();
  });

  test('a node leads to its row however far above, a row to the header of its group, a header nowhere', () => {
    const rows = [
      { level: 'group', depth: 0 },
      { level: 'row', depth: 0 },
      ...Array.from({ length: 500 }, () => ({ level: 'node', depth: 1 })),
      { level: 'node', depth: 2 },
    ].map((row, index) => ({ ...row, index }) as Row);
    const session = { rows: (from: number, to: number) => rows.slice(from, to) } as Session;
    const parent = (index: number) => parentOf(session, rows[index] as Row);
    expect([parent(502), parent(501), parent(1), parent(0)]).toEqual([501, 1, 0, undefined]);
  });
});
