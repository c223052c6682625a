import { EMPTY_CASES } from './page/emptyViews.ts';
import { expect, test } from './page/fixtures.ts';
import { viewOf } from './page/views.ts';

for (const { when, view, title, names, complaint } of EMPTY_CASES) {
  test.describe(() => {
    test.use({ allowed: { errors: complaint ?? [] } });

    test(`${when}: the panel says what is missing and what to do`, async ({ panel }) => {
      await (view ? panel.open(view) : panel.openState(when));
      await expect(panel.empty).toContainText(title);
      for (const name of names) {
        await expect(panel.empty).toContainText(name);
      }
      await expect(panel.rows).toHaveCount(0);
    });
  });
}

test('an empty panel shows rows as soon as there are any', async ({ panel }) => {
  await panel.openState('no-series');
  await expect(panel.empty).toBeVisible();
  await panel.change(viewOf('core'));
  await expect(panel.rows).not.toHaveCount(0);
  await expect(panel.empty).toHaveCount(0);
});
