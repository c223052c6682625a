/** Puts a text on the clipboard. Over plain HTTP browsers have no clipboard for pages; there the old way still works. */
export async function copyText(text: string): Promise<void> {
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
