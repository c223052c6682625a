import { css } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import React from 'react';

import type { OwnerShare } from '../core/generated/timeline_panel';
import { ownerName } from '../core/words';

interface Props {
  owners: OwnerShare[];
  /** Whether pod start is told apart from task execution. */
  podsApart: boolean;
}

/** The answer in one line: whose time it was. */
export function OwnerShares({ owners, podsApart }: Props) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles} data-testid="workflow-timeline-owners">
      {owners.map(({ owner, shareText, totalText }) => (
        <span key={owner} title={totalText}>
          {ownerName(owner, podsApart)} <strong>{shareText}</strong>
        </span>
      ))}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) =>
  css({
    display: 'flex',
    columnGap: theme.spacing(1.5),
    color: theme.colors.text.secondary,
    '& strong': { color: theme.colors.text.primary, fontWeight: theme.typography.fontWeightMedium },
  });
