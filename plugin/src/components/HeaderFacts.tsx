import { css } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Tooltip, useStyles2 } from '@grafana/ui';
import React from 'react';

import type { Shown } from '../core/generated/timeline_panel';

/** From this width of the panel on, CSS pixels, each of these has room. */
const ROOM = { median: 300, p95: 400 };

interface Props {
  shown: Shown;
  tiers: string[];
  width: number;
}

/** How many rows there are, and how long the single runs among them took. */
export function HeaderFacts({ shown, tiers, width }: Props) {
  const styles = useStyles2(getStyles);
  const { statistics } = shown;
  const facts = [
    [t('header.rows', 'Rows'), rowsOf(shown)],
    [t('header.median', 'Median'), width >= ROOM.median ? statistics.medianText : undefined],
    [t('header.p95', 'p95'), width >= ROOM.p95 && statistics.count > 1 ? statistics.p95Text : undefined],
  ];
  const more = (
    <>
      {[statistics.text, ...tiers].map((line) => (
        <div key={line}>{line}</div>
      ))}
    </>
  );
  return (
    <Tooltip content={more} placement="bottom-start">
      {/* Reached by the keyboard for what it leaves out and why. */}
      <span className={styles} tabIndex={0} data-testid="workflow-timeline-facts">
        {facts.map(
          ([name, value]) =>
            value !== undefined && (
              <span key={name}>
                {name} <strong>{value}</strong>
              </span>
            )
        )}
      </span>
    </Tooltip>
  );
}

function rowsOf({ matched, of }: Shown): string {
  return matched === of
    ? String(of)
    : t('header.some', '{{matched}} of {{of}}', { matched, of, interpolation: { escapeValue: false } });
}

const getStyles = (theme: GrafanaTheme2) =>
  css({
    display: 'flex',
    columnGap: theme.spacing(1.5),
    padding: theme.spacing(0, 0.5),
    borderRadius: theme.shape.radius.default,
    fontVariantNumeric: 'tabular-nums',
    '& strong': { color: theme.colors.text.primary, fontWeight: theme.typography.fontWeightMedium },
    '&:focus-visible': { outline: `2px solid ${theme.colors.primary.main}`, outlineOffset: -2 },
  });
