import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mergeView, readHash, writeHash, type View } from './view.ts';

const base = mergeView({} as View, { title: 'Base', options: { a: 1, b: 2 }, width: 500 });

test('objects are merged one level deep and lists are replaced', () => {
  const view = mergeView(base, { options: { b: 3 }, queries: [{ refId: 'A', expr: 'up' }] });
  assert.deepEqual(view.options, { a: 1, b: 3 });
  assert.equal(view.queries.length, 1);
});

test('null takes a value away, and what a view must have comes back as its default', () => {
  const view = mergeView(base, { width: null, options: { a: null }, title: null });
  assert.deepEqual([view.width, view.options, view.title], [undefined, { b: 2 }, 'Panel']);
});

test('a view survives the address, whatever characters it holds', () => {
  const view = mergeView(base, { queries: [{ refId: 'A', expr: '{a=~"100%|#"}' }] });
  assert.deepEqual(mergeView({} as View, readHash(writeHash(view))), view);
});

test('a hash typed by hand needs no escapes', () => {
  assert.deepEqual(readHash('#{"title":"50% more"}'), { title: '50% more' });
  assert.deepEqual(readHash(''), {});
});

test('a hash that is not JSON is named', () => {
  assert.throws(() => readHash('#nonsense'), /not a JSON object: nonsense/);
  assert.throws(() => readHash('#[1]'), /not a JSON object/);
});
