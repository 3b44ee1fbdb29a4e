/** Whether keys are named as on a Mac. */
export function isMac(): boolean {
  return /mac|iphone|ipad/i.test(navigator.userAgent);
}

/** The key for commands, as the keyboard names it. */
export function commandKey(): string {
  return isMac() ? '⌘' : 'Ctrl';
}

/** A key with the command key: `⌘K`, `Ctrl K`. */
export function commandWith(key: string): string {
  return isMac() ? `⌘${key}` : `Ctrl ${key}`;
}
