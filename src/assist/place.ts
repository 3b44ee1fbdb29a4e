import type { Span } from '../canon/issue.ts';
import { nameOf } from '../frameql/name-parser.ts';
import { lowerCase, type Token, upperCase } from '../frameql/tokens.ts';
import { type ClauseWord, isClosing, isOpening, type Outline, type OutlinedClause } from './outline.ts';

/** A call that is open at a place. */
export interface OpenCall {
  /** Upper case. */
  readonly callee: string;
  readonly span: Span;
  /** The argument begun there, from 0. */
  readonly argument: number;
  /** The name before `=>`, lower case; null: an argument without one. */
  readonly named: string | null;
}

/** What stands at an offset of a text that may not be a statement yet. */
export type Place =
  /** Nothing can be told: in a number, a comment, or where a new name is made up. */
  | { readonly kind: 'none' }
  /** Before SELECT. */
  | { readonly kind: 'start' }
  | { readonly kind: 'expression'; readonly clause: 'WITH' | 'SELECT' | 'WHERE' | 'HAVING' }
  /** Something ends here: only words that go on may follow. */
  | { readonly kind: 'after'; readonly clause: ClauseWord }
  /** A dimension of an anchor. */
  | {
      readonly kind: 'point';
      readonly of: 'AT' | 'PER' | '@';
      readonly inBrackets: boolean;
      /** Whether nothing stands between the brackets yet (or there are none). */
      readonly isFirst: boolean;
    }
  | { readonly kind: 'bridge'; readonly dimension: string }
  | { readonly kind: 'schema' }
  /** A column of the answer. */
  | { readonly kind: 'column' }
  /** What a name is compared with. */
  | { readonly kind: 'value'; readonly name: string; readonly clause: 'WITH' | 'SELECT' | 'WHERE' | 'HAVING' };

/** The place at an offset, the word there that is being typed, and the calls around it, outermost first. */
export interface Caret extends Span {
  readonly place: Place;
  readonly calls: readonly OpenCall[];
  /** The clause that the place is in; null before the first. */
  readonly clause: OutlinedClause | null;
}

interface Bracket {
  readonly kind: 'call' | 'group' | 'list' | 'anchor';
  /** Index of its token. */
  readonly at: number;
  commas: number;
}

/** Finds out what could stand at an offset. Total. */
export function caretAt(outline: Outline, offset: number): Caret {
  const { text, tokens, clauses } = outline;
  const inside = tokens.find((token) => token.span.from < offset && offset <= token.span.to);
  const typed = wordOf(inside, offset, text);
  if (typed === null) return { from: offset, to: offset, place: { kind: 'none' }, calls: [], clause: null };
  const clause = clauses.findLast((each) => each.span.to <= typed.from) ?? null;
  const isOver = tokens.some(({ text: mark, span }) => mark === ';' && span.to <= typed.from);
  if (clause === null || isOver) {
    return { ...typed, place: { kind: isOver ? 'none' : 'start' }, calls: [], clause: null };
  }
  const before = clause.tokens.filter((token) => token.span.to <= typed.from);
  const brackets = openBrackets(before);
  const calls = brackets.flatMap((bracket) => openCall(before, bracket) ?? []);
  return { ...typed, place: placeIn(clause, before, brackets, inside), calls, clause };
}

/** The word that is being typed, which what is chosen replaces; null inside numbers and comments. */
function wordOf(inside: Token | undefined, offset: number, text: string): Span | null {
  if (inside === undefined) return { from: offset, to: offset };
  const { kind, span, problem } = inside;
  switch (kind) {
    case 'name':
    case 'keyword':
    case 'quoted':
      return span;
    case 'string':
      return offset < span.to ? span : null;
    case 'number':
    case 'comment':
      return null;
    case 'operator':
    case 'punctuation':
      return offset === span.to ? { from: offset, to: offset } : null;
    case 'error': {
      // Left open, it reaches to the end of its line: what is beyond the caret was not meant to be in it.
      if (problem === 'open name' || problem === 'open string') return { from: span.from, to: offset };
      const here = text.slice(span.from, offset);
      return problem === 'character' ? { from: offset, to: offset } : here === '' ? span : null;
    }
  }
}

function openBrackets(before: readonly Token[]): readonly Bracket[] {
  const open: Bracket[] = [];
  before.forEach((token, at) => {
    const last = open[open.length - 1];
    if (isOpening(token)) open.push({ kind: bracketKind(before, at), at, commas: 0 });
    else if (isClosing(token)) open.pop();
    else if (token.text === ',' && last !== undefined) last.commas++;
  });
  return open;
}

function bracketKind(before: readonly Token[], at: number): Bracket['kind'] {
  const previous = before[at - 1];
  if (previous === undefined) return 'group';
  if (previous.text === '@') return 'anchor';
  if (previous.kind === 'name') return 'call';
  return isWord(previous, 'IN') ? 'list' : 'group';
}

function openCall(before: readonly Token[], { kind, at, commas }: Bracket): OpenCall | null {
  const callee = before[at - 1];
  if (kind !== 'call' || callee === undefined) return null;
  const begun = lastBegin(before, at);
  const named = before[begun + 1]?.text === '=>' ? (before[begun]?.text ?? null) : null;
  return {
    callee: upperCase(callee.text),
    span: callee.span,
    argument: commas,
    named: named === null ? null : lowerCase(named),
  };
}

/** Index of the first token of the argument that is open in a bracket. */
function lastBegin(before: readonly Token[], at: number): number {
  let begin = at + 1;
  let depth = 0;
  for (let index = at + 1; index < before.length; index++) {
    const token = before[index];
    if (token === undefined) break;
    if (isOpening(token)) depth++;
    if (isClosing(token)) depth--;
    if (depth === 0 && token.text === ',') begin = index + 1;
  }
  return begin;
}

