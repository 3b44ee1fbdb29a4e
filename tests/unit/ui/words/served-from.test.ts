import { describe, expect, it } from 'vitest';
import type { ServedFrom } from '../../../../src/runtime/api.ts';
import { badgeWords } from '../../../../src/ui/words/served-from.ts';

const cases: readonly [ServedFrom, glyph: string, role: string, text: string, tip: RegExp][] = [
  ['engine_cache', 'disc', 'hit', 'Engine cache', /No database ran\.$/],
  ['engine_mixed', 'half', 'work', 'Engine + backend', /some from DuckDB/],
  ['engine_backend', 'ring', 'work', 'Engine → backend', /^DuckDB computed it .* kept it for next time\.$/],
  ['backend', 'square', 'raw', 'Backend', /the engine is off \(this session was opened without it\)/],
];

describe('served_from', () => {
  it.each(cases)('%s has its own glyph, colour and words', (servedFrom, glyph, role, text, tip) => {
    const words = badgeWords(servedFrom, { backend: 'duckdb', engineOff: servedFrom === 'backend' ? 'session' : null });
    expect(words).toMatchObject({ glyph, role, text });
    expect(words.sentence).toMatch(tip);
  });

  it('never shares a glyph', () => {
    expect(new Set(cases.map(([, glyph]) => glyph)).size).toBe(cases.length);
  });
});
