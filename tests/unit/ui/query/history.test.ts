import { describe, expect, it } from 'vitest';
import { parseHistory, withQuestion } from '../../../../src/ui/query/history.ts';

describe('history', () => {
  it('puts a question in front, once', () => {
    expect(withQuestion(['a', 'b'], ' b \n')).toEqual(['b', 'a']);
    expect(withQuestion(['a'], '  ')).toEqual(['a']);
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
  ])('reads %j as %j', (stored, questions) => {
    expect(parseHistory(stored)).toEqual(questions);
  });
});
