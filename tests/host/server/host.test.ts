import assert from 'node:assert/strict';
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fill, startPrometheus } from '../../prometheus/index.mjs';
import { startHost, type Host } from './host.ts';

/** 2026-01-01T00:00:00Z; one sample a minute for an hour. */
const START_SEC = 1_767_225_600;

let folder: string;
let prometheus: Awaited<ReturnType<typeof startPrometheus>>;
let host: Host;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'host-test-'));
  const dist = join(folder, 'dist');
  await mkdir(dist);
  await writeFile(join(dist, 'plugin.json'), '{"id":"some-timeline-panel"}');
  await writeFile(join(dist, 'core.wasm'), 'wasm');
  await writeFile(join(folder, 'secret.txt'), 'secret');
  const samples = Array.from({ length: 60 }, (_, i) => `runs_total{wf="a"} ${i} ${START_SEC + 60 * i}`);
  const file = join(folder, 'runs.om');
  await writeFile(file, `# TYPE runs counter\n${samples.join('\n')}\n# EOF\n`);
  const dataDir = join(folder, 'data');
  await fill({ files: [file], dataDir });
  // Blocks end years after the test was written, and may not be swept up before.
  prometheus = await startPrometheus({ dataDir, retention: '100y' });
  host = await startHost({ prometheus: prometheus.url, dist, view: { title: 'Test' }, csp: 'default' });
});

after(async () => {
  await host?.close();
  await prometheus?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** What the tests look at of an answer. */
interface Answer {
  frames?: Array<{ schema: { fields: Array<{ labels?: Record<string, string> }> }; data: { values: unknown[][] } }>;
  error?: string;
  status?: number;
}

async function ask(queries: object[], minutes = 30): Promise<{ status: number; results: Record<string, Answer> }> {
  const from = START_SEC * 1_000;
  const response = await fetch(`${host.url}api/ds/query`, {
    method: 'POST',
    body: JSON.stringify({ queries, from: String(from), to: String(from + minutes * 60_000) }),
  });
  const { results } = (await response.json()) as { results: Record<string, Answer> };
  return { status: response.status, results };
}

test('a range query of a real Prometheus lies on the grid', async () => {
  const { status, results } = await ask([{ refId: 'A', expr: 'runs_total', interval: '10m', maxDataPoints: 100 }]);
  assert.equal(status, 200);
  const frame = results['A']?.frames?.[0];
  assert.deepEqual(frame?.data.values[1], [0, 10, 20, 30]);
  assert.equal(frame?.schema.fields[1]?.labels?.['wf'], 'a');
});

test('an instant query answers for the end of the range', async () => {
  const { results } = await ask([{ refId: 'A-Instant', expr: 'runs_total', instant: true, range: false }], 31);
  assert.deepEqual(results['A-Instant']?.frames?.[0]?.data.values, [[(START_SEC + 31 * 60) * 1_000], [31]]);
});

test('a query that fails leaves the others alone', async () => {
  const { status, results } = await ask([
    { refId: 'A', expr: 'sum(' },
    { refId: 'B', expr: 'runs_total' },
  ]);
  assert.equal(status, 207);
  assert.deepEqual([results['A']?.status, results['B']?.status], [400, 200]);
  assert.match(results['A']?.error ?? '', /parse error/);
});

test('a request whose only query fails has its status', async () => {
  const { status } = await ask([{ refId: 'A', expr: 'sum(' }]);
  assert.equal(status, 400);
});

test('a Prometheus that is not there is named', async () => {
  const lonely = await startHost({ prometheus: 'http://127.0.0.1:9', dist: folder, view: {} });
  const body = JSON.stringify({ queries: [{ refId: 'A', expr: 'up' }], from: '0', to: '1000' });
  const response = await fetch(`${lonely.url}api/ds/query`, { method: 'POST', body });
  const { results } = (await response.json()) as { results: Record<string, { error: string }> };
  assert.equal(response.status, 502);
  assert.match(results['A']?.error ?? '', /Prometheus at http:\/\/127\.0\.0\.1:9 does not answer/);
  await lonely.close();
});

test('the plugin lies under its own id, wasm with its type', async () => {
  const response = await fetch(`${host.url}public/plugins/some-timeline-panel/core.wasm`);
  assert.deepEqual([response.status, response.headers.get('content-type')], [200, 'application/wasm']);
});

test('nothing above the plugin is served', async () => {
  const path = '/public/plugins/some-timeline-panel/..%2f..%2fsecret.txt';
  // fetch() would tidy the path up before sending it.
  const status = await new Promise((resolve) => {
    get(host.url.replace(/\/$/, '') + path, (response) => resolve(response.resume().statusCode));
  });
  assert.equal(status, 404);
});

test("the page carries Grafana's policy, and its scripts the policy's nonce", async () => {
  const response = await fetch(host.url);
  const nonce = /'nonce-([^']+)'/.exec(response.headers.get('content-security-policy') ?? '')?.[1];
  assert.ok(nonce && (await response.text()).includes(`<script defer src="/build/main.js" nonce="${nonce}">`));
  assert.match(response.headers.get('content-security-policy') ?? '', /script-src 'self' 'unsafe-eval'/);
});

test('without permission for wasm the policy names no kind of eval', async () => {
  const strict = await startHost({ prometheus: prometheus.url, dist: folder, view: {}, csp: 'no-wasm' });
  const policy = (await fetch(strict.url)).headers.get('content-security-policy');
  assert.ok(policy && !policy.includes('eval'));
  await strict.close();
});

test('a fault that the page asks for holds for what it loads', async () => {
  const page = await fetch(`${host.url}?fault=wasm-404`);
  const cookie = page.headers.get('set-cookie') ?? '';
  assert.match(cookie, /^fault=wasm-404;/);
  const wasm = `${host.url}public/plugins/some-timeline-panel/core.wasm`;
  const statuses = [
    (await fetch(wasm, { headers: { cookie: 'fault=wasm-404' } })).status,
    (await fetch(wasm, { headers: { cookie: 'fault=unheard-of' } })).status,
  ];
  assert.deepEqual(statuses, [404, 200]);
  const corrupt = await fetch(wasm, { headers: { 'x-host-fault': 'wasm-corrupt' } });
  assert.notEqual(await corrupt.text(), 'wasm');
});

test('an icon that the package lacks is blank, and a mirrored one is drawn', async () => {
  const icons = `${host.url}public/build/img/icons/unicons/`;
  const [missing, left] = await Promise.all(
    ['no-such-icon.svg', 'angle-double-left.svg'].map((name) => fetch(icons + name))
  );
  assert.deepEqual([missing?.status, left?.status], [200, 200]);
  assert.match((await left?.text()) ?? '', /matrix\(-1/);
});
