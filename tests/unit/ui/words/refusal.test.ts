import { describe, expect, it } from 'vitest';
import { refusalHeading, refusedPart } from '../../../../src/ui/words/refusal.ts';

describe('refusals', () => {
  it.each([
    ['clarify', 'ROWS_AMBIGUOUS', 'Which one do you mean?'],
    ['refuse', 'BLOCKED_REDUCTION', 'No right answer to this question'],
    ['refuse', 'SOURCE_UNREADABLE', 'A source of this question cannot be read'],
  ] as const)('%s %s is headed “%s”', (mood, code, heading) => {
    expect(refusalHeading({ mood, code })).toBe(heading);
  });

  it('quotes the part that is meant, on one line', () => {
    expect(refusedPart('SELECT SUM(\n stock) AT region', { from: 7, to: 19 })).toBe('SUM( stock)');
    expect(refusedPart('SELECT revenue AT ()\n', { from: 0, to: 20 })).toBe('');
    expect(refusedPart('SELECT', { from: 6, to: 6 })).toBe('');
  });
});
