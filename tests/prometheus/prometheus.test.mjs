import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { configText } from './config.mjs';
import { fill, findPrometheus, startPrometheus } from './index.mjs';

/** @type {string} */
let folder;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'prometheus-test-'));
});
after(() => rm(folder, { recursive: true, force: true }));

/**
 * @param {string} url
 * @param {string} expr
 * @param {number} [atSec]
 */
async function query(url, expr, atSec) {
  const time = atSec === undefined ? '' : `&time=${atSec}`;
  const response = await fetch(`${url}/api/v1/query?query=${encodeURIComponent(expr)}${time}`);
  const { data } = /** @type {{ data: { result: Array<{ metric: object, value: [number, string] }> } }} */ (
    await response.json()
  );
  return data.result;
}

/**
 * A counter that rises by one a minute.
 *
 * @param {string} name
 * @param {number} startSec
 * @param {number} minutes
 */
async function openMetrics(name, startSec, minutes) {
  const samples = Array.from({ length: minutes }, (_, i) => `runs_total{domain="test"} ${i + 1} ${startSec + 60 * i}`);
  const file = join(folder, name);
  await writeFile(file, `# TYPE runs counter\n${samples.join('\n')}\n# EOF\n`);
  return file;
}

test('a filled history is answered by a server that is stopped afterwards', async () => {
  const now = Math.floor(Date.now() / 1_000);
  const old = now - 300 * 86_400;
  // The second file is older than the first, and the third repeats part of it.
  const files = [
    await openMetrics('recent.om', now - 7_200, 60),
    await openMetrics('old.om', old, 60),
    await openMetrics('overlap.om', now - 7_200, 30),
  ];
  /** @type {number[]} */
  const progress = [];
  const dataDir = join(folder, 'filled');
  await fill({ files, dataDir, onProgress: (done) => progress.push(done) });
  assert.deepEqual(progress, [1, 2, 3]);

  const server = await startPrometheus({ dataDir });
  try {
    const recent = await query(server.url, 'count_over_time(runs_total[1h])', now - 3_601);
    const past = await query(server.url, 'runs_total', old + 600);
    assert.deepEqual([recent[0]?.value[1], past[0]?.value[1]], ['60', '11']);
  } finally {
    await server.stop();
  }
  await assert.rejects(fetch(`${server.url}/-/ready`));
});

test('a live target is scraped with its path and parameters', async () => {
  const target = createServer((request, response) => {
    response.setHeader('content-type', 'text/plain; version=0.0.4');
    response.end(request.url === '/metrics/cluster?deployment=core' ? 'alive 1\n' : '');
  });
  await new Promise((resolve) => target.listen(0, '127.0.0.1', () => resolve(undefined)));
  const address = /** @type {import('node:net').AddressInfo} */ (target.address());
  const server = await startPrometheus({
    dataDir: join(folder, 'live'),
    scrape: [
      {
        job: 'flyte',
        targets: [`127.0.0.1:${address.port}`],
        path: '/metrics/cluster',
        interval: '1s',
        params: { deployment: ['core'] },
      },
    ],
  });
  try {
    let found = await query(server.url, 'alive{job="flyte"}');
    const deadline = Date.now() + 30_000;
    while (found.length === 0 && Date.now() < deadline) {
      await pause(100);
      found = await query(server.url, 'alive{job="flyte"}');
    }
    assert.equal(found[0]?.value[1], '1');
  } finally {
    await server.stop();
    target.close();
  }
});

test("somebody else's server is used and left running", async () => {
  const own = await startPrometheus({ dataDir: join(folder, 'own') });
  process.env['PROMETHEUS_URL'] = `${own.url}/`;
  try {
    const borrowed = await startPrometheus({ dataDir: join(folder, 'never-made') });
    assert.deepEqual([borrowed.url, borrowed.pid], [own.url, undefined]);
    await borrowed.stop();
    assert.ok((await fetch(`${own.url}/-/ready`)).ok);
  } finally {
    delete process.env['PROMETHEUS_URL'];
    await own.stop();
  }
});

test('a file that is no OpenMetrics text is named', async () => {
  const file = join(folder, 'broken.om');
  await writeFile(file, 'runs_total{ 1\n');
  await assert.rejects(fill({ files: [file], dataDir: join(folder, 'broken') }), /broken\.om was not written/);
  await assert.rejects(fill({ files: ['/nowhere.om'], dataDir: folder }), /\/nowhere\.om is not a file/);
});

test('a server that cannot start says why', async () => {
  const busy = createServer();
  await new Promise((resolve) => busy.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (busy.address());
  await assert.rejects(startPrometheus({ dataDir: join(folder, 'busy'), port }), /address already in use/);
  busy.close();
});

test('programs that are nowhere are told apart from a wrong PROMETHEUS_BIN', () => {
  assert.throws(() => findPrometheus({ PROMETHEUS_BIN: folder }), /PROMETHEUS_BIN=.* does not hold/);
});

test('a job without targets or with another job name is refused before the server sees it', () => {
  assert.throws(() => configText([{ job: 'a', targets: [] }]), /scrape job a has no targets/);
  const one = { job: 'a', targets: ['127.0.0.1:1'] };
  assert.throws(() => configText([one, one]), /two scrape jobs are called a/);
});
