import { css } from '@emotion/css';
import { type EventBus, type GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import type { TimeZone } from '@grafana/schema';
import { useStyles2 } from '@grafana/ui';
import React, {
  type KeyboardEvent,
  type MouseEvent,
  type PointerEvent,
  type RefObject,
  useCallback,
  useEffect,
  useId,
  useImperativeHandle,
  useRef,
  useState,
} from 'react';

import { fitCanvas } from '../core/canvas';
import type { Annotation, Mode, Row, Shown, View } from '../core/generated/timeline_panel';
import type { Session } from '../core/session';
import { arePodsApart } from '../core/words';
import { copyText } from '../export/clipboard';
import { rowsToCsv } from '../export/csv';
import type { Hover, Scene } from '../hooks/hover';
import { useClock } from '../hooks/useClock';
import { useCursor } from '../hooks/useCursor';
import { useFonts } from '../hooks/useFonts';
import { useFrame } from '../hooks/useFrame';
import { opens, useHover } from '../hooks/useHover';
import { type Look } from '../hooks/useLook';
import { useSeenRows } from '../hooks/useSeenRows';
import type { Span } from '../hooks/zoom';
import type { RowLink } from '../links/links';
import { AccessibleTable } from './AccessibleTable';
import { LabelEdge } from './LabelEdge';
import { Selection } from './Selection';
import { Summary } from './Summary';
import { Tooltip } from './Tooltip';

interface Props {
  session: Session;
  shown: Shown;
  revision: number;
  mode: Mode;
  /** Whether rows are under headers. */
  grouped: boolean;
  look: Look;
  timeZone: TimeZone;
  range: Span;
  annotations: Annotation[];
  linksOf: (row: Row, node: string) => RowLink[];
  eventBus: EventBus;
  /** Where the chart puts what says how it is drawn at the moment. */
  viewNow: RefObject<(() => View | undefined) | null>;
  /** What scrolls and has the keyboard's focus. */
  scroller: RefObject<HTMLDivElement | null>;
  /** Width of the names that the user wants; 0: as the core thinks fit. */
  labelWidth: number;
  onLabelWidth: (width: number) => void;
  onRange: (range: Span) => void;
  onToggle: (key: string) => void;
  onHelp: () => void;
  onSearch: () => void;
}

/**
 * The rows: a canvas of the size of the viewport that stays in place while a spacer of the height of all rows
 * scrolls natively. Nothing here is laid out by React while scrolling; each frame reads sizes and paints.
 */
export function Chart(props: Props) {
  const { session, shown, revision, mode, grouped, look, timeZone, range, annotations } = props;
  const { linksOf, eventBus, viewNow, scroller, labelWidth, onLabelWidth, onRange, onToggle, onHelp, onSearch } = props;
  const styles = useStyles2(getStyles);
  const spacer = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const summary = useId();
  const [seen, see] = useSeenRows(shown.rows);
  /** While the edge of the names is dragged, its place; nothing is kept before it is let go. */
  const [dragged, setDragged] = useState<number>();
  const [edge, setEdge] = useState<Edge>();
  const isClock = mode === 'clock';
  const names = dragged ?? labelWidth;

  const frame = useRef<() => void>(() => undefined);
  const schedule = useFrame(() => frame.current());
  const part = useRef<() => Span | undefined>(() => undefined);
  const cursor = useCursor(eventBus, schedule);
  const scene = useCallback((): Scene | undefined => {
    const box = scroller.current;
    if (!box) {
      return undefined;
    }
    const view: View = {
      ...{ ...look, width: box.clientWidth, height: box.clientHeight, scrollTop: box.scrollTop, active: -1 },
      ...{ labelWidth: names > 0 ? names : undefined },
      ...(isClock && { cursor: cursor.at(), annotations, ...part.current() }),
    };
    return { scroller: box, view, rows: shown.rows, revision };
  }, [scroller, look, names, isClock, cursor, annotations, shown.rows, revision]);

  const clock = useClock({ session, scroller, scene, isClock, range, onRange, onMoved: schedule });
  const { hover, pinned, refresh, point, unpoint, press, click, unpin, blur } = useHover(session, scene, onToggle);

  const draw = () => {
    const before = scene();
    if (!before || !spacer.current || !canvas.current) {
      return;
    }
    // May add or remove the scroll bar, so the size is read again after it.
    spacer.current.style.height = `${session.contentHeight(before.view) ?? 0}px`;
    const hover = refresh();
    // Where bars do not lie by the clock, other panels can point at when the run ended.
    cursor.tell(isClock ? hover?.time : hover?.row.end);
    const now = scene();
    const context = canvas.current.getContext('2d');
    if (now && context) {
      fitCanvas(canvas.current, now.view);
      context.setTransform(1, 0, 0, 1, 0, 0);
      session.paint(context, { ...now.view, ...activeIn(hover) });
      now.scroller.style.cursor = handOver(session, now, hover);
      const found = edgeIn(session, now);
      setEdge((old) => (old?.at === found?.at && old?.room === found?.room ? old : found));
      see(now.view);
    }
  };
  useEffect(() => {
    frame.current = draw;
    part.current = clock.shown;
    schedule();
  });
  useImperativeHandle(viewNow, () => () => scene()?.view, [scene]);
  useFonts(schedule);

  const then =
    <E,>(handle: (event: E) => void) =>
    (event: E) => {
      handle(event);
      schedule();
    };
  const commands: Record<string, () => void> = {
    '?': onHelp,
    '/': onSearch,
    '+': () => clock.step(1),
    '-': () => clock.step(-1),
    '0': clock.reset,
    c: () => hover && void copyText(rowsToCsv([hover.row])),
  };
  const command = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      clock.cancel();
    }
    press(event);
    const run = commands[event.key];
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || !run) {
      return;
    }
    run();
    // Grafana has keys of its own, `?` among them.
    event.stopPropagation();
    event.preventDefault();
  };
  const move = (event: PointerEvent) => (clock.move(event) ? unpoint() : point(event));
  const clickUnlessDragged = (event: MouseEvent) => !clock.isDragEnd() && click(event);

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
        onPointerDown={clock.down}
        onPointerMove={then(move)}
        onPointerUp={clock.up}
        onPointerCancel={clock.cancel}
        onPointerLeave={then(unpoint)}
        onClick={then(clickUnlessDragged)}
        onDoubleClick={clock.doubleClick}
        onKeyDown={then(command)}
        onBlur={then(blur)}
      >
        <div ref={spacer} className={styles.spacer}>
          <canvas ref={canvas} className={styles.canvas} aria-hidden />
        </div>
      </div>
      <Selection selection={clock.selection} isZoomed={clock.isZoomed} onReset={clock.reset} />
      {edge && (
        <LabelEdge
          at={edge.at}
          room={edge.room}
          onMove={(at) => setDragged(at - edge.begin)}
          onEnd={(at) => {
            setDragged(undefined);
            onLabelWidth(at === undefined ? 0 : at - edge.begin);
          }}
        />
      )}
      <Summary id={summary} shown={shown} />
      <AccessibleTable
        session={session}
        revision={revision}
        from={seen.from}
        to={seen.to}
        total={shown.rows}
        stages={shown.stages}
        timeZone={timeZone}
        grouped={grouped}
      />
      {hover && clock.selection === undefined && dragged === undefined && (
        <Tooltip
          hover={hover}
          pinned={pinned}
          links={linksOf(hover.row, hover.node || hover.row.node)}
          timeZone={timeZone}
          podsApart={arePodsApart(shown.stages)}
          isDark={look.theme === 'dark'}
          rows={scroller}
          onClose={() => then(unpin)(undefined)}
        />
      )}
    </div>
  );
}

/** The edge between names and bars, CSS pixels from the left of rows that are `room` wide; names begin at `begin`. */
interface Edge {
  begin: number;
  at: number;
  room: number;
}

function edgeIn(session: Session, { view }: Scene): Edge | undefined {
  const label = session.columns(view)?.label;
  return label && label.width > 0
    ? { begin: label.x, at: Math.round(label.x + label.width), room: view.width }
    : undefined;
}

/** What of the picture is lifted out. */
function activeIn(hover: Hover | undefined): Pick<View, 'active' | 'activeStage'> {
  const [stage, ...more] = hover?.stages ?? [];
  return { active: hover?.row.index ?? -1, activeStage: more.length === 0 ? stage : undefined };
}

/** The pointer's shape, which says what a click or a drag does. */
function handOver(session: Session, scene: Scene, hover: Hover | undefined): string {
  if (hover?.by === 'pointer' && opens(session, scene, hover.row, hover)) {
    return 'pointer';
  }
  return hover?.time === undefined ? '' : 'crosshair';
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
