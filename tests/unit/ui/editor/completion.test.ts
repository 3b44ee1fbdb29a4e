import { describe, expect, it } from 'vitest';
import { KEYWORDS } from '../../../../src/frameql/tokens.ts';
import { OPERATORS } from '../../../../src/operators/catalog.ts';
import { suggestionsAt } from '../../../../src/ui/editor/completion.ts';
import { CLAUSE_WORDS, INNER_WORDS, OPERATOR_WORDS } from '../../../../src/ui/editor/vocabulary.ts';
import { shopSummary } from '../summary.ts';

const at = (text: string) => {
  const suggestions = suggestionsAt(text.replace('|', ''), text.indexOf('|'), shopSummary);
  return suggestions === null ? null : suggestions.options.map((option) => option.label);
};

describe('completion', () => {
  it('offers clauses in an empty question', () => {
    expect(at('|')).toEqual([...CLAUSE_WORDS]);
  });

  it.each([
    ['SELECT r|', ['revenue', 'region', 'store name', 'SUM']],
    ['SELECT revenue AT r|', ['region', 'month']],
    ['SELECT revenue FROM s|', ['sales', 'inventory']],
    ['SELECT revenue AT region WHERE s|', ['store', 'store name']],
  ])('in %s offers at least %j', (text, wanted) => {
    expect(at(text)).toEqual(expect.arrayContaining(wanted));
  });

  it.each([
    ['SELECT revenue AT r|', 'revenue'],
    ['SELECT revenue FROM s|', 'region'],
    ['SELECT revenue AT region WHERE r|', 'revenue'],
  ])('in %s does not offer %s', (text, unwanted) => {
    expect(at(text)).not.toContain(unwanted);
  });

  it.each(["SELECT a AT b WHERE c = 'r|'", 'SELECT 1|', 'SELECT a -- r|'])('stays away in %s', (text) => {
    expect(at(text)).toBeNull();
  });

  it('begins where the word begins, and spells names as a question must', () => {
    const suggestions = suggestionsAt('SELECT st', 9, shopSummary);
    expect(suggestions?.from).toBe(7);
    expect(suggestions?.options.find((option) => option.label === 'store name')?.insert).toBe('"store name"');
    expect(suggestions?.options.find((option) => option.label === 'Order')?.insert).toBe('"Order"');
    expect(suggestions?.options.find((option) => option.label === 'SUM')).toMatchObject({ insert: 'SUM()', back: 1 });
  });
});

describe('the vocabulary', () => {
  it('has the operators of the catalog, and no others', () => {
    const catalog = Object.keys(OPERATORS).filter((name) => name !== 'COUNT(*)');
    expect(OPERATOR_WORDS.map(({ name }) => name).sort()).toEqual(catalog.sort());
  });

  it('has keywords of the language only', () => {
    const words = [...CLAUSE_WORDS, ...INNER_WORDS]
      .flatMap((each) => each.split(' '))
      .filter((each) => each !== 'DATE');
    expect(words.filter((word) => !KEYWORDS.includes(word))).toEqual([]);
  });
});
