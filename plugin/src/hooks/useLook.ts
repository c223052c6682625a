import { dateTimeFormat, systemDateFormats } from '@grafana/data';
import type { TimeZone } from '@grafana/schema';
import { useTheme2 } from '@grafana/ui';
import { useMemo } from 'react';

import type { View } from '../core/generated/timeline_panel';
import { usePixelRatio } from './usePixelRatio';

/** Everything of a view that doesn't change while it is scrolled or hovered. */
export type Look = Omit<View, 'width' | 'height' | 'scrollTop' | 'active'>;

const DAY = 24 * 60 * 60 * 1000;

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
    }),
    [theme, pixelRatio, rowHeight, transparent, timeZone, format]
  );
}
