import { AppEvents } from '@grafana/data';
import { t } from '@grafana/i18n';
import { getAppEvents } from '@grafana/runtime';

/** Puts a text on the clipboard. Over plain HTTP browsers have no clipboard for pages; there the old way still works. */
export function copyText(text: string): Promise<void> {
  return announce(async () => {
    if (window.isSecureContext && navigator.clipboard) {
      await navigator.clipboard.writeText(text);
      return;
    }
    const area = document.createElement('textarea');
    area.value = text;
    area.style.position = 'fixed';
    area.style.opacity = '0';
    document.body.append(area);
    area.select();
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- there is nothing else without a secure context
    document.execCommand('copy');
    area.remove();
  });
}

/** Puts a picture on the clipboard. The promise itself is handed over: Safari allows it only within the click. */
export function copyPicture(picture: Promise<Blob>): Promise<void> {
  return announce(async () => {
    if (!window.isSecureContext || !navigator.clipboard || typeof ClipboardItem === 'undefined') {
      throw new Error(
        t('copy.insecure', 'over plain HTTP a browser takes no picture to the clipboard; save it instead')
      );
    }
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': picture })]);
  });
}

/** Offers a file to be saved. */
export function download(content: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  // Not at once: some browsers begin to read it after the click has returned.
  window.setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** A copy shows nowhere, so Grafana says that it was made, or why not. */
async function announce(copy: () => Promise<void>): Promise<void> {
  const say = (event: { name: string }, ...payload: string[]) => getAppEvents().publish({ type: event.name, payload });
  try {
    await copy();
    say(AppEvents.alertSuccess, t('copy.done', 'Copied'));
  } catch (error) {
    say(AppEvents.alertError, t('copy.failed', 'Not copied'), error instanceof Error ? error.message : String(error));
  }
}
