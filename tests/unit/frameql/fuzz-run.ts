import { fuzzCheck } from './fuzz-check.ts';
import { type FuzzInput, fuzzInput } from './fuzz-inputs.ts';

export interface FuzzRun {
  readonly inputs: number;
  readonly accepted: number;
  /** Inputs that come straight from the grammar: each must be accepted. */
  readonly grammatical: number;
  /** Most steps of the parser a character, of any input. */
  readonly steps: number;
  /** What went wrong, the shortest text of each first; at most as many as `MOST_TOLD`. */
  readonly failures: readonly { readonly index: number; readonly text: string; readonly wrong: readonly string[] }[];
  readonly failed: number;
}

const MOST_TOLD = 20;

/** Tries so many inputs of a seed. `tell` hears how far it is, now and then. */
export function fuzzRun(seed: number, inputs: number, tell: (done: number) => void = () => {}): FuzzRun {
  const failures: { index: number; text: string; wrong: readonly string[] }[] = [];
  let [accepted, grammatical, steps, failed] = [0, 0, 0, 0];
  for (let index = 0; index < inputs; index++) {
    const input: FuzzInput = fuzzInput(seed, index);
    const verdict = fuzzCheck(input);
    if (verdict.accepted) accepted++;
    if (input.kind === 'grammatical') grammatical++;
    steps = Math.max(steps, verdict.steps);
    if (verdict.wrong.length > 0) {
      failed++;
      failures.push({ index, text: input.text, wrong: verdict.wrong });
      failures.sort((a, b) => a.text.length - b.text.length);
      failures.length = Math.min(failures.length, MOST_TOLD);
    }
    if ((index + 1) % 100_000 === 0) tell(index + 1);
  }
  return { inputs, accepted, grammatical, steps, failures, failed };
}
