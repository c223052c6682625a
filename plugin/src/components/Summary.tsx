import { t } from '@grafana/i18n';
import React from 'react';

import type { Loaded } from '../core/generated/timeline_panel';
import { formatShare } from '../core/share';
import { Hidden } from './Hidden';

interface Props {
  id: string;
  loaded: Loaded;
}

/** The picture in one sentence, read out when it changes and when the chart gets the focus. */
export function Summary({ id, loaded }: Props) {
  const stages = loaded.stages
    .filter((stage) => stage.present)
    .map((stage) => `${stage.name} ${stage.totalText} (${formatShare(stage.share)})`)
    .join(', ');
  return (
    <Hidden>
      <p id={id} aria-live="polite">
        {t('summary', '{{rows}} rows. {{stages}}. Arrow keys move through rows and stages.', {
          rows: loaded.rows,
          stages,
          interpolation: { escapeValue: false },
        })}
      </p>
    </Hidden>
  );
}
