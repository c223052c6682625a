import { render, screen, within } from '@testing-library/react';
import React from 'react';

import type { Row, RowStage, Stage } from '../core/generated/timeline_panel';
import { AccessibleRow } from './AccessibleRow';

const look = { owner: 'flyte' as const, dark: 'black', light: 'white', help: '' };

const queueing: RowStage = {
  ...look,
  ...{ id: 'queueing', name: 'Queueing', value: 1500.5, text: '1.5 s', share: 1 },
  ...{ count: 3, mean: 500.25, derived: false },
};

const row: Row = {
  ...{ key: 'f1', level: 'row', depth: 0, expandable: false, expanded: false, node: '', over: [] },
  ...{ index: 4, name: 'f1', execution: 'f1', workflow: 'w', project: 'p', domain: 'd' },
  ...{ tier: 'execution', tierText: '', kind: 'run', state: 'failed', end: 1000, runs: 1 },
  ...{ total: 1500.5, totalText: '1.5 s', stages: [queueing], notes: [] },
};

const column = (id: string): Stage => ({ ...look, id, name: id, present: true, total: 0, totalText: '', share: 0 });

function cells() {
  const columns = [column('queueing'), column('task')];
  render(
    <table>
      <tbody>
        <AccessibleRow row={row} stages={columns} timeZone="utc" grouped={false} />
      </tbody>
    </table>
  );
  const line = screen.getByTestId('workflow-timeline-row');
  expect(line).toHaveAttribute('aria-rowindex', '6');
  return within(line).getAllByRole('cell');
}

const raw = (cell?: HTMLElement) => cell?.querySelector('data')?.getAttribute('value');

describe('AccessibleRow', () => {
  test('every number is there raw and for people', () => {
    const [, , , end, , total] = cells();
    expect([raw(end), end?.textContent]).toEqual(['1000', '1970-01-01 00:00:01']);
    expect([raw(total), total?.textContent]).toEqual(['1500.5', '1.5 s']);
  });

  test('what is not known is an empty cell, not a zero', () => {
    const [, , , , , , wall, overhead] = cells();
    expect([wall?.textContent, overhead?.textContent]).toEqual(['', '']);
  });

  test('a stage that the row has not is an empty cell in its column', () => {
    const [present, absent] = cells().slice(-2);
    expect({ ...present?.dataset }).toEqual({ stage: 'queueing', count: '3', mean: '500.25' });
    expect(raw(present)).toBe('1500.5');
    expect({ ...absent?.dataset }).toEqual({ stage: 'task' });
    expect(absent?.textContent).toBe('');
  });
});
