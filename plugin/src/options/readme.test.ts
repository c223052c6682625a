import { type PanelOptionsEditorBuilder } from '@grafana/data';
import { readFileSync } from 'fs';
import path from 'path';

import { type Options } from '../types';
import { addOptions } from './options';

interface Item {
  name: string;
  category?: string[];
}

/** Every option that the panel adds, whatever its editor. */
function itemsOf(): Item[] {
  const items: Item[] = [];
  const builder: unknown = new Proxy(
    {},
    {
      get: () => (item: Item) => {
        items.push(item);
        return builder;
      },
    }
  );
  addOptions(builder as PanelOptionsEditorBuilder<Options>);
  return items;
}

test('the plugin’s page explains every option, by its own name or that of its category', () => {
  const page = readFileSync(path.join(__dirname, '..', 'README.md'), 'utf8');
  const section = /^## Options$[^]*?^## /m.exec(page)?.[0] ?? '';
  const items = itemsOf();
  expect(items.length).toBeGreaterThan(10);
  // A unit in brackets and the article of a second option in the same line are left out there.
  const told = (name = '') => section.includes(name.replace(/ \(.*\)$/, '').replace(/^Address of a /, 'of a '));
  expect(
    items.filter(({ name, category = [] }) => !told(name) && !category.some((word) => section.includes(`| ${word} `)))
  ).toEqual([]);
});
