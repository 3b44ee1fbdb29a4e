import { describe, expect, it } from 'vitest';
import { tokenize } from '../../../../src/frameql/tokens.ts';
import { clauseText, quoteText, textComparisons } from '../../../../src/ui/query/filter-clause.ts';
import { zeroRowsPhrase } from '../../../../src/ui/query/zero-rows-phrase.ts';
import { plainPhrase } from '../../../../src/ui/words/phrase.ts';

describe('the filter of a question', () => {
  it.each([
    ["SELECT a AT b WHERE region = 'Nord'", "region = 'Nord'"],
    ['SELECT a WHERE x = 1 AT b', 'x = 1'],
    ["SELECT a AT b\nwhere x = 1\n  AND y = 'WHERE'\nORDER BY a", "x = 1 AND y = 'WHERE'"],
    ['SELECT a AT b WHERE x = 1 -- why\n;', 'x = 1'],
    ['SELECT a AT b', null],
    ['SELECT a AT b WHERE', null],
  ])('%s', (text, clause) => {
    expect(clauseText(text, tokenize(text), 'WHERE')).toBe(clause);
  });

  it('finds what a text is compared with, and where', () => {
    const text = "SELECT a AT b WHERE region = 'O''Neil' AND x = 1 AND 'y' = z";
    const [comparison, ...rest] = textComparisons(tokenize(text));
    expect(rest).toEqual([]);
    expect(comparison).toMatchObject({ name: 'region', value: "O'Neil" });
    expect(text.slice(comparison?.valueSpan.from, comparison?.valueSpan.to)).toBe("'O''Neil'");
    expect(quoteText("O'Neil")).toBe("'O''Neil'");
  });
});

describe('an answer without rows', () => {
  const schema = { schema: 'transactions', rows: 523_023 };
  it.each([
    ["SELECT a AT b WHERE region = 'Nord'", "No rows: the filter region = 'Nord' keeps 0 of 523,023 transactions."],
    ['SELECT a AT b HAVING a > 1', 'No rows: no finished row passes HAVING a > 1.'],
    ['SELECT a AT b WHERE x = 1 HAVING a > 1', 'No rows: nothing passes both WHERE x = 1 and HAVING a > 1.'],
    ['SELECT a AT b', 'No rows: the table that was read has none.'],
  ])('%s', (question, sentence) => {
    expect(plainPhrase(zeroRowsPhrase(question, schema, 'en-US'))).toBe(sentence);
  });
});
