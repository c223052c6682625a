import { t } from '@grafana/i18n';
import React from 'react';

import type { Shown } from '../core/generated/timeline_panel';
import { formatShare } from '../core/share';
import { Hidden } from './Hidden';

interface Props {
  id: string;
  shown: Shown;
}

/** The picture in one sentence, read out when it changes and when the chart gets the focus. */
export function Summary({ id, shown: { matched, of, statistics, stages } }: Props) {
  const times = stages
    .filter((stage) => stage.present)
    .map((stage) => `${stage.name} ${stage.totalText} (${formatShare(stage.share)})`)
    .join(', ');
  return (
    <Hidden>
      <p id={id} aria-live="polite">
        {t(
          'summary',
          '{{matched}} of {{of}} rows. {{statistics}} {{times}}. Arrow keys move through rows and stages.',
          {
            ...{ matched, of, times, statistics: statistics.text },
            interpolation: { escapeValue: false },
          }
        )}
      </p>
    </Hidden>
  );
}
