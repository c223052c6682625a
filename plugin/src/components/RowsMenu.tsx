import type { IconName } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Dropdown, IconButton, Menu } from '@grafana/ui';
import React from 'react';

import type { Exports } from '../export/exports';

interface Props {
  /** As of the moment in which something is chosen. */
  takeAlong: () => Exports;
}

/** What can be taken away: the rows as CSV and what is in view as a picture. */
export function RowsMenu({ takeAlong }: Props) {
  const item = (icon: IconName, label: string, what: keyof Exports) => (
    <Menu.Item icon={icon} label={label} onClick={() => takeAlong()[what]()} />
  );
  const menu = (
    <Menu>
      {item('copy', t('menu.copy-rows', 'Copy rows as CSV'), 'copyRows')}
      {item('download-alt', t('menu.save-rows', 'Save rows as CSV'), 'saveRows')}
      {item('copy', t('menu.copy-picture', 'Copy picture'), 'copyPicture')}
      {item('download-alt', t('menu.save-picture', 'Save picture as PNG'), 'savePicture')}
    </Menu>
  );
  return (
    <Dropdown overlay={menu} placement="bottom-end">
      <IconButton name="ellipsis-v" size="sm" aria-label={t('menu.label', 'Take along')} />
    </Dropdown>
  );
}
