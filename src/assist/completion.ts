import { parse } from '../frameql/parser.ts';
import { upperCase } from '../frameql/tokens.ts';
import { anchorItems } from './anchor-completion.ts';
import type { CompletionItem, Completions, Known } from './assistance.ts';
import { bridgeItems, outputItems, perItems, schemaItems } from './clause-completion.ts';
import { expressionItems } from './expression-completion.ts';
import { replicaItems } from './inner-anchor-completion.ts';
import { keywordItem } from './items.ts';
import { type ClauseWord, type Outline, outlineOf } from './outline.ts';
import { type Caret, caretAt } from './place.ts';
import { pointsOf, sketchOf } from './sketch.ts';
import { valueItems } from './value-completion.ts';

/** What could stand at an offset of a text, best first; null where nothing can be told. Never throws, touches no data. */
export function completeAt(known: Known, text: string, offset: number): Completions | null {
  const outline = outlineOf(text);
  const caret = caretAt(outline, offset);
  const items = itemsAt(known, outline, caret);
  return items === null ? null : { from: caret.from, to: caret.to, items: ordered(items) };
}

function itemsAt(known: Known, outline: Outline, caret: Caret): readonly CompletionItem[] | null {
  const { place, clause, from, to } = caret;
  const { text } = outline;
  switch (place.kind) {
    case 'none':
      return null;
    case 'start':
      return ['SELECT', ...(/\bEXPLAIN\b/i.test(text.slice(0, from)) ? [] : ['EXPLAIN']), 'WITH'].map((word) =>
        keywordItem(word, 0),
      );
    case 'after':
      return followingWords(outline, caret);
    case 'schema':
      return schemaItems(known, text);
    case 'bridge':
      return bridgeItems(known, place.dimension);
    case 'column':
      return outputItems(known, text, 0);
    case 'value': {
      const values = valueItems(known, text, place.name, place.clause);
      return [...values, ...expressionItems(known, outline, caret, place.clause, values.length === 0 ? 0 : 4)];
    }
    case 'expression':
      return expressionItems(known, outline, caret, place.clause, 0);
    case 'point': {
      if (place.of === 'PER') return perItems(known, text, caret);
      if (place.of === '@') return replicaItems(known, outline, caret, place);
      const others = (clause?.tokens ?? []).filter((token) => token.span.to <= from || token.span.from >= to);
      const inBrackets = place.inBrackets || !place.isFirst;
      return anchorItems(known, sketchOf(text), { points: pointsOf(others), inBrackets });
    }
  }
}

/** A mark that no text of the language holds: the parser says what could have stood in its place. */
const NOWHERE = '\u0000';

/** Words after which a condition goes on. */
const CONDITION_WORDS = ['AND', 'OR', 'IN', 'NOT IN', 'BETWEEN', 'IS NULL', 'IS NOT NULL'] as const;

/** The words that may follow what stands before a place. */
function followingWords({ text, clauses }: Outline, { from, place, calls }: Caret): readonly CompletionItem[] {
  const parsed = parse(`${text.slice(0, from)} ${NOWHERE}`);
  if (parsed.ok) return [];
  const stop = [parsed.error, ...parsed.others].find((issue) => issue.span.from >= from);
  const expected = stop?.expected ?? [];
  // A clause that the text has already does not come twice.
  const later = new Set<string>(clauses.filter((clause) => clause.span.from >= from).map((clause) => clause.word));
  const words = expected
    .map((label) => label.slice(1, -1))
    .filter((word) => /^[A-Z][A-Z ]*$/.test(word) && !later.has(word));
  const goesOn = expected.includes('an operator') && place.kind === 'after' && isCondition(place.clause, text, from);
  const isCall = calls.length > 0;
  return [
    ...words.map((word) => keywordItem(word, isCall ? 1 : 0)),
    ...(goesOn ? CONDITION_WORDS.map((word) => keywordItem(word, 1)) : []),
  ];
}

/** Whether a condition may stand before the place: in WHERE and HAVING, and after WHEN. */
function isCondition(clause: ClauseWord, text: string, from: number): boolean {
  if (clause === 'WHERE' || clause === 'HAVING') return true;
  const words = outlineOf(text.slice(0, from)).tokens.map((token) => upperCase(token.text));
  return words.lastIndexOf('WHEN') > words.lastIndexOf('THEN') || clause === 'WITH';
}

/** By rank; within one as they came, each label of a kind once. */
function ordered(items: readonly CompletionItem[]): readonly CompletionItem[] {
  const seen = new Set<string>();
  const once = items.filter(({ kind, label }) => {
    const key = `${kind} ${label}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
  return once.sort((a, b) => a.rank - b.rank);
}
