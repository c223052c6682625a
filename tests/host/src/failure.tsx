/** Said in place of the dashboard when there is nothing to show it with. */
import { config } from '@grafana/runtime';
import { Alert } from '@grafana/ui';
import { Frame } from './page';

export function Failure({ reason }: { reason: string }) {
  return (
    <Frame theme={config.theme2}>
      <div style={{ padding: 16 }}>
        <Alert severity="error" title="The panel plugin could not be loaded">
          {reason}
        </Alert>
      </div>
    </Frame>
  );
}
