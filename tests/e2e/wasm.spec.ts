/** The core is a WebAssembly module that may not arrive, or may not be allowed. */
import { expect, test } from './page/fixtures.ts';
import { viewOf } from './page/views.ts';

const view = viewOf('core');

for (const { fault, what, fix, detail } of [
  {
    fault: 'wasm-404',
    what: 'the server answered with an error',
    fix: 'install the plugin again',
    detail: /404.*\.wasm/,
  },
  {
    fault: 'wasm-corrupt',
    what: 'is not the WebAssembly module of this version',
    fix: 'Reload the page without its cache',
    detail: /WebAssembly/,
  },
]) {
  test.describe(() => {
    test.use({ allowed: { errors: [/Failed to load resource.*404/] } });

    test(`${fault}: the panel says so and how to fix it, and Retry works once it is fixed`, async ({ panel, page }) => {
      await panel.open(view, { fault });
      await expect(panel.failure).toContainText(what);
      await expect(panel.failure).toContainText(fix);
      await expect(panel.failure.locator('code')).toContainText(detail);

      await panel.failure.getByRole('button', { name: 'Retry' }).click();
      await expect(panel.failure).toContainText(what);

      await page.evaluate(() => window.host.setFault());
      await panel.failure.getByRole('button', { name: 'Retry' }).click();
      await expect(panel.rows).not.toHaveCount(0);
      await expect(panel.failure).toHaveCount(0);
    });
  });
}

test.describe(() => {
  test.use({ allowed: { errors: [/Failed to load resource.*404/] } });

  test('the explanation fits a narrow panel', async ({ panel }) => {
    await panel.open({ ...view, width: 400, height: 260 }, { fault: 'wasm-404' });
    await expect(panel.failure).toBeVisible();
    const overflow = await panel.failure.evaluate((alert) => {
      const right = alert.getBoundingClientRect().right;
      return [...alert.querySelectorAll('p, code')].filter((part) => part.getBoundingClientRect().right > right).length;
    });
    expect(overflow).toBe(0);
  });
});

test.describe(() => {
  test.use({ allowed: { errors: [/Content Security Policy/] } });

  test('a policy without WebAssembly: the panel names the words that allow it', async ({ panel }) => {
    await panel.open(view, { site: 'forbidding' });
    await expect(panel.failure).toContainText('forbids WebAssembly');
    await expect(panel.failure).toContainText("'wasm-unsafe-eval'");
    await expect(panel.failure).toContainText('content_security_policy_template');
  });
});

test('the policy that Grafana ships lets the panel draw', async ({ panel }) => {
  await panel.open(view, { site: 'guarded' });
  await expect(panel.rows).not.toHaveCount(0);
});
