/** Nothing in the README is left of the template. @module */
import { error, textOf } from '../plugin.mjs';

const LEFT = [
  'Grafana panel plugin template',
  'This template is a starting point',
  'What are Grafana panel plugins',
  '# Getting started\n\n### Frontend',
];

/** @type {import('../plugin.mjs').Rule} */
export default {
  name: 'templatereadme',
  check(plugin) {
    const text = textOf(plugin, 'README.md') ?? '';
    return LEFT.filter((part) => text.includes(part)).map((part) =>
      error(`README.md still has the template's "${part.trim()}"`)
    );
  },
};
