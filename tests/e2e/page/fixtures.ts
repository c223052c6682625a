/** `test` with the panel, and with a page that must stay quiet. */
import { expect, test as base } from '@playwright/test';

import { Panel } from './panel.ts';

interface Fixtures {
  /** What the console may say in this test; a fault that is asked for shows up there. */
  allowed: { errors: RegExp[] };
  panel: Panel;
}

export const test = base.extend<Fixtures>({
  allowed: [{ errors: [] }, { option: true }],
  panel: async ({ page, allowed }, use) => {
    const complaints: string[] = [];
    const note = (text: string) => allowed.errors.some((pattern) => pattern.test(text)) || complaints.push(text);
    page.on('pageerror', (error) => note(`page error: ${error.message}`));
    page.on('console', (message) => message.type() === 'error' && note(`console error: ${message.text()}`));
    await use(new Panel(page));
    expect(complaints, 'errors on the page').toEqual([]);
  },
});

export { expect };
