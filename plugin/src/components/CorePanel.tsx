import { css } from '@emotion/css';
import { LoadingState, type PanelProps } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useStyles2, useTheme2 } from '@grafana/ui';
import React, { useCallback, useMemo, useRef, useState } from 'react';

import { toAnnotations } from '../core/annotations';
import type { View } from '../core/generated/timeline_panel';
import { parseMetrics } from '../core/metrics';
import { parseStages } from '../core/stages';
import { arePodsApart } from '../core/words';
import { exportsOf } from '../export/exports';
import { useArrangement } from '../hooks/useArrangement';
import { useFeed } from '../hooks/useFeed';
import { useLinks } from '../hooks/useLinks';
import { useLook } from '../hooks/useLook';
import { useSearch } from '../hooks/useSearch';
import { useSession } from '../hooks/useSession';
import { complete, type Options, ROW_HEIGHT } from '../types';
import { Chart } from './Chart';
import { CoreError } from './CoreError';
import { EmptyState } from './EmptyState';
import { hasOwners, Header } from './Header';
import { HelpSheet } from './HelpSheet';
import { Legend } from './Legend';
import { NoMatch } from './NoMatch';
import { Notices } from './Notices';
import { RowsMenu } from './RowsMenu';
import { Waiting } from './Waiting';

/** Below this height, CSS pixels, everything goes to the rows. */
const ROOM_FOR_LEGEND = 140;
/** Below this one there is no header. */
const ROOM_FOR_HEADER = 220;
/** Below this one the legend keeps to a single line, which scrolls sideways. */
const ROOM_FOR_LINES = 300;
/** Below this width, CSS pixels, the legend is never beside the rows. */
const ROOM_BESIDE = 500;

/** The panel's body: what the core says decides what is shown. */
export default function CorePanel(props: PanelProps<Options>) {
  const { data, options: given, width, height, transparent, timeZone, title, eventBus, fieldConfig } = props;
  const { replaceVariables, onOptionsChange, onChangeTimeRange } = props;
  const styles = useStyles2(getStyles);
  const theme = useTheme2();
  const options = useMemo(() => complete(given), [given]);
  const { rows, hidden, mode, legend, minimumSeconds, failedOnly } = options;
  const [session, { status, failure, loaded, shown, revision }] = useSession();
  const metrics = useMemo(() => parseMetrics(options.metrics), [options.metrics]);
  const own = useMemo(() => parseStages(options.stages), [options.stages]);
  const { arrangement, search, setSearch, toggle, closeAll } = useArrangement(options);
  const from = data.timeRange.from.valueOf();
  const to = data.timeRange.to.valueOf();
  const range = useMemo(() => ({ from, to }), [from, to]);
  const look = useLook(ROW_HEIGHT[options.density], transparent, timeZone, to - from);
  const annotations = useMemo(() => toAnnotations(data.annotations, theme), [data.annotations, theme]);
  useFeed(session, status === 'ready', data, { metrics: metrics.byRefId, rows, stages: own.json }, arrangement);

  const linksOf = useLinks(options, fieldConfig.defaults.links, replaceVariables);
  const change = useCallback(
    (changed: Partial<Options>) => onOptionsChange({ ...options, ...changed }),
    [onOptionsChange, options]
  );

  const viewNow = useRef<(() => View | undefined) | null>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const searching = useSearch(search, scroller);
  const [isHelping, setHelping] = useState(false);

  if (failure) {
    return <CoreError failure={failure} onRetry={() => void session.retry()} />;
  }
  if (!loaded || !shown) {
    return <Waiting />;
  }
  const empty = data.state === LoadingState.Error && loaded.empty ? queryFailed(data.errors ?? []) : loaded.empty;
  const errors = own.error ? [own.error, ...metrics.errors] : metrics.errors;
  const notices = [...errors.map((text) => ({ severity: 'error' as const, text })), ...loaded.notices];
  const hasLegend = legend.showLegend && !empty && height >= ROOM_FOR_LEGEND;
  const hasHeader = !empty && ((options.showHeader && height >= ROOM_FOR_HEADER) || searching.isOpen);
  // Beside rows that are narrow already there is no room for it.
  const placement = width < ROOM_BESIDE ? 'bottom' : legend.placement;
  const { stages } = shown;
  const podsApart = arePodsApart(stages);
  const isDark = look.theme === 'dark';
  const takeAlong = () =>
    exportsOf({
      ...{ session, rows: shown.rows, stages, hidden, timeZone, range: data.timeRange, view: viewNow.current?.() },
      title: replaceVariables(title),
    });
  const showAll = () => {
    setSearch('');
    if (failedOnly || minimumSeconds > 0) {
      change({ failedOnly: false, minimumSeconds: 0 });
    }
  };
  return (
    <div className={placement === 'right' ? styles.beside : styles.below}>
      <div className={styles.rows}>
        {hasHeader && (
          <Header
            {...{ shown, podsApart, width, search, stages: loaded.stages, view: options }}
            tiers={loaded.tiers.map(({ text }) => text)}
            searchBox={searching.box}
            onSearch={setSearch}
            onLeaveSearch={searching.leave}
            onView={change}
            onCloseAll={closeAll}
            onHelp={() => setHelping(true)}
            menu={<RowsMenu takeAlong={takeAlong} />}
          />
        )}
        {empty ? (
          <EmptyState title={empty.title} details={empty.details} />
        ) : shown.matched === 0 && shown.of > 0 ? (
          <NoMatch {...{ of: shown.of, search, minimumSeconds, failedOnly }} onShowAll={showAll} />
        ) : (
          <Chart
            {...{ session, shown, revision, mode, look, timeZone, range, annotations, linksOf, eventBus, viewNow }}
            grouped={options.group !== 'none'}
            scroller={scroller}
            labelWidth={options.labelWidth}
            onLabelWidth={(labelWidth) => change({ labelWidth })}
            onRange={onChangeTimeRange}
            onToggle={toggle}
            onHelp={() => setHelping(true)}
            onSearch={searching.open}
          />
        )}
        <Notices notices={notices} />
      </div>
      {hasLegend && (
        <Legend
          {...{ stages, hidden, isDark, placement }}
          owners={hasHeader && hasOwners(width) ? [] : shown.statistics.owners}
          displayMode={legend.displayMode}
          singleLine={placement === 'bottom' && height < ROOM_FOR_LINES}
          onHide={(hidden) => change({ hidden })}
        />
      )}
      {isHelping && (
        <HelpSheet stages={loaded.stages} podsApart={podsApart} isDark={isDark} onClose={() => setHelping(false)} />
      )}
    </div>
  );
}

/** Where the query failed, that is the reason, and not what the core makes of no data. */
function queryFailed(errors: Array<{ message?: string; refId?: string }>): { title: string; details: string[] } {
  return {
    title: t('empty.query-failed', 'The query failed'),
    details: errors.map(({ refId, message }) => [refId, message].filter(Boolean).join(': ')),
  };
}

const getStyles = () => {
  const part = { display: 'flex', flex: 1, minWidth: 0, minHeight: 0 };
  return {
    below: css({ ...part, flexDirection: 'column' }),
    beside: css(part),
    rows: css({ ...part, flexDirection: 'column' }),
  };
};
