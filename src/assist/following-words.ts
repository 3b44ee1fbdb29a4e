import { nameOf } from '../frameql/name-parser.ts';
import { outputName } from '../frameql/output-name.ts';
import { parse } from '../frameql/parser.ts';
import { type Token, tokenize, upperCase } from '../frameql/tokens.ts';
import { bridgesTo } from './anchor-completion.ts';
import type { CompletionItem, Known } from './assistance.ts';
import { keywordItem } from './items.ts';
import type { ClauseWord, Outline } from './outline.ts';
import type { Caret } from './place.ts';
import { itemAt } from './sketch.ts';

/** A mark that no text of the language holds: the parser says what could have stood in its place. */
const NOWHERE = '\u0000';

/** The words that may follow what stands before a place, by what the parser would have read there. */
export function followingWords(
  known: Known,
  { text, clauses }: Outline,
  { from, place }: Caret,
): readonly CompletionItem[] {
  const before = tokenize(text.slice(0, from)).filter((token) => token.kind !== 'comment');
  const previous = before[before.length - 1];
  if (isWord(previous, 'NOT') && !isWord(before[before.length - 2], 'IS')) return words(['IN', 'BETWEEN'], 0);
  const parsed = parse(`${text.slice(0, from)} ${NOWHERE}`);
  if (parsed.ok) return [];
  const stop = [parsed.error, ...parsed.others].find((issue) => issue.span.from >= from);
  const expected = stop?.expected ?? [];
  // A clause that the text has already does not come twice.
  const later = new Set<string>(clauses.filter((clause) => clause.span.from >= from).map((clause) => clause.word));
  const possible = expected
    .map((label) => label.slice(1, -1))
    .filter((word) => /^[A-Z][A-Z ]*$/.test(word) && !later.has(word))
    .filter((word) => word !== 'VIA' || bridgesTo(known, nameOf(previous ?? null)?.name ?? '').length > 0);
  const isNamed = isWord(before[before.length - 1], 'AS') || namesItself(text, from);
  const goesOn = expected.includes('an operator') && place.kind === 'after' && isCondition(place.clause, before);
  const isBegun = goesOn && isUntested(before);
  const rankOf = (word: string) => (isBegun ? 2 : (word === 'AS') === isNamed && word !== 'AT' ? 1 : 0);
  const ranked = possible.map((word) => keywordItem(word, rankOf(word)));
  return [...ranked, ...(goesOn ? conditionWords(before) : [])];
}

/** Whether the item that ends before a place has a name without AS. */
function namesItself(text: string, from: number): boolean {
  const end = text.slice(0, from).trimEnd().length;
  const item = itemAt(text.slice(0, end), end);
  return item === null || outputName(item) !== null;
}

/** Whether a condition may stand before the place: in WITH, WHERE and HAVING, and after WHEN. */
function isCondition(clause: ClauseWord, before: readonly Token[]): boolean {
  if (clause === 'WHERE' || clause === 'HAVING' || clause === 'WITH') return true;
  return (
    before.findLastIndex((token) => isWord(token, 'WHEN')) > before.findLastIndex((token) => isWord(token, 'THEN'))
  );
}

/** How a condition goes on: a value is tested; what has been tested is joined with more. */
function conditionWords(before: readonly Token[]): readonly CompletionItem[] {
  if (isUntested(before)) return [...words(TESTS, 0), ...words(JOINS, 1)];
  return [...words(JOINS, 0), ...words(TESTS, 2)];
}

/** Whether a name stands there that is not compared with anything yet. */
function isUntested(before: readonly Token[]): boolean {
  const start = before[before.length - 2];
  const isTested = start?.kind === 'operator' || isWord(start, 'BETWEEN') || isWord(start, 'IS');
  return !isTested && nameOf(before[before.length - 1] ?? null) !== undefined;
}

const TESTS = ['IN', 'NOT IN', 'BETWEEN', 'IS NULL', 'IS NOT NULL'] as const;
const JOINS = ['AND', 'OR'] as const;

function words(all: readonly string[], rank: number): readonly CompletionItem[] {
  return all.map((word) => keywordItem(word, rank));
}

function isWord(token: Token | undefined, word: string): boolean {
  return token?.kind === 'keyword' && upperCase(token.text) === word;
}
