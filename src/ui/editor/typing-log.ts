/** The text box at one moment. */
export interface TypingState {
  readonly text: string;
  readonly caret: number;
  /** Milliseconds, any origin. */
  readonly at: number;
}

/** One replacement that turns a text into the next: `from`…`to` of the old text becomes `insert`. */
export interface TextChange {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
}

/** The smallest single replacement that turns `before` into `after`. */
export function changeBetween(before: string, after: string): TextChange {
  const shorter = Math.min(before.length, after.length);
  let from = 0;
  while (from < shorter && before[from] === after[from]) from++;
  let tail = 0;
  while (tail < shorter - from && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  return { from, to: before.length - tail, insert: after.slice(from, after.length - tail) };
}

/** What was typed into the text box before the code editor came, so that undo reaches back through it. */
export class TypingLog {
  readonly #states: TypingState[];

  constructor(first: TypingState) {
    this.#states = [first];
  }

  /** Notes the text after an input; equal texts are not noted twice. */
  note(state: TypingState): void {
    if (this.#states[this.#states.length - 1]?.text !== state.text) this.#states.push(state);
  }

  get states(): readonly TypingState[] {
    return this.#states;
  }
}
