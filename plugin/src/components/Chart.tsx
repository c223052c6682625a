import { css } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import type { TimeZone } from '@grafana/schema';
import { useStyles2 } from '@grafana/ui';
import React, { useCallback, useEffect, useId, useRef } from 'react';

import { fitCanvas } from '../core/canvas';
import type { Loaded, Row, Shown } from '../core/generated/timeline_panel';
import type { Session } from '../core/session';
import { arePodsApart } from '../core/words';
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
}

/**
 * The rows: a canvas of the size of the viewport that stays in place while a spacer of the height of all rows
 * scrolls natively. Nothing here is laid out by React while scrolling; each frame reads sizes and paints.
 */
export function Chart({ session, loaded, shown, revision, look, timeZone, linksOf }: Props) {
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

  const draw = () => {
    const before = scene();
    if (!before || !spacer.current || !canvas.current) {
      return;
    }
    // May add or remove the scroll bar, so the size is read again after it.
    spacer.current.style.height = `${session.contentHeight(before.view) ?? 0}px`;
    const active = refresh();
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
  const then =
    <E,>(handle: (event: E) => void) =>
    (event: E) => {
      handle(event);
      schedule();
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
        onKeyDown={then(press)}
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
