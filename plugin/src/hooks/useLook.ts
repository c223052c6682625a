import { dateTimeForTimeZone, dateTimeFormat, systemDateFormats } from '@grafana/data';
import type { TimeZone } from '@grafana/schema';
import { useTheme2 } from '@grafana/ui';
import { useMemo } from 'react';

import type { View } from '../core/generated/timeline_panel';
import { usePixelRatio } from './usePixelRatio';

/** Everything of a view that doesn't change while it is scrolled or hovered. */
export type Look = Omit<View, 'width' | 'height' | 'scrollTop' | 'active'>;

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;

/** How the rows look in this theme and time zone, on this screen. */
export function useLook(rowHeight: number, transparent: boolean, timeZone: TimeZone, rangeMillis: number): Look {
  const theme = useTheme2();
  const pixelRatio = usePixelRatio();
  const { minute, hour } = systemDateFormats.interval;
  const format = rangeMillis > DAY ? hour : minute;
  return useMemo(
    () => ({
      pixelRatio,
      rowHeight,
      theme: theme.isDark ? 'dark' : 'light',
      text: theme.colors.text.primary,
      textDim: theme.colors.text.secondary,
      grid: theme.colors.border.weak,
      background: transparent ? theme.colors.background.canvas : theme.colors.background.primary,
      hover: theme.colors.action.hover,
      fontFamily: theme.typography.fontFamily,
      formatTime: (ms: number) => dateTimeFormat(ms, { timeZone, format }),
      formatTick: (ms: number, step: number) => dateTimeFormat(ms, { timeZone, format: tickFormat(step, format) }),
      zoneOffset: (ms: number) => dateTimeForTimeZone(timeZone, ms).utcOffset() * MINUTE,
    }),
    [theme, pixelRatio, rowHeight, transparent, timeZone, format]
  );
}

/** As fine as what tells ticks apart that are `step` ms from each other, as on the time axis of Grafana's own panels. */
function tickFormat(step: number, usual: string): string {
  const { millisecond, second, day } = systemDateFormats.interval;
  if (step >= DAY) {
    return day;
  }
  return step >= MINUTE ? usual : step >= SECOND ? second : millisecond;
}
