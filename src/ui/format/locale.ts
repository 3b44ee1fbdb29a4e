import { type Accessor, createSignal } from 'solid-js';
import { readSetting, writeSetting } from '../shell/storage.ts';

/** Locales that the palette offers beside the browser's own. */
export const OFFERED_LOCALES = [
  'en-US',
  'en-GB',
  'de-DE',
  'de-CH',
  'fr-FR',
  'es-ES',
  'it-IT',
  'hi-IN',
  'ja-JP',
] as const;

/** The locale of numbers, and its setter; null goes back to the browser's. */
export function createLocale(): readonly [Accessor<string>, (locale: string | null) => void] {
  const [locale, setLocale] = createSignal(knownLocale(readSetting('locale')) ?? browserLocale());
  return [
    locale,
    (next) => {
      writeSetting('locale', next);
      setLocale(next ?? browserLocale());
    },
  ];
}

/** The stored locale where the browser knows it; a text that is no locale is none. */
function knownLocale(stored: string | null): string | null {
  if (stored === null) return null;
  try {
    return Intl.NumberFormat.supportedLocalesOf(stored)[0] ?? null;
  } catch {
    return null;
  }
}

function browserLocale(): string {
  return knownLocale(navigator.language) ?? 'en';
}
