/** A real Prometheus for tests and demonstrations: find it, fill it, start it, stop it. See README.md. */
export { findPrometheus } from './find.mjs';
export { fill } from './fill.mjs';
export { startPrometheus } from './start.mjs';
