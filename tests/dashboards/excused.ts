/** Queries that have no data in these histories, and why. Each is checked: one that gets data is excused no more. */
import type { Deployment } from './histories.ts';

interface Excuse {
  dashboard: string;
  panel: string;
  /** Names or legends of its queries; all of them unless given. */
  queries?: string[];
  /** Under these deployments; all of them unless given. */
  deployments?: Deployment[];
  why: string;
}

export const EXCUSED: Excuse[] = [
  {
    dashboard: 'workflow-timeline.json',
    panel: 'Runs',
    queries: ['executions', 'ended', 'pods'],
    deployments: ['core', 'binary'],
    why: 'only metrics with exec_id know executions by their ids',
  },
  {
    dashboard: 'workflow-timeline.json',
    panel: 'Runs',
    queries: ['stages'],
    deployments: ['core-exec'],
    why: 'all metrics have exec_id there',
  },
  {
    dashboard: 'data-plane.json',
    panel: 'Calls to flyteadmin, 99 % quantile by method',
    why: 'off by default: propeller.enable-grpc-latency-metrics',
  },
  {
    dashboard: 'control-plane.json',
    panel: 'gRPC requests, 99 % quantile by method',
    why: 'off by default: server.grpc.enableGrpcLatencyMetrics',
  },
  {
    dashboard: 'user.json',
    panel: 'Attempts that failed, by whose fault',
    queries: ['unknown'],
    why: 'nothing fails for unknown reasons in the simulator',
  },
  {
    dashboard: 'user.json',
    panel: 'Nodes that failed for good, by whose fault',
    queries: ['system', 'unknown'],
    why: 'nodes fail for good by user errors alone in the simulator',
  },
  {
    dashboard: 'user.json',
    panel: 'Cache writes that failed',
    why: 'the cache never fails in the simulator',
  },
  {
    dashboard: 'data-plane.json',
    panel: 'Why events were not recorded',
    queries: ['resource exhausted', 'invalid argument', 'unexpected err'],
    why: 'flyteadmin neither throttles nor refuses events in the simulator',
  },
  {
    dashboard: 'data-plane.json',
    panel: 'Blob store failures',
    queries: ['write failure'],
    why: 'writes never fail in the simulator',
  },
];

export const excuseOf = (dashboard: string, panel: string, query: string, deployment: Deployment) =>
  EXCUSED.find(
    (excuse) =>
      excuse.dashboard === dashboard &&
      excuse.panel === panel &&
      (excuse.queries?.includes(query) ?? true) &&
      (excuse.deployments?.includes(deployment) ?? true)
  );
