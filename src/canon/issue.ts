/** A place in a text: character offsets, `from` inclusive, `to` exclusive. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Message writers of a family of codes: `Parameters` maps each code to what its message needs. */
export type MessageTable<Parameters extends object> = {
  readonly [Code in keyof Parameters]: (parameters: Parameters[Code]) => string;
};

/** One problem as data: it crosses workers whole, and its message is a function of code and parameters. */
export type Issue<Parameters extends object> = {
  [Code in keyof Parameters & string]: {
    readonly code: Code;
    readonly parameters: Parameters[Code];
    readonly message: string;
  };
}[keyof Parameters & string];

/** Lists names in a message: `a`, `a and b`, `a, b and c`. */
export function allOf(names: readonly string[]): string {
  if (names.length <= 1) return names.join('');
  return `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}`;
}

/** Lists names in a message: `a`, `a or b`, `a, b or c`. */
export function oneOf(names: readonly string[]): string {
  if (names.length <= 1) return names.join('');
  return `${names.slice(0, -1).join(', ')} or ${names[names.length - 1]}`;
}
