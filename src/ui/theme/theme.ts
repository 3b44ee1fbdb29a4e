import { type Accessor, createSignal } from 'solid-js';
import { readSetting, writeSetting } from '../shell/storage.ts';

/** `system` follows the browser. */
export type Theme = 'system' | 'light' | 'dark';

export const THEMES: readonly Theme[] = ['system', 'light', 'dark'];

/** The theme and its setter; index.html sets the stored one before first paint. */
export function createTheme(): readonly [Accessor<Theme>, (theme: Theme) => void] {
  const stored = readSetting('theme');
  const [theme, setTheme] = createSignal<Theme>(THEMES.find((each) => each === stored) ?? 'system');
  return [
    theme,
    (next) => {
      if (next === 'system') {
        delete document.documentElement.dataset.theme;
        writeSetting('theme', null);
      } else {
        document.documentElement.dataset.theme = next;
        writeSetting('theme', next);
      }
      setTheme(next);
    },
  ];
}
