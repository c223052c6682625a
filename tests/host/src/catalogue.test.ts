import assert from 'node:assert/strict';
import { test } from 'node:test';
import { statesOver } from '../states.ts';
import { faultAt, switchTo, viewAt, type Catalogue } from './catalogue.ts';

const catalogue: Catalogue = {
  view: { title: 'Common', timeZone: 'utc' },
  deployments: ['core', 'binary'].map((id) => ({
    ...{ id, label: id, about: '' },
    view: { title: id, queries: [{ refId: 'A', expr: id }] },
  })),
  states: [
    { name: 'tight', group: '', when: '', view: { width: 400, theme: 'light' } },
    { name: 'broken', group: '', when: '', deployment: 'binary', fault: 'wasm-404' },
  ],
};
const at = (search: string, hash = '') => viewAt(catalogue, { search, hash });

test('the first deployment is shown unless the address or the view asks for another', () => {
  assert.deepEqual([at('').title, at('').timeZone, at('').deployment], ['core', 'utc', 'core']);
  assert.equal(at('?deployment=binary').title, 'binary');
  assert.equal(at('?deployment=core', '#{"deployment":"binary"}').title, 'binary');
  assert.equal(viewAt({ ...catalogue, view: { deployment: 'binary' } }, { search: '', hash: '' }).title, 'binary');
});

test('a state lies over its deployment, and the hash over both', () => {
  const view = at('?state=tight&deployment=binary', '#{"theme":"dark"}');
  assert.deepEqual([view.title, view.width, view.theme], ['binary', 400, 'dark']);
  assert.deepEqual([at('?state=broken').title, faultAt(catalogue, '?state=broken')], ['binary', 'wasm-404']);
  assert.equal(faultAt(catalogue, '?state=tight&fault=query-500'), 'query-500');
});

test('an address that asks for what there is not is told what there is', () => {
  assert.throws(() => at('?state=loose'), /no state is called “loose”: there is tight, broken/);
  assert.throws(() => at('', '#{"deployment":"x"}'), /no deployment is called “x”: there is core, binary/);
});

test('a server without deployments shows its view, and its states', () => {
  const alone = { ...catalogue, deployments: [] };
  assert.equal(viewAt(alone, { search: '?state=broken', hash: '' }).title, 'Common');
});

test('another deployment leaves theme, time and size as they are', () => {
  const [, binary] = catalogue.deployments;
  assert.deepEqual(Object.keys(switchTo(binary as never)), ['deployment', 'title', 'queries', 'transformations']);
});

test('every state has a name of its own, and says when it comes about', () => {
  const states = statesOver();
  assert.equal(new Set(states.map(({ name }) => name)).size, states.length);
  assert.ok(states.every(({ name, when }) => /^[a-z0-9-]+$/.test(name) && when.endsWith('.')));
});
