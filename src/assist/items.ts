import type { Attribute, Dimension, MetricFamily, Schema } from '../collection/manifest.ts';
import { printType } from '../columns/logical-type.ts';
import { printName } from '../frameql/printer.ts';
import type { OperatorDefinition } from '../operators/catalog.ts';
import type { ScalarFunction } from '../operators/functions/scalar-function.ts';
import type { WindowDefinition } from '../operators/window.ts';
import type { CompletionItem, CompletionKind, Known } from './assistance.ts';
import { callableOf } from './callable.ts';
import { KEYWORD_DOCS } from './keywords.ts';
import { attributeCard, dimensionCard, familyCard, type NameCard, schemaCard } from './meanings.ts';

/** A plain item: what is inserted is what it says, the caret after it. */
export function item(
  kind: CompletionKind,
  label: string,
  rank: number,
  more: Partial<Pick<CompletionItem, 'detail' | 'doc' | 'insert' | 'caret'>> = {},
): CompletionItem {
  const insert = more.insert ?? label;
  return {
    label,
    kind,
    rank,
    detail: more.detail ?? '',
    doc: more.doc ?? '',
    insert,
    caret: more.caret ?? insert.length,
  };
}

function named(kind: CompletionKind, name: string, rank: number, detail: string, card: NameCard): CompletionItem {
  return item(kind, name, rank, { detail, doc: docOf(card), insert: printName(name) });
}

/** A card as a paragraph. */
function docOf({ doc, facts }: NameCard): string {
  return [doc, ...facts.map(({ name, value }) => `${name}: ${value}`)].filter((line) => line !== '').join('\n');
}

export function familyItem(known: Known, family: MetricFamily, rank: number): CompletionItem {
  const card = familyCard(known, family);
  const detail = family.kind === 'derived' ? family.formulaText : card.type;
  return named('family', family.name, rank, detail, card);
}

export function dimensionItem(known: Known, dimension: Dimension, rank: number): CompletionItem {
  const { name, family, type } = dimension;
  const detail = family === name ? printType(type) : family;
  return named('dimension', name, rank, detail, dimensionCard(known, dimension));
}

export function attributeItem(known: Known, attribute: Attribute, rank: number): CompletionItem {
  return named('attribute', attribute.name, rank, `of ${attribute.of}`, attributeCard(known, attribute.name));
}

export function schemaItem(known: Known, schema: Schema, rank: number): CompletionItem {
  return named('schema', schema.name, rank, `one row a ${schema.grain.join(', ')}`, schemaCard(known, schema));
}

/** A keyword with the space that follows it. */
export function keywordItem(word: string, rank: number): CompletionItem {
  return item('keyword', word, rank, { doc: KEYWORD_DOCS.get(word) ?? '', insert: `${word} ` });
}

/** An operator, window or function with its brackets, the caret between them. */
export function callItem(
  definition: OperatorDefinition | WindowDefinition | ScalarFunction,
  rank: number,
): CompletionItem {
  const { kind, name, signature, doc } = callableOf(definition);
  if (name === 'COUNT(*)') return item(kind, name, rank, { detail: 'the rows', doc });
  return item(kind, name, rank, {
    detail: signature.slice(name.length),
    doc,
    insert: `${name}()`,
    caret: name.length + 1,
  });
}
