import { t } from '@grafana/i18n';
import { Button, Dropdown, IconButton, Menu, RadioButtonGroup } from '@grafana/ui';
import React from 'react';

import { type Choice, groups, labelOf, modes, sorts } from '../core/choices';
import type { Stage } from '../core/generated/timeline_panel';
import type { Options } from '../types';

/** What of the options the header can change. */
export type ViewOptions = Pick<Options, 'mode' | 'sort' | 'descending' | 'group' | 'failedOnly'>;

export interface ViewProps {
  view: ViewOptions;
  /** Whose time rows can be ordered by. */
  stages: Stage[];
  onView: (change: Partial<ViewOptions>) => void;
  /** Closes all groups or opens them. */
  onCloseAll: (closed: boolean) => void;
}

/** How bars lie, as a switch. */
export function ModeSwitch({ view: { mode }, onView }: ViewProps) {
  return (
    <RadioButtonGroup
      size="sm"
      aria-label={t('view.mode', 'Arrangement')}
      value={mode}
      options={modes()}
      onChange={(mode) => onView({ mode })}
    />
  );
}

/** Order and groups, each as a menu of its own that says what is chosen. */
export function OrderMenus(props: ViewProps) {
  const { view, stages } = props;
  const order = labelOf(sorts(stages), view.sort);
  return (
    <>
      <Dropdown overlay={<Menu>{sortItems(props)}</Menu>} placement="bottom-end">
        <Button
          size="sm"
          fill="text"
          variant="secondary"
          icon={view.descending ? 'arrow-down' : 'arrow-up'}
          tooltip={t('view.sort', 'Order by')}
        >
          {order}
        </Button>
      </Dropdown>
      <Dropdown overlay={<Menu>{groupItems(props)}</Menu>} placement="bottom-end">
        <Button size="sm" fill="text" variant="secondary" icon="layer-group" tooltip={t('view.group', 'Group by')}>
          {view.group === 'none' ? t('view.no-groups', 'No groups') : labelOf(groups(), view.group)}
        </Button>
      </Dropdown>
    </>
  );
}

/** All of it in one menu, for a panel without room. */
export function ViewMenu({ withModes, ...props }: ViewProps & { withModes: boolean }) {
  const overlay = (
    <Menu>
      {withModes && (
        <Menu.Group label={t('view.mode', 'Arrangement')}>
          {choices(modes(), props.view.mode, (mode) => props.onView({ mode }))}
        </Menu.Group>
      )}
      <Menu.Group label={t('view.sort', 'Order by')}>{sortItems(props)}</Menu.Group>
      <Menu.Group label={t('view.group', 'Group by')}>{groupItems(props)}</Menu.Group>
    </Menu>
  );
  return (
    <Dropdown overlay={overlay} placement="bottom-end">
      <IconButton name="sliders-v-alt" size="sm" aria-label={t('view.label', 'Arrangement, order and groups')} />
    </Dropdown>
  );
}

function sortItems({ view, stages, onView }: ViewProps) {
  const present = stages.filter((stage) => stage.present);
  return (
    <>
      {choices(sorts(present), view.sort, (sort) => onView({ sort }))}
      <Menu.Divider />
      {check(t('view.descending', 'Largest or latest on top'), view.descending, (descending) => onView({ descending }))}
      {check(t('view.failed', 'Failed runs only'), view.failedOnly, (failedOnly) => onView({ failedOnly }))}
    </>
  );
}

function groupItems({ view, onView, onCloseAll }: ViewProps) {
  return (
    <>
      {choices(groups(), view.group, (group) => onView({ group }))}
      {view.group !== 'none' && (
        <>
          <Menu.Divider />
          <Menu.Item
            icon="angle-double-down"
            label={t('view.open-all', 'Open all')}
            onClick={() => onCloseAll(false)}
          />
          <Menu.Item icon="angle-double-up" label={t('view.close-all', 'Close all')} onClick={() => onCloseAll(true)} />
        </>
      )}
    </>
  );
}

function choices<T extends string>(all: Array<Choice<T>>, chosen: T, onChoose: (value: T) => void) {
  return all.map(({ value, label }) => (
    <Menu.Item
      key={value}
      role="menuitemradio"
      label={label}
      icon={value === chosen ? 'check' : undefined}
      ariaChecked={value === chosen}
      active={value === chosen}
      onClick={() => onChoose(value)}
    />
  ));
}

function check(label: string, isOn: boolean, onChange: (isOn: boolean) => void) {
  return (
    <Menu.Item
      role="menuitemcheckbox"
      label={label}
      icon={isOn ? 'check-square' : 'square-shape'}
      ariaChecked={isOn}
      onClick={() => onChange(!isOn)}
    />
  );
}
