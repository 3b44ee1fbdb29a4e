/** A sentence with names in it: plain text, and names that are set in code. */
export type Phrase = readonly (string | { readonly code: string })[];

/** A name or an anchor, set in code. */
export function code(text: string): { readonly code: string } {
  return { code: text };
}

/** An anchor as it is written: `(day, region)`, `()`. */
export function anchorText(anchor: readonly string[]): string {
  return `(${anchor.join(', ')})`;
}

/** The phrase without markup. */
export function plainPhrase(phrase: Phrase): string {
  return phrase.map((part) => (typeof part === 'string' ? part : part.code)).join('');
}

/** Text with `names` in backticks, as messages have them, as a phrase. */
export function phraseOf(message: string): Phrase {
  return message
    .split('`')
    .map((part, index) => (index % 2 === 1 ? code(part) : part))
    .filter((part) => part !== '');
}

/** Lists of names: `a`, `a and b`, `a, b and c`. */
export function listOf(names: readonly string[]): string {
  if (names.length <= 1) return names.join('');
  return `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}`;
}
