import { t } from '@grafana/i18n';
import { Button, Dropdown, IconButton, Menu, RadioButtonGroup } from '@grafana/ui';
import React, { type AriaRole, type ComponentProps, type ReactElement } from 'react';

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
          {labelOf(sorts(stages), view.sort)}
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
  const { view, stages, onView } = props;
  const part = (label: string, chosen: string, items: Items) => (
    <Menu.Item label={[label, chosen].join(': ')} childItems={items} />
  );
  const overlay = (
    <Menu>
      {withModes &&
        part(
          t('view.mode', 'Arrangement'),
          labelOf(modes(), view.mode),
          choices(modes(), view.mode, (mode) => onView({ mode }))
        )}
      {part(t('view.sort', 'Order by'), labelOf(sorts(stages), view.sort), sortItems(props))}
      {part(t('view.group', 'Group by'), labelOf(groups(), view.group), groupItems(props))}
    </Menu>
  );
  return (
    <Dropdown overlay={overlay} placement="bottom-end">
      <IconButton name="sliders-v-alt" size="sm" aria-label={t('view.label', 'Arrangement, order and groups')} />
    </Dropdown>
  );
}

/** A list and not a fragment: a menu within a menu takes its items one by one. */
type Items = Array<ReactElement<ComponentProps<typeof Menu.Item>>>;

function sortItems({ view, stages, onView }: ViewProps): Items {
  const present = stages.filter((stage) => stage.present);
  return [
    ...choices(sorts(present), view.sort, (sort) => onView({ sort })),
    check('descending', t('view.descending', 'Largest or latest on top'), view.descending, (descending) =>
      onView({ descending })
    ),
    check('failed', t('view.failed', 'Failed runs only'), view.failedOnly, (failedOnly) => onView({ failedOnly })),
  ];
}

function groupItems({ view, onView, onCloseAll }: ViewProps): Items {
  const all = choices(groups(), view.group, (group) => onView({ group }));
  if (view.group === 'none') {
    return all;
  }
  return [
    ...all,
    <Menu.Item key="open" label={t('view.open-all', 'Open all')} onClick={() => onCloseAll(false)} />,
    <Menu.Item key="close" label={t('view.close-all', 'Close all')} onClick={() => onCloseAll(true)} />,
  ];
}

function choices<T extends string>(all: Array<Choice<T>>, chosen: T, onChoose: (value: T) => void): Items {
  return all.map(({ value, label }) => item(value, 'menuitemradio', label, value === chosen, () => onChoose(value)));
}

function check(key: string, label: string, isOn: boolean, onChange: (isOn: boolean) => void): Items[number] {
  return item(key, 'menuitemcheckbox', label, isOn, () => onChange(!isOn));
}

function item(key: string, role: AriaRole, label: string, isOn: boolean, onClick: () => void): Items[number] {
  const icon = isOn ? 'check' : undefined;
  return <Menu.Item key={key} role={role} label={label} icon={icon} ariaChecked={isOn} onClick={onClick} />;
}
