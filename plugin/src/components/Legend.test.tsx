import { fireEvent, render, screen } from '@testing-library/react';
import React from 'react';

import type { Owner, Stage } from '../core/generated/timeline_panel';
import { Legend } from './Legend';

const stage = (id: string, owner: Owner, share: number, present = true): Stage => ({
  ...{ id, name: id, owner, share, present },
  ...{ help: `About ${id}.`, dark: 'black', light: 'white', total: 1, totalText: '1 ms' },
});

const STAGES = [
  stage('acceptance', 'flyte', 0.1),
  stage('queueing', 'flyte', 0.2),
  stage('task', 'user', 0.7),
  stage('completion', 'derived', 0, false),
];

function show(hidden: string[], stages = STAGES) {
  const onHide = jest.fn();
  render(<Legend stages={stages} hidden={hidden} isDark={true} singleLine={false} onHide={onHide} />);
  return onHide;
}

describe('Legend', () => {
  test('has a switch for each stage that is present, pressed while it is shown', () => {
    show(['queueing']);
    const switches = screen.getAllByRole('button').map((button) => button.dataset['stage']);
    const pressed = screen.getAllByRole('button', { pressed: true }).map((button) => button.dataset['stage']);
    expect(switches).toEqual(['acceptance', 'queueing', 'task']);
    expect(pressed).toEqual(['acceptance', 'task']);
  });

  test('a click hides a stage and leaves the others as they are', () => {
    const onHide = show(['task']);
    fireEvent.click(screen.getByRole('button', { name: /queueing/ }));
    expect(onHide).toHaveBeenCalledWith(['task', 'queueing']);
  });

  test('a click on a hidden stage shows it', () => {
    const onHide = show(['task', 'queueing']);
    fireEvent.click(screen.getByRole('button', { name: /task/ }));
    expect(onHide).toHaveBeenCalledWith(['queueing']);
  });

  test('says whose time it was, for the owners that there are', () => {
    show([], [...STAGES, stage('pod-start', 'kubernetes', 0)]);
    expect(screen.getByTestId('workflow-timeline-owners')).toHaveTextContent(
      /^Flyte 30 %Kubernetes 0 %your code 70 %$/
    );
  });

  test('does not call it your code where pod start is part of it', () => {
    show([]);
    expect(screen.getByTestId('workflow-timeline-owners')).toHaveTextContent(/^Flyte 30 %your tasks 70 %$/);
  });
});
