/** What kube-state-metrics tells of executions, against what really happened. */
import { expect, test } from './page/fixtures.ts';
import { mapValues } from './page/numbers.ts';
import { viewOf } from './page/views.ts';
import { END, INTERVAL } from './world/histories.ts';
import { historyOf, type TrueExecution } from './world/truth.ts';

/** Kubernetes keeps whole seconds. */
const second = (ms: number) => Math.floor(ms / 1000) * 1000;

/** The row of an execution all of whose pods ran to an end that was scraped; undefined of any other. */
function rowOf({ exec_id, pods, state }: TrueExecution) {
  const times = pods.flatMap(({ created_at, container_started_at, completed_at }) =>
    container_started_at !== null && completed_at !== null && completed_at <= END - INTERVAL
      ? [{ created: second(created_at), started: second(container_started_at), completed: second(completed_at) }]
      : []
  );
  if (state === 'running' || state === 'aborted' || times.length === 0 || times.length < pods.length) {
    return undefined;
  }
  const begin = Math.min(...times.map(({ created }) => created));
  const end = Math.max(...times.map(({ completed }) => completed));
  const start = times.reduce((sum, { created, started }) => sum + started - created, 0);
  const task = times.reduce((sum, { started, completed }) => sum + completed - started, 0);
  const rest = end - begin - start - task;
  return {
    ...{ name: exec_id, end, wall: end - begin },
    stages: {
      ...(start > 0 ? { 'pod-start': start } : {}),
      ...(task > 0 ? { task } : {}),
      ...(rest > 0 ? { unattributed: rest } : {}),
    },
  };
}

test('alone, pods tell every execution that they ran for to the second', async ({ panel }) => {
  const { executions } = await historyOf('core-exec');
  const expected = executions.flatMap((execution) => rowOf(execution) ?? []);
  expect(expected.length).toBeGreaterThan(50);

  await panel.open(viewOf('pods'));
  const rows = new Map((await panel.read()).map((row) => [row.name, row]));

  for (const row of expected) {
    const { name, end, wall, stages = {} } = rows.get(row.name) ?? {};
    expect({ name, end, wall, stages: mapValues(stages, ({ value }) => value) }).toEqual(row);
  }
  const known = new Set(executions.filter(({ pods }) => pods.length > 0).map(({ exec_id }) => exec_id));
  expect(
    [...rows.keys()].filter((name) => !known.has(name)),
    'rows of nothing that happened'
  ).toEqual([]);
});

test('beside counters, pods add no row and change no total', async ({ panel }) => {
  const view = viewOf('core-exec');
  const withPods = view.queries ?? [];
  await panel.open(view);
  const joined = await panel.read();
  await panel.open({ ...view, queries: withPods.filter(({ refId }) => refId !== 'pods') });
  const alone = await panel.read();

  const total = (rows: typeof joined) => rows.map(({ name, wall, total }) => ({ name, wall, total })).sort(byName);
  expect(withPods).toHaveLength(3);
  expect(total(joined)).toEqual(total(alone));
});

const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name);
