import { css } from '@emotion/css';
import { t, Trans } from '@grafana/i18n';
import { Alert, Button, useStyles2 } from '@grafana/ui';
import React from 'react';

import { explain } from '../core/explain';
import type { CoreFailure } from '../core/failure';

interface Props {
  failure: CoreFailure;
  onRetry: () => void;
}

/** In place of the picture: what failed, how to fix it, and a way to try again. */
export function CoreError({ failure, onRetry }: Props) {
  const styles = useStyles2(getStyles);
  const { what, fix } = explain(failure.kind);
  return (
    <div className={styles}>
      <Alert severity="error" title={t('core-error.title', 'The timeline can’t be drawn')}>
        <p>{what}</p>
        <p>{fix}</p>
        <p>
          <code>{failure.detail}</code>
        </p>
        <Button size="sm" variant="secondary" onClick={onRetry}>
          <Trans i18nKey="core-error.retry">Retry</Trans>
        </Button>
      </Alert>
    </div>
  );
}

const getStyles = () =>
  css({
    flex: 1,
    minHeight: 0,
    overflow: 'auto',
    overflowWrap: 'anywhere',
    // An address that may not break would make all of the text as wide as itself.
    '& code': { whiteSpace: 'normal' },
  });
