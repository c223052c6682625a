import { css } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Button, useStyles2 } from '@grafana/ui';
import React from 'react';

interface Props {
  /** What is being selected, CSS pixels from the left of the rows. */
  selection: { left: number; width: number } | undefined;
  /** Whether less than the dashboard's range is in view. */
  isZoomed: boolean;
  onReset: () => void;
}

/** Over the rows: the time range that a drag selects, and the way back from a closer look. */
export function Selection({ selection, isZoomed, onReset }: Props) {
  const styles = useStyles2(getStyles);
  return (
    <>
      {selection && <div className={styles.selection} style={selection} data-testid="workflow-timeline-selection" />}
      {isZoomed && (
        <Button className={styles.reset} size="sm" variant="secondary" icon="search-minus" onClick={onReset}>
          {t('zoom.reset', 'Whole range')}
        </Button>
      )}
    </>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  selection: css({
    position: 'absolute',
    top: 0,
    bottom: 0,
    pointerEvents: 'none',
    background: theme.colors.action.selected,
    borderLeft: `1px solid ${theme.colors.primary.main}`,
    borderRight: `1px solid ${theme.colors.primary.main}`,
  }),
  reset: css({ position: 'absolute', bottom: theme.spacing(1), right: theme.spacing(2) }),
});
