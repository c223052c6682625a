import { css } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import React from 'react';

import type { Stage } from '../core/generated/timeline_panel';
import { formatShare } from '../core/share';
import { arePodsApart, OWNERS, ownerName } from '../core/words';

/** The answer in one line: whose time it was. */
export function OwnerShares({ stages }: { stages: Stage[] }) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles} data-testid="workflow-timeline-owners">
      {OWNERS.map((owner) => {
        const owned = stages.filter((stage) => stage.owner === owner);
        const share = owned.reduce((sum, stage) => sum + stage.share, 0);
        return (
          owned.length > 0 && (
            <span key={owner}>
              {ownerName(owner, arePodsApart(stages))} <strong>{formatShare(share)}</strong>
            </span>
          )
        );
      })}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) =>
  css({
    display: 'flex',
    columnGap: theme.spacing(1.5),
    marginRight: theme.spacing(0.5),
    padding: theme.spacing(0, 1, 0, 0.5),
    borderRight: `1px solid ${theme.colors.border.weak}`,
    color: theme.colors.text.secondary,
    '& strong': { color: theme.colors.text.primary, fontWeight: theme.typography.fontWeightMedium },
  });
