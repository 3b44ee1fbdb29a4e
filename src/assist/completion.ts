import { printName } from '../frameql/printer.ts';
import { anchorItems } from './anchor-completion.ts';
import type { CompletionItem, Completions, Known } from './assistance.ts';
import { bridgeItems, outputItems, perItems, schemaItems } from './clause-completion.ts';
import { expressionItems } from './expression-completion.ts';
import { followingWords } from './following-words.ts';
import { replicaItems } from './inner-anchor-completion.ts';
import { keywordItem } from './items.ts';
import { type Outline, outlineOf } from './outline.ts';
import { type Caret, caretAt } from './place.ts';
import { pointsOf, sketchOf } from './sketch.ts';
import { valueItems } from './value-completion.ts';

/** What could stand at an offset of a text, best first; null where nothing can be told. Never throws, touches no data. */
export function completeAt(known: Known, text: string, offset: number): Completions | null {
  const outline = outlineOf(text);
  const caret = caretAt(outline, offset);
  const items = itemsAt(known, outline, caret);
  if (items === null) return null;
  const { from, to } = caret;
  const fitting = text[from] === '"' ? items.flatMap((each) => inQuotes(each) ?? []) : items;
  return { from, to, items: ordered(fitting) };
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
      return followingWords(known, outline, caret);
    case 'schema':
      return schemaItems(known, text);
    case 'bridge':
      return bridgeItems(known, place.dimension);
    case 'column':
      return outputItems(known, text, 0);
    case 'value': {
      const values = valueItems(known, place.name);
      if (text[from] === "'") return values;
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

/** A name as it is completed where its quotes have been begun; null for what is no name. */
function inQuotes(item: CompletionItem): CompletionItem | null {
  const { label, insert } = item;
  if (insert !== printName(label)) return null;
  const quoted = `"${label.replaceAll('"', '""')}"`;
  return { ...item, label: quoted, insert: quoted, caret: quoted.length };
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
