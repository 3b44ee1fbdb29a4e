import { describe, expect, it } from 'vitest';
import { parseHistory, withQuestion } from '../../../../src/ui/query/history.ts';

describe('history', () => {
  it('puts a question in front, once', () => {
    expect(withQuestion(['a', 'b'], ' b \n')).toEqual(['b', 'a']);
    expect(withQuestion(['a'], '  ')).toEqual(['a']);
  });

  it.each([
    { before: 'SELECT revenue AT day', now: 'SELECT revenue\n  AT day' },
    { before: 'SELECT revenue / cost AS x AT (day, region)', now: 'SELECT revenue/cost AS x\tAT ( day,region )' },
    { before: 'SELECT revenue AT day -- a note', now: 'SELECT revenue AT day   -- a note  \n' },
    {
      before: "SELECT revenue AT day WHERE region = 'North East'",
      now: "SELECT revenue AT day WHERE region='North East'",
    },
    { before: "SELECT revenue AT day WHERE region = 'North", now: "SELECT  revenue AT day WHERE region = 'North" },
  ])('shows $now once, as written now, where $before was asked', ({ before, now }) => {
    expect(withQuestion(['a', before, 'b'], now)).toEqual([now.trim(), 'a', 'b']);
  });

  it.each([
    ["SELECT revenue AT day WHERE region = 'North East'", "SELECT revenue AT day WHERE region = 'North  East'"],
    ['SELECT "a b" AT day', 'SELECT "a  b" AT day'],
    ['SELECT revenue AT day -- a\n', 'SELECT revenue AT day -- a b\n'],
    ['SELECT revenue -- , cost\nAT day', 'SELECT revenue -- , cost AT day'],
    ['SELECT first AT day', 'SELECT fir st AT day'],
  ])('keeps %j and %j apart', (one, other) => {
    expect(withQuestion([one], other)).toHaveLength(2);
  });

  it('keeps the last fifty', () => {
    const full = Array.from({ length: 50 }, (_, index) => `q${index}`);
    const next = withQuestion(full, 'new');
    expect(next).toHaveLength(50);
    expect(next[0]).toBe('new');
    expect(next).not.toContain('q49');
  });

  it.each([
    [null, []],
    ['', []],
    ['{', []],
    ['{"a": 1}', []],
    ['["a", 1, "b"]', ['a', 'b']],
    ['["a, c", "b", "a,  c"]', ['a, c', 'b']],
  ])('reads %j as %j', (stored, questions) => {
    expect(parseHistory(stored)).toEqual(questions);
  });
});
