import { describe, expect, it } from 'vitest';
import { GLOSSARY } from '../../../../src/ui/words/glossary.ts';

describe('the glossary', () => {
  it.each(Object.entries(GLOSSARY))('says %s in at most twelve words', (_word, meaning) => {
    expect(meaning.split(/\s+/).length).toBeLessThanOrEqual(12);
    expect(meaning).toMatch(/^[A-Z].*\.$/);
  });
});
