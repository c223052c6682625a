import { css } from '@emotion/css';
import { type GrafanaTheme2, type IconName } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Icon, useTheme2 } from '@grafana/ui';
import React from 'react';

import type { Notice, Severity } from '../core/generated/timeline_panel';

/** The worst first. */
const SEVERITIES: Severity[] = ['error', 'warning', 'info'];

const ICONS: Record<Severity, IconName> = {
  error: 'exclamation-circle',
  warning: 'exclamation-triangle',
  info: 'info-circle',
};

/** The notice that stands for all of them. */
export function severest(notices: Notice[]): Notice | undefined {
  return SEVERITIES.map((severity) => notices.find((notice) => notice.severity === severity)).find(Boolean);
}

/** How grave a notice is, by shape and by colour. */
export function NoticeIcon({ severity }: { severity: Severity }) {
  const theme = useTheme2();
  return (
    <Icon
      name={ICONS[severity]}
      size="sm"
      className={css({ flex: 'none', marginTop: 2, color: colorOf(severity, theme) })}
      title={titleOf(severity)}
    />
  );
}

function colorOf(severity: Severity, theme: GrafanaTheme2): string {
  return theme.colors[severity].text;
}

function titleOf(severity: Severity): string {
  switch (severity) {
    case 'error':
      return t('severity.error', 'Error');
    case 'warning':
      return t('severity.warning', 'Warning');
    case 'info':
      return t('severity.info', 'Note');
  }
}
