/** What the page remembers between visits; everything else is in the URL. */
export type SettingKey =
  | 'theme'
  | 'visited'
  | 'browser'
  | 'provenance'
  | 'locale'
  | 'history'
  | 'letter-keys'
  | 'intro';

/** Reads a setting; null where it was never set, or where this frame gives no storage (then reading throws). */
export function readSetting(key: SettingKey): string | null {
  try {
    return localStorage.getItem(`coframe.${key}`);
  } catch {
    return null;
  }
}

/** Writes a setting, or removes it with null. Where there is no storage, or no room, it lasts until the page closes. */
export function writeSetting(key: SettingKey, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(`coframe.${key}`);
    else localStorage.setItem(`coframe.${key}`, value);
  } catch {
    // A sandboxed frame or a full store: the page works without.
  }
}
