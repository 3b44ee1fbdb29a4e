/** Puts text on the clipboard. Without the asynchronous clipboard (insecure addresses) a text box is copied from. */
export async function writeClipboard(text: string): Promise<void> {
  if (navigator.clipboard !== undefined) {
    try {
      await navigator.clipboard.writeText(text);
      return;
    } catch {
      // Refused, for example in a frame without the permission: the older way may still be open.
    }
  }
  const box = document.createElement('textarea');
  box.value = text;
  box.className = 'visually-hidden';
  document.body.append(box);
  const focused = document.activeElement;
  box.select();
  const copied = document.execCommand('copy');
  box.remove();
  if (focused instanceof HTMLElement) focused.focus();
  if (!copied) throw new Error('The browser does not allow this page to copy. Select the text and copy it yourself.');
}
