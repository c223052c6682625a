import { css } from '@emotion/css';
import { LoadingState, type PanelProps } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';
import React, { useMemo, useRef, useState } from 'react';

import type { View } from '../core/generated/timeline_panel';
import { parseMetrics } from '../core/metrics';
import { parseStages } from '../core/stages';
import { arePodsApart } from '../core/words';
import { exportsOf } from '../export/exports';
import { useFeed } from '../hooks/useFeed';
import { useLinks } from '../hooks/useLinks';
import { useLook } from '../hooks/useLook';
import { useSession } from '../hooks/useSession';
import { complete, type Options, ROW_HEIGHT } from '../types';
import { Chart } from './Chart';
import { CoreError } from './CoreError';
import { EmptyState } from './EmptyState';
import { Header } from './Header';
import { HelpSheet } from './HelpSheet';
import { Legend } from './Legend';
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
export default function CorePanel({
  data,
  options: given,
  width,
  height,
  transparent,
  timeZone,
  title,
  eventBus,
  fieldConfig,
  replaceVariables,
  onOptionsChange,
}: PanelProps<Options>) {
  const styles = useStyles2(getStyles);
  const options = useMemo(() => complete(given), [given]);
  const { rows, sort, descending, hidden } = options;
  const [session, { status, failure, loaded, shown, revision }] = useSession();
  const metrics = useMemo(() => parseMetrics(options.metrics), [options.metrics]);
  const own = useMemo(() => parseStages(options.stages), [options.stages]);
  const arrangement = useMemo(() => ({ sort, descending, hidden }), [sort, descending, hidden]);
  const range = data.timeRange.to.valueOf() - data.timeRange.from.valueOf();
  const look = useLook(ROW_HEIGHT[options.density], transparent, timeZone, range);
  useFeed(session, status === 'ready', data, { metrics: metrics.byRefId, rows, stages: own.json }, arrangement);

  const linksOf = useLinks(options, fieldConfig.defaults.links, replaceVariables);

  const viewNow = useRef<(() => View | undefined) | null>(null);
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
  const { legend } = options;
  const hasLegend = legend.showLegend && !empty && height >= ROOM_FOR_LEGEND;
  // Beside rows that are narrow already there is no room for it.
  const placement = width < ROOM_BESIDE ? 'bottom' : legend.placement;
  const { stages } = loaded;
  const isDark = look.theme === 'dark';
  const takeAlong = () =>
    exportsOf({
      ...{ session, rows: loaded.rows, stages, hidden, timeZone, range: data.timeRange, view: viewNow.current?.() },
      title: replaceVariables(title),
    });
  return (
    <div className={placement === 'right' ? styles.beside : styles.below}>
      <div className={styles.rows}>
        {options.showHeader && !empty && height >= ROOM_FOR_HEADER && (
          <Header
            facts={loaded.tiers.map(({ text }) => text)}
            onHelp={() => setHelping(true)}
            menu={<RowsMenu takeAlong={takeAlong} />}
          />
        )}
        {empty ? (
          <EmptyState title={empty.title} details={empty.details} />
        ) : (
          <Chart
            session={session}
            loaded={loaded}
            shown={shown}
            revision={revision}
            look={look}
            timeZone={timeZone}
            linksOf={linksOf}
            eventBus={eventBus}
            viewNow={viewNow}
            onHelp={() => setHelping(true)}
          />
        )}
        <Notices notices={notices} />
      </div>
      {hasLegend && (
        <Legend
          stages={stages}
          hidden={hidden}
          isDark={isDark}
          displayMode={legend.displayMode}
          placement={placement}
          singleLine={placement === 'bottom' && height < ROOM_FOR_LINES}
          onHide={(next) => onOptionsChange({ ...options, hidden: next })}
        />
      )}
      {isHelping && (
        <HelpSheet stages={stages} podsApart={arePodsApart(stages)} isDark={isDark} onClose={() => setHelping(false)} />
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
