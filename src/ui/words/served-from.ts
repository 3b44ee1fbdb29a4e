import type { Provenance, ServedFrom } from '../../runtime/api.ts';
import { backendTitle } from './backend.ts';

/** The glyph of a badge and the colour role it wears. */
export interface BadgeWords {
  readonly glyph: 'disc' | 'half' | 'ring' | 'square';
  readonly role: 'hit' | 'work' | 'raw';
  readonly text: string;
  readonly sentence: string;
}

/** How each `served_from` is shown: glyph, words and colour say the same thing three times. */
export function badgeWords(servedFrom: ServedFrom, provenance: Pick<Provenance, 'backend' | 'engineOff'>): BadgeWords {
  const backend = backendTitle(provenance.backend);
  switch (servedFrom) {
    case 'engine_cache':
      return {
        glyph: 'disc',
        role: 'hit',
        text: 'Engine cache',
        sentence: 'Read from stored entries built from these exact source bytes. No database ran.',
      };
    case 'engine_mixed':
      return {
        glyph: 'half',
        role: 'work',
        text: 'Engine + backend',
        sentence: `Some series came from entries, some from ${backend}. Each is named in “Where this came from”.`,
      };
    case 'engine_backend':
      return {
        glyph: 'ring',
        role: 'work',
        text: 'Engine → backend',
        sentence: `${backend} computed it from the sources; the engine kept it for next time.`,
      };
    case 'backend':
      return {
        glyph: 'square',
        role: 'raw',
        text: 'Backend',
        sentence: `${backend} computed it; the engine is off (${engineOffWords(provenance.engineOff)}).`,
      };
  }
}

/** Which axis of the opt-in is off, in words. */
export function engineOffWords(axis: Provenance['engineOff']): string {
  switch (axis) {
    case 'installation':
      return 'the installation does not enable it';
    case 'session':
      return 'this session was opened without it';
    case 'query':
      return 'this question asked to go without it';
    case null:
      return 'no axis is named';
  }
}