function placeIn(
  clause: OutlinedClause,
  before: readonly Token[],
  brackets: readonly Bracket[],
  inside: Token | undefined,
): Place {
  const previous = before[before.length - 1];
  const begins = previous === undefined || beginsOperand(previous, before[before.length - 2]);
  const bracket = brackets[brackets.length - 1];
  switch (clause.word) {
    case 'FROM':
      return previous === undefined ? { kind: 'schema' } : { kind: 'after', clause: 'FROM' };
    case 'AT':
    case 'PER':
      return pointPlace(clause.word, before, bracket);
    case 'ORDER BY':
      // Without BY the clause has only begun.
      if (clause.span.to - clause.span.from < 'ORDER BY'.length) return { kind: 'after', clause: 'ORDER BY' };
      return begins ? { kind: 'column' } : { kind: 'after', clause: 'ORDER BY' };
    case 'LIMIT':
      return previous === undefined ? { kind: 'none' } : { kind: 'after', clause: 'LIMIT' };
    case 'WITH':
    case 'SELECT':
    case 'WHERE':
    case 'HAVING':
      return expressionPlace(clause.word, before, bracket, begins, inside);
  }
}

function pointPlace(of: 'AT' | 'PER' | '@', before: readonly Token[], bracket: Bracket | undefined): Place {
  const previous = before[before.length - 1];
  if (isWord(previous, 'VIA')) {
    return { kind: 'bridge', dimension: nameOf(before[before.length - 2] ?? null)?.name ?? '' };
  }
  const inBrackets = bracket !== undefined;
  const isStart = previous === undefined || previous.text === '@' || isOpening(previous);
  if (isStart) return { kind: 'point', of, inBrackets, isFirst: true };
  if (previous.text === ',') return { kind: 'point', of, inBrackets, isFirst: false };
  return { kind: 'after', clause: of === '@' ? 'SELECT' : of };
}

function expressionPlace(
  clause: 'WITH' | 'SELECT' | 'WHERE' | 'HAVING',
  before: readonly Token[],
  bracket: Bracket | undefined,
  begins: boolean,
  inside: Token | undefined,
): Place {
  const previous = before[before.length - 1];
  if (bracket?.kind === 'anchor') return pointPlace('@', before.slice(bracket.at + 1), bracket);
  if (previous?.text === '@') return { kind: 'point', of: '@', inBrackets: false, isFirst: true };
  if (isWord(previous, 'VIA')) return pointPlace('@', before, undefined);
  if (isWord(previous, 'AS')) return { kind: 'none' };
  if (clause === 'WITH' && bracket === undefined && (previous === undefined || previous.text === ',')) {
    return { kind: 'none' };
  }
  const compared = comparedName(before, bracket);
  if (compared !== null) return { kind: 'value', name: compared, clause };
  if (inside?.kind === 'string' || inside?.problem === 'open string') return { kind: 'none' };
  return begins ? { kind: 'expression', clause } : { kind: 'after', clause };
}

const COMPARISONS: readonly string[] = ['=', '==', '<>', '!=', '<', '<=', '>', '>='];

/** The name that what comes next is compared with; null where it is not compared with a name. */
function comparedName(before: readonly Token[], bracket: Bracket | undefined): string | null {
  const named = (index: number) => {
    const end = before[index - 1];
    // The end of a longer expression is no name of its own.
    const isWhole = end === undefined || end.kind === 'keyword' || isOpening(end) || end.text === ',';
    return isWhole ? (nameOf(before[index] ?? null)?.name ?? null) : null;
  };
  const last = before.length - 1;
  const previous = before[last];
  if (previous === undefined) return null;
  // DATE is a keyword only once its text follows.
  const isDate = previous.kind !== 'quoted' && upperCase(previous.text) === 'DATE';
  if (isDate && last > 0) return comparedName(before.slice(0, last), bracket);
  if (previous.kind === 'operator' && COMPARISONS.includes(previous.text)) return named(last - 1);
  if (bracket?.kind === 'list' && (isOpening(previous) || previous.text === ','))
    return named(beforeNot(before, bracket.at - 2));
  const between = before.findLastIndex((token) => isWord(token, 'BETWEEN'));
  if (between < 0) return null;
  const isLow = between === last;
  const isHigh = isWord(previous, 'AND') && !before.slice(between + 1, last).some((token) => isWord(token, 'AND'));
  return isLow || isHigh ? named(beforeNot(before, between - 1)) : null;
}

/** The index itself, or the one before where NOT stands there. */
function beforeNot(before: readonly Token[], index: number): number {
  return isWord(before[index], 'NOT') ? index - 1 : index;
}

const OPERANDS: readonly string[] = ['NULL', 'TRUE', 'FALSE', 'END', 'ASC', 'DESC', 'IS', 'DATE'];

/** Whether after these tokens an operand must come, rather than something that goes on from one. */
function beginsOperand(previous: Token, earlier: Token | undefined): boolean {
  switch (previous.kind) {
    case 'keyword': {
      const word = upperCase(previous.text);
      if (word !== 'NOT') return !OPERANDS.includes(word);
      // `x NOT` goes on to IN or BETWEEN, `IS NOT` to NULL; any other NOT begins a condition.
      return earlier === undefined || (beginsOperand(earlier, undefined) && !isWord(earlier, 'IS'));
    }
    case 'operator':
      return true;
    case 'punctuation':
      return previous.text === '(' || previous.text === ',' || previous.text === '{';
    case 'name':
    case 'quoted':
    case 'number':
    case 'string':
    case 'comment':
    case 'error':
      return false;
  }
}

function isWord(token: Token | undefined, word: string): boolean {
  return token?.kind === 'keyword' && upperCase(token.text) === word;
}
