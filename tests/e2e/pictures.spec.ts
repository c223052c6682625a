/** Pictures for people: nothing is compared, everything is to be looked at. They are in `.cache/e2e/screenshots`. */
import { join } from 'node:path';

import { CACHE } from '../../scripts/lib/paths.mjs';
import { EMPTY_CASES } from './page/emptyViews.ts';
import { expect, test } from './page/fixtures.ts';
import type { Panel } from './page/panel.ts';
import { viewOf, type ViewChange } from './page/views.ts';
import { PREFIX, type Deployment } from './world/histories.ts';

const LOOKS = (['dark', 'light'] as const).flatMap((theme) =>
  [
    { width: 1200, height: 700 },
    { width: 480, height: 320 },
  ].map((size) => ({ theme, size }))
);

// The data source's error is the console's too.
test.use({ allowed: { errors: [/status of 400/, /parse error/] } });

async function take(panel: Panel, name: string, view: ViewChange, drawn: () => Promise<void>): Promise<void> {
  await panel.open(view);
  for (const { theme, size } of LOOKS) {
    await panel.page.setViewportSize(size);
    await panel.change({ theme });
    await drawn();
    const file = `${name}-${theme}-${size.width}x${size.height}.png`;
    await panel.page.screenshot({ path: join(CACHE, 'e2e', 'screenshots', file) });
  }
}

for (const deployment of Object.keys(PREFIX) as Deployment[]) {
  test(`the rows of ${deployment}`, async ({ panel }) => {
    await take(panel, deployment, viewOf(deployment), async () => {
      await expect(panel.rows.first()).toBeAttached();
    });
  });
}

for (const { when, view, title } of EMPTY_CASES) {
  test(`the explanation of ${when}`, async ({ panel }) => {
    await take(panel, `empty-${when.replaceAll(' ', '-')}`, view, async () => {
      await expect(panel.empty).toContainText(title);
    });
  });
}
