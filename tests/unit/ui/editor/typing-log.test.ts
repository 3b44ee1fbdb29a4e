import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changeBetween, TypingLog } from '../../../../src/ui/editor/typing-log.ts';

describe('changes between texts', () => {
  it.each([
    ['', 'a', { from: 0, to: 0, insert: 'a' }],
    ['abc', 'abXc', { from: 2, to: 2, insert: 'X' }],
    ['abc', 'ac', { from: 1, to: 2, insert: '' }],
    ['aaa', 'aa', { from: 2, to: 3, insert: '' }],
    ['abc', 'abc', { from: 3, to: 3, insert: '' }],
  ])('%j → %j', (before, after, change) => {
    expect(changeBetween(before, after)).toEqual(change);
  });

  it('turn the first text into the second', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 20 }), fc.string({ maxLength: 20 }), (before, after) => {
        const { from, to, insert } = changeBetween(before, after);
        expect(from).toBeLessThanOrEqual(to);
        expect(before.slice(0, from) + insert + before.slice(to)).toBe(after);
      }),
    );
  });
});

describe('the typing log', () => {
  it('notes each text once', () => {
    const log = new TypingLog({ text: 'a', caret: 1, at: 0 });
    log.note({ text: 'a', caret: 0, at: 1 });
    log.note({ text: 'ab', caret: 2, at: 2 });
    expect(log.states.map((state) => state.text)).toEqual(['a', 'ab']);
  });
});
