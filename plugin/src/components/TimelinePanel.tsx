import { css } from '@emotion/css';
import { type PanelProps } from '@grafana/data';
import { ErrorBoundary, useStyles2 } from '@grafana/ui';
import React, { useState } from 'react';

import { CoreFailure } from '../core/failure';
import { useBody } from '../hooks/useBody';
import type { Options } from '../types';
import { CoreError } from './CoreError';
import { Waiting } from './Waiting';

/** What Grafana renders: a box of the size that it gives, and in it the panel or the reason why there is none. */
export function TimelinePanel(props: PanelProps<Options>) {
  const styles = useStyles2(getStyles);
  const [attempt, setAttempt] = useState(0);
  const { Body, failure } = useBody(attempt);
  return (
    <div className={styles.root} style={{ width: props.width, height: props.height }} data-testid="workflow-timeline">
      <ErrorBoundary dependencies={[attempt]} boundaryName="flyteorg-workflowtimeline-panel">
        {({ error }) => {
          const reason = error ? asFailure(error) : failure;
          if (reason) {
            return <CoreError failure={reason} onRetry={() => setAttempt(attempt + 1)} />;
          }
          return Body ? <Body {...props} /> : <Waiting />;
        }}
      </ErrorBoundary>
    </div>
  );
}

function asFailure(error: Error): CoreFailure {
  return error instanceof CoreFailure ? error : new CoreFailure('trap', error.message);
}

const getStyles = () => ({
  root: css({ position: 'relative', overflow: 'hidden', display: 'flex', flexDirection: 'column' }),
});
