import { css } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { Trans } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';
import React from 'react';

/** Before the first picture. Still: a dashboard of twenty panels that all spin is not calm. */
export function Waiting() {
  return (
    <div className={useStyles2(getStyles)} role="status">
      <Trans i18nKey="waiting">Loading the timeline…</Trans>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) =>
  css({ margin: 'auto', color: theme.colors.text.secondary, fontSize: theme.typography.bodySmall.fontSize });
