import { css } from '@emotion/css';
import { type PanelProps } from '@grafana/data';
import { ErrorBoundary, useStyles2 } from '@grafana/ui';
import React, { lazy, Suspense, useState } from 'react';

import { CoreFailure, messageOf } from '../core/failure';
import type { Options } from '../types';
import { CoreError } from './CoreError';
import { Waiting } from './Waiting';

/** The body, the core and its wasm are fetched when a panel is first shown, not when Grafana starts. */
const fetchBody = () =>
  lazy(() =>
    import(/* webpackChunkName: "panel" */ './CorePanel').catch((error: unknown) => {
      throw new CoreFailure('chunk', messageOf(error));
    })
  );

/** What Grafana renders: a box of the size that it gives, and in it the panel or the reason why there is none. */
export function TimelinePanel(props: PanelProps<Options>) {
  const styles = useStyles2(getStyles);
  const [Body, setBody] = useState(fetchBody);
  return (
    <div className={styles.root} style={{ width: props.width, height: props.height }} data-testid="workflow-timeline">
      <ErrorBoundary dependencies={[Body]} boundaryName="flyteorg-workflowtimeline-panel">
        {({ error }) =>
          error ? (
            <CoreError failure={asFailure(error)} onRetry={() => setBody(fetchBody)} />
          ) : (
            <Suspense fallback={<Waiting />}>
              <Body {...props} />
            </Suspense>
          )
        }
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
