import { css } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';
import React, { type KeyboardEvent, type PointerEvent, useRef } from 'react';

/** A step by the keyboard, CSS pixels. */
const STEP = 16;
const NARROWEST = 40;

interface Props {
  /** Where the names end, CSS pixels from the left of the rows. */
  at: number;
  /** Width of all the rows. */
  room: number;
  /** While it is dragged. */
  onMove: (at: number) => void;
  /** When it is let go; no place: back to where it fits. */
  onEnd: (at: number | undefined) => void;
}

/** The edge between names and bars: dragged, moved by the arrow keys, put back by a double click or Home. */
export function LabelEdge({ at, room, onMove, onEnd }: Props) {
  const styles = useStyles2(getStyles);
  /** Where within the edge it is held. */
  const grip = useRef<number | undefined>(undefined);
  const moved = useRef(false);
  const widest = Math.max(NARROWEST, Math.round(room * 0.7));
  const within = (wanted: number) => Math.round(Math.min(widest, Math.max(NARROWEST, wanted)));
  const drag = (event: PointerEvent<HTMLElement>) => {
    if (grip.current !== undefined && (moved.current || Math.abs(event.clientX - grip.current - at) > 2)) {
      moved.current = true;
      onMove(within(event.clientX - grip.current));
    }
  };
  const press = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -STEP, ArrowRight: STEP }[event.key];
    if (step === undefined && event.key !== 'Home') {
      return;
    }
    onEnd(step === undefined ? undefined : within(at + step));
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    // A separator that moves takes the focus: https://www.w3.org/WAI/ARIA/apg/patterns/windowsplitter/
    <div
      className={styles}
      style={{ left: at - 3 }}
      role="separator"
      aria-orientation="vertical"
      aria-label={t('label-edge', 'Width of the names')}
      aria-valuenow={at}
      aria-valuemin={NARROWEST}
      aria-valuemax={widest}
      tabIndex={0}
      onPointerDown={(event) => {
        grip.current = event.clientX - at;
        moved.current = false;
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={drag}
      onPointerUp={(event) => {
        const wanted = grip.current === undefined ? at : within(event.clientX - grip.current);
        grip.current = undefined;
        // A mere click, such as the two of a double click, moves nothing.
        if (moved.current) {
          onEnd(wanted);
        }
      }}
      onPointerCancel={() => (grip.current = undefined)}
      onDoubleClick={() => onEnd(undefined)}
      onKeyDown={press}
    />
  );
}

const getStyles = (theme: GrafanaTheme2) =>
  css({
    position: 'absolute',
    top: 0,
    bottom: 0,
    width: 7,
    cursor: 'col-resize',
    touchAction: 'none',
    '&::after': { content: '""', position: 'absolute', inset: '0 3px' },
    '&:hover::after, &:active::after': { background: theme.colors.border.strong },
    '&:focus-visible': { outline: 'none' },
    '&:focus-visible::after': { background: theme.colors.primary.main },
  });
