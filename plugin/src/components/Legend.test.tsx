import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import React from 'react';

import type { Owner, OwnerShare, Stage } from '../core/generated/timeline_panel';
import { Legend } from './Legend';

const stage = (id: string, owner: Owner, share: number, present = true): Stage => ({
  ...{ id, name: id, owner, share, present },
  ...{ help: `About ${id}.`, dark: 'black', light: 'white', total: 1, totalText: '1 ms' },
});

const share = (owner: Owner, shareText: string): OwnerShare => ({
  owner,
  total: 1,
  totalText: '1 ms',
  share: 0,
  shareText,
});

const STAGES = [
  stage('acceptance', 'flyte', 0.1),
  stage('queueing', 'flyte', 0.2),
  stage('task', 'user', 0.7),
  stage('completion', 'derived', 0, false),
];

function show(hidden: string[], stages = STAGES, displayMode: 'list' | 'table' = 'list', owners: OwnerShare[] = []) {
  const onHide = jest.fn();
  render(
    <Legend {...{ stages, owners, hidden, displayMode, onHide }} isDark={true} placement="bottom" singleLine={false} />
  );
  return onHide;
}

const switches = (filter: { pressed?: boolean } = {}) =>
  screen
    .getAllByRole('button', filter)
    .map((button) => button.dataset['stage'])
    .filter(Boolean);

describe('Legend', () => {
  test('has a switch for each stage that is present, pressed while it is shown', () => {
    show(['queueing']);
    expect(switches()).toEqual(['acceptance', 'queueing', 'task']);
    expect(switches({ pressed: true })).toEqual(['acceptance', 'task']);
  });

  test('a click hides a stage and leaves the others as they are', () => {
    const onHide = show(['task']);
    fireEvent.click(screen.getByRole('button', { name: /^queueing/ }));
    expect(onHide).toHaveBeenCalledWith(['task', 'queueing']);
  });

  test('a click on a hidden stage shows it', () => {
    const onHide = show(['task', 'queueing']);
    fireEvent.click(screen.getByRole('button', { name: /^task/ }));
    expect(onHide).toHaveBeenCalledWith(['queueing']);
  });

  test('a click with Ctrl or ⌘ leaves a stage alone in the picture, the next one brings all back', () => {
    const onHide = show(['completion']);
    fireEvent.click(screen.getByRole('button', { name: /^task/ }), { ctrlKey: true });
    expect(onHide).toHaveBeenCalledWith(['completion', 'acceptance', 'queueing']);
    cleanup();
    const again = show(['completion', 'acceptance', 'queueing']);
    fireEvent.click(screen.getByRole('button', { name: /^task/ }), { metaKey: true });
    expect(again).toHaveBeenCalledWith(['completion']);
  });

  test('as a table it has the same switches, and each stage’s owner, total and share', () => {
    show(['queueing'], STAGES, 'table');
    expect(switches({ pressed: true })).toEqual(['acceptance', 'task']);
    const lines = screen.getAllByRole('row').map((line) => line.textContent);
    expect(lines.slice(1)).toEqual(['acceptanceFlyte1 ms10 %', 'queueingFlyte1 ms20 %', 'taskyour tasks1 ms70 %']);
  });

  test('says whose time it was, and does not call it your code where pod start is part of it', () => {
    const owners = [share('flyte', '30 %'), share('user', '70 %')];
    show([], STAGES, 'list', owners);
    expect(screen.getByTestId('workflow-timeline-owners')).toHaveTextContent(/^Flyte 30 %your tasks 70 %$/);
    cleanup();
    show([], [...STAGES, stage('pod-start', 'kubernetes', 0)], 'list', owners);
    expect(screen.getByTestId('workflow-timeline-owners')).toHaveTextContent(/^Flyte 30 %your code 70 %$/);
  });
});
