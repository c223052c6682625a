/** All dashboards of this folder, by the names of their files. */
import { admin } from './admin.ts';
import { propeller } from './propeller.ts';
import { share, type Plan, type SharedDashboard } from './share.ts';
import { workflowTimeline } from './timeline.ts';
import { user } from './user.ts';

const PLANS: Record<string, () => Plan> = {
  'workflow-timeline': () => workflowTimeline,
  user: () => user,
  'data-plane': () => propeller,
  'control-plane': () => admin,
};

/** @param version of the timeline panel */
export function buildAll(version: string): Array<[file: string, dashboard: SharedDashboard]> {
  return Object.entries(PLANS).map(([name, plan]) => [`${name}.json`, share(plan(), version)]);
}
