/**
 * Runs in the browser: loads the built core as the panel does and draws a hundred executions, as early as can be.
 * `window.measured` is then the times, ms.
 */
const WIDTH = 1000;
const HEIGHT = 700;
const EXECUTIONS = 100;
const AT = 1_700_000_000_000;

const METRICS = {
  'workflow:acceptance_latency_ms': [''],
  'node:transition_latency_ms': ['n0', 'n1', 'end-node'],
  'node:queueing_latency_ms': ['n0', 'n1'],
  plugin_queue_latency_us: ['n0', 'n1'],
  plugin_initialize_latency_us: ['n0', 'n1'],
  'node:success_duration_ms': ['n0', 'n1'],
  'workflow:success_duration_ms': [''],
};

/** Frames of instant values, one a series, in the layout that crate/panel/src/surface.d.ts tells. */
function frames() {
  const strings = [];
  const known = new Map();
  const shape = [];
  const ones = [];
  const text = (value) => {
    if (!known.has(value)) {
      known.set(value, strings.push(value) - 1);
    }
    return known.get(value);
  };
  for (let execution = 0; execution < EXECUTIONS; execution++) {
    for (const [metric, nodes] of Object.entries(METRICS)) {
      for (const node of nodes) {
        for (const part of ['sum', 'count']) {
          const name = `flyte:propeller:all:${metric}_${part}`;
          const labels = { __name__: name, wf: 'p:d:w', exec_id: `f${execution}`, node };
          shape.push(text('A'), text(''), text(''), 2, 1, 2, text('Time'), text(''), 0, 0, 0);
          shape.push(text(name), text(''), 1, 0, Object.keys(labels).length);
          Object.entries(labels).forEach(([key, value]) => shape.push(text(key), text(value)));
          ones.push(AT, part === 'sum' ? 1_000 + 37 * execution : 1);
        }
      }
    }
  }
  return { strings, shape: Uint32Array.from(shape), columns: [], ones };
}

const view = {
  ...{ width: WIDTH, height: HEIGHT, scrollTop: 0, pixelRatio: 1, rowHeight: 22, theme: 'dark', active: -1 },
  ...{ text: '#ccccdc', textDim: '#9a9aa5', grid: '#333', background: '#181b1f', hover: '#222' },
  fontFamily: 'sans-serif',
  formatTime: (ms) => new Date(ms).toISOString().slice(11, 16),
};

async function measure() {
  const context = document.querySelector('canvas').getContext('2d');
  const data = frames();
  // A dashboard has shown text before any panel draws: the browser's own start is not the panel's.
  context.font = `12px ${view.fontFamily}`;
  context.fillText('0', 0, 0);
  const glue = await import('/core/timeline_panel.js');
  const times = [performance.now()];
  const bytes = await (await fetch('/core/timeline_panel_bg.wasm')).arrayBuffer();
  times.push(performance.now());
  await glue.default({ module_or_path: bytes });
  times.push(performance.now());
  const timeline = new glue.Timeline();
  const { rows } = timeline.load(data, { from: AT - 3_600_000, to: AT, metrics: {}, rows: 'best' });
  times.push(performance.now());
  timeline.paint(context, view);
  times.push(performance.now());
  if (rows !== EXECUTIONS) {
    throw new Error(`${rows} rows instead of ${EXECUTIONS}`);
  }
  const [start, fetched, compiled, loaded, drawn] = times;
  return {
    fetch: fetched - start,
    compile: compiled - fetched,
    load: loaded - compiled,
    draw: drawn - loaded,
    all: drawn - start,
  };
}

window.measured = measure();
