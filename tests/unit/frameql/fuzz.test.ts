import { describe, expect, it } from 'vitest';
import { fuzzInput } from './fuzz-inputs.ts';
import { fuzzRun } from './fuzz-run.ts';

describe('20,000 texts', () => {
  it('keep every law of parser, printer, canonical form and layout', () => {
    const { failures, inputs, accepted, grammatical } = fuzzRun(1, 20_000);
    expect(failures.slice(0, 3)).toEqual([]);
    // The laws of texts that parse and of those that do not are both tried.
    expect(grammatical).toBeGreaterThan(5000);
    expect(accepted).toBeGreaterThan(grammatical);
    expect(inputs - accepted).toBeGreaterThan(5000);
  });

  it('are the same whenever they are made', () => {
    const made = () => Array.from({ length: 50 }, (_, index) => fuzzInput(7, index));
    expect(made()).toEqual(made());
    expect(fuzzInput(8, 0)).not.toEqual(fuzzInput(7, 0));
  });
});
