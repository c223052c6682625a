import { css } from '@emotion/css';
import { type EventBus, type GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import type { TimeZone } from '@grafana/schema';
import { useStyles2 } from '@grafana/ui';
import React, {
  type KeyboardEvent,
  type RefObject,
  useCallback,
  useEffect,
  useId,
  useImperativeHandle,
  useRef,
} from 'react';

import { fitCanvas } from '../core/canvas';
import type { Loaded, Row, Shown, View } from '../core/generated/timeline_panel';
import type { Session } from '../core/session';
import { arePodsApart } from '../core/words';
import { copyText } from '../export/clipboard';
import { rowsToCsv } from '../export/csv';
import { useCursor } from '../hooks/useCursor';
import { useFonts } from '../hooks/useFonts';
import { useFrame } from '../hooks/useFrame';
import { useHover } from '../hooks/useHover';
import { type Look } from '../hooks/useLook';
import { useSeenRows } from '../hooks/useSeenRows';
import type { RowLink } from '../links/links';
import { AccessibleTable } from './AccessibleTable';
import { Summary } from './Summary';
import { Tooltip } from './Tooltip';

interface Props {
  session: Session;
  loaded: Loaded;
  shown: Shown;
  revision: number;
  look: Look;
  timeZone: TimeZone;
  linksOf: (row: Row, node: string) => RowLink[];
  eventBus: EventBus;
  /** Where the chart puts what says how it is drawn at the moment. */
  viewNow: RefObject<(() => View | undefined) | null>;
  onHelp: () => void;
}

/**
 * The rows: a canvas of the size of the viewport that stays in place while a spacer of the height of all rows
 * scrolls natively. Nothing here is laid out by React while scrolling; each frame reads sizes and paints.
 */
export function Chart({ session, loaded, shown, revision, look, timeZone, linksOf, eventBus, viewNow, onHelp }: Props) {
  const styles = useStyles2(getStyles);
  const scroller = useRef<HTMLDivElement>(null);
  const spacer = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const summary = useId();
  const [seen, see] = useSeenRows(shown.rows);

  const scene = useCallback(() => {
    const box = scroller.current;
    if (!box) {
      return undefined;
    }
    const view = { ...look, width: box.clientWidth, height: box.clientHeight, scrollTop: box.scrollTop, active: -1 };
    return { scroller: box, view, rows: shown.rows, revision };
  }, [look, shown.rows, revision]);

  const { hover, pinned, refresh, point, unpoint, press, click, unpin, blur } = useHover(session, scene);

  const tellCursor = useCursor(eventBus);
  const draw = () => {
    const before = scene();
    if (!before || !spacer.current || !canvas.current) {
      return;
    }
    // May add or remove the scroll bar, so the size is read again after it.
    spacer.current.style.height = `${session.contentHeight(before.view) ?? 0}px`;
    const found = refresh();
    const active = found?.row.index ?? -1;
    // Rows are not placed by the clock: what other panels can point at is when the run ended.
    tellCursor(found?.row.end);
    const now = scene();
    const context = canvas.current.getContext('2d');
    if (now && context) {
      fitCanvas(canvas.current, now.view);
      context.setTransform(1, 0, 0, 1, 0, 0);
      session.paint(context, { ...now.view, active });
      see(now.view);
    }
  };
  const schedule = useFrame(draw);
  useImperativeHandle(viewNow, () => () => scene()?.view, [scene]);
  const then =
    <E,>(handle: (event: E) => void) =>
    (event: E) => {
      handle(event);
      schedule();
    };
  const command = (event: KeyboardEvent) => {
    press(event);
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) {
      return;
    }
    if (event.key === '?') {
      onHelp();
    } else if (event.key === 'c' && hover) {
      void copyText(rowsToCsv([hover.row]));
    } else {
      return;
    }
    // Grafana has keys of its own, `?` among them.
    event.stopPropagation();
    event.preventDefault();
  };
  useEffect(schedule);
  useFonts(schedule);

  return (
    <div className={styles.chart}>
      <div
        ref={scroller}
        className={styles.scroller}
        tabIndex={0}
        role="group"
        aria-label={t('chart.label', 'Timeline of workflow executions')}
        aria-describedby={summary}
        onScroll={schedule}
        onPointerMove={then(point)}
        onPointerLeave={then(unpoint)}
        onClick={then(click)}
        onKeyDown={then(command)}
        onBlur={then(blur)}
      >
        <div ref={spacer} className={styles.spacer}>
          <canvas ref={canvas} className={styles.canvas} aria-hidden />
        </div>
      </div>
      <Summary id={summary} loaded={loaded} />
      <AccessibleTable
        session={session}
        revision={revision}
        from={seen.from}
        to={seen.to}
        total={shown.rows}
        stages={loaded.stages}
        timeZone={timeZone}
      />
      {hover && (
        <Tooltip
          hover={hover}
          pinned={pinned}
          links={linksOf(hover.row, hover.node)}
          timeZone={timeZone}
          podsApart={arePodsApart(loaded.stages)}
          isDark={look.theme === 'dark'}
          rows={scroller}
          onClose={() => then(unpin)(undefined)}
        />
      )}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  chart: css({ position: 'relative', flex: 1, minHeight: 0 }),
  scroller: css({
    position: 'absolute',
    inset: 0,
    overflowX: 'hidden',
    overflowY: 'auto',
    outline: 'none',
    '&:focus-visible': { boxShadow: `inset 0 0 0 2px ${theme.colors.primary.main}` },
    // The canvas fills the box and would cover a ring that is drawn on the box itself.
    '&:focus-visible canvas': { outline: `2px solid ${theme.colors.primary.main}`, outlineOffset: -2 },
  }),
  spacer: css({ minHeight: '100%' }),
  canvas: css({ display: 'block', position: 'sticky', top: 0 }),
});
