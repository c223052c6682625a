import { css } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { IconButton, useStyles2 } from '@grafana/ui';
import React, { type RefObject } from 'react';

import type { Shown } from '../core/generated/timeline_panel';
import { HeaderFacts } from './HeaderFacts';
import { OwnerShares } from './OwnerShares';
import { Search } from './Search';
import { ModeSwitch, OrderMenus, ViewMenu, type ViewProps } from './ViewControls';

/** From this width of the panel on, CSS pixels, each of these has room beside all that needs less. */
const ROOM = { help: 420, switch: 760, owners: 1120, menus: 1320 };

/** Whether the header has room for whose the time was; the legend says it where it has not. */
export const hasOwners = (width: number): boolean => width >= ROOM.owners;

interface Props extends ViewProps {
  shown: Shown;
  /** How the rows are known, part by part. */
  tiers: string[];
  /** Whether pod start is told apart from task execution. */
  podsApart: boolean;
  width: number;
  search: string;
  searchBox: RefObject<HTMLInputElement | null>;
  onSearch: (words: string) => void;
  /** From the search box back to the rows. */
  onLeaveSearch: () => void;
  onHelp: () => void;
  menu: React.ReactNode;
}

/**
 * Above the rows: what they say together, how they are arranged, a search, and what can be done with all of them. Where
 * the panel is narrow, what arranges them folds into a menu.
 */
export function Header(props: Props) {
  const { shown, tiers, podsApart, width, search, searchBox, onSearch, onLeaveSearch, onHelp, menu, ...view } = props;
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.header} data-testid="workflow-timeline-header">
      <div className={styles.facts}>
        <HeaderFacts shown={shown} tiers={tiers} width={width} />
        {hasOwners(width) && <OwnerShares owners={shown.statistics.owners} podsApart={podsApart} />}
      </div>
      <span className={styles.tools} role="toolbar" aria-label={t('header.tools', 'Arrangement and search')}>
        {width >= ROOM.switch && <ModeSwitch {...view} />}
        {width >= ROOM.menus ? <OrderMenus {...view} /> : <ViewMenu {...view} withModes={width < ROOM.switch} />}
        <Search value={search} box={searchBox} onChange={onSearch} onLeave={onLeaveSearch} narrow={width < ROOM.help} />
        {width >= ROOM.help && (
          <IconButton
            name="question-circle"
            size="sm"
            tooltip={t('header.help', 'Keys and stages ( ? )')}
            onClick={onHelp}
          />
        )}
        {menu}
      </span>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  header: css({
    display: 'flex',
    flex: 'none',
    alignItems: 'center',
    gap: theme.spacing(1.5),
    height: 28,
    paddingBottom: theme.spacing(0.5),
    overflow: 'hidden',
    whiteSpace: 'nowrap',
    fontSize: theme.typography.bodySmall.fontSize,
    color: theme.colors.text.secondary,
  }),
  // What there is no room for is cut off here, and the tools stay.
  facts: css({ display: 'flex', alignItems: 'center', gap: theme.spacing(1.5), minWidth: 0, overflow: 'hidden' }),
  tools: css({ display: 'flex', flex: 'none', alignItems: 'center', gap: theme.spacing(0.75), marginLeft: 'auto' }),
});
