/** The plugin from its archive, where a Grafana lies below a path or has plugins on another server. */
import type { Page } from '@playwright/test';

import { expect, test } from './page/fixtures.ts';
import { viewOf } from './page/views.ts';

const view = viewOf('core');

/** What the page has asked for of the plugin's files: how each address ends → how it begins. */
function filesAskedFor(page: Page): Map<string, string> {
  const asked = new Map<string, string>();
  page.on('request', (request) => {
    const [, base, file] = /^(.*\/public\/plugins\/[^/]+)\/([^?]*)/.exec(request.url()) ?? [];
    if (base && file) {
      asked.set(file, base);
    }
  });
  return asked;
}

test("below a path, under Grafana's policy: everything is asked for below that path", async ({ panel, page }) => {
  const asked = filesAskedFor(page);
  await panel.open(view, { site: 'below' });
  await expect(panel.rows).not.toHaveCount(0);
  expect([...asked.keys()]).toContainEqual(expect.stringMatching(/\.wasm$/));
  const { origin } = new URL(page.url());
  expect(new Set(asked.values())).toEqual(
    new Set([`${origin}/grafana/public/plugins/flyteorg-workflowtimeline-panel`])
  );
});

test('from another server: scripts, wasm and phrases come from there', async ({ panel, page }) => {
  const asked = filesAskedFor(page);
  await panel.open({ ...view, language: 'de-DE' }, { site: 'elsewhere' });
  await expect(panel.rows).not.toHaveCount(0);
  // Grafana itself says what a plugin is.
  asked.delete('plugin.json');
  const kinds = [...asked.keys()].map((file) => file.replace(/^.*\./, ''));
  expect(new Set(kinds)).toEqual(new Set(['js', 'json', 'wasm']));
  const [base, ...others] = new Set(asked.values());
  expect(others).toEqual([]);
  expect(new URL(base ?? '').origin).not.toBe(new URL(page.url()).origin);
});

test.describe(() => {
  test.use({ allowed: { errors: [/Content Security Policy/] } });

  test('from another server that the policy does not know: the panel names what has to allow it', async ({ panel }) => {
    await panel.open(view, { site: 'unknown' });
    await expect(panel.failure).toContainText('could not be fetched');
    await expect(panel.failure).toContainText('connect-src');
    await expect(panel.failure.locator('code')).toContainText('/public/plugins/');
  });
});
