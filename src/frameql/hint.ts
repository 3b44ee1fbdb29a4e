import { FOREIGN, HABITS } from './habits.ts';
import { type Token, type TokenProblem, upperCase } from './tokens.ts';

/**
 * What to do about a token that cannot stand where it does; null where what could stand there (`expected`) says it all.
 * `beforeBy`: the next word is BY, so the token begins a clause.
 */
export function hintFor(token: Token, expected: readonly string[], beforeBy: boolean): string | null {
  if (token.problem !== null && token.problem !== 'character') return PROBLEMS[token.problem];
  const word = upperCase(token.text);
  const foreign = token.kind === 'quoted' || token.kind === 'string' ? undefined : FOREIGN.get(word);
  if (foreign !== undefined) return foreign;
  const found = quoted(token.text) ?? '';
  const [meant, ...more] = token.kind === 'name' ? expected.filter((label) => misspells(word, label.slice(1, -1))) : [];
  if (meant !== undefined && more.length === 0) return `Found ${found} where ${meant} could stand. Write ${meant}.`;
  const place = expected.find((label) => NAMEABLE.has(label));
  if (token.kind !== 'keyword' || place === undefined || STRUCTURE.has(word) || beforeBy) return null;
  return `Found ${found}, a word of Frame-QL, where ${place} could stand. If it is a name, put it in double quotes.`;
}

/** A piece of text as messages show it, cut where it is long; undefined where it is empty. */
export function quoted(text: string): string | undefined {
  const line = text.slice(0, 200).replace(/\s+/g, ' ');
  if (line === '') return undefined;
  const letters = [...line];
  return letters.length > 40 ? `\`${letters.slice(0, 39).join('')}…\`` : `\`${line}\``;
}

/** Labels of places where a name could stand. */
const NAMEABLE: ReadonlySet<string> = new Set(['an expression', 'a name', 'a dimension', 'a schema', 'a bridge']);

/** Keywords that are rarely meant as names: where one stands too early, something before it is missing. */
const STRUCTURE: ReadonlySet<string> = new Set([
  ...['SELECT', 'FROM', 'AT', 'WHERE', 'HAVING', 'LIMIT'],
  ...['AS', 'AND', 'OR', 'NOT'],
]);

const PROBLEMS: { readonly [Problem in Exclude<TokenProblem, 'character'>]: string } = {
  'open string': "This text has no end. Close it with '.",
  'open name': 'This quoted name has no end. Close it with ".',
  'malformed number': 'This is neither a number nor a name. Write a name that begins with a digit in double quotes.',
  'unquoted date': HABITS['unquoted date'].hint,
  'block comment': HABITS['block comment'].hint,
};

/**
 * Whether a word is the first of a clause's with one letter too many, too few, changed, or two swapped. Keywords of
 * three letters and less are near too many names.
 */
function misspells(word: string, clause: string): boolean {
  const [keyword = ''] = clause.split(' ');
  if (!/^[A-Z]{4,}$/.test(keyword) || Math.abs(word.length - keyword.length) > 1) return false;
  let start = 0;
  while (start < word.length && word[start] === keyword[start]) start++;
  const tail = (text: string, from: number) => text.slice(start + from);
  return (
    tail(word, 1) === tail(keyword, 1) ||
    tail(word, 1) === tail(keyword, 0) ||
    tail(word, 0) === tail(keyword, 1) ||
    (tail(word, 2) === tail(keyword, 2) && word[start] === keyword[start + 1] && word[start + 1] === keyword[start])
  );
}
