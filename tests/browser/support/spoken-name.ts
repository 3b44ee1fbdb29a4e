import type { Locator, Page } from 'playwright-core';

/** What a screen reader says of an element: its label, or the text in it that is not hidden from ears. */
export function spokenName(element: Locator): Promise<string> {
  return element.evaluate((node) => {
    const copy = node.cloneNode(true) as Element;
    for (const hidden of copy.querySelectorAll('[aria-hidden="true"]')) hidden.remove();
    return node.getAttribute('aria-label') ?? copy.textContent?.trim() ?? '';
  });
}

/** The same of what has the focus; empty where nothing has. */
export async function focusedName(page: Page): Promise<string> {
  const focused = page.locator(':focus');
  return (await focused.count()) === 0 ? '' : spokenName(focused);
}
