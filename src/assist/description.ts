import { nameOf } from '../frameql/name-parser.ts';
import { outputName } from '../frameql/output-name.ts';
import { printExpr } from '../frameql/printer.ts';
import { type Token, upperCase } from '../frameql/tokens.ts';
import { functionNamed } from '../operators/functions/scalar-functions.ts';
import { namesOf } from '../resolution/names.ts';
import type { CompletionKind, Description, Known } from './assistance.ts';
import { callableNamed } from './callable.ts';
import { KEYWORD_DOCS } from './keywords.ts';
import { attributeCard, bridgeCard, dimensionCard, familyCard, type NameCard, schemaCard } from './meanings.ts';
import { type ClauseWord, type Outline, outlineOf } from './outline.ts';
import { sketchOf } from './sketch.ts';

/** What the word at an offset means; null where there is no word, or it means nothing. Never throws. */
export function describeAt(known: Known, text: string, offset: number): Description | null {
  const outline = outlineOf(text);
  const spoken = outline.tokens.filter((token) => token.kind !== 'comment');
  const index = wordIndex(spoken, offset);
  const token = spoken[index];
  if (token === undefined) return null;
  if (token.kind === 'keyword') return keywordDescription(spoken, index, token);
  const name = nameOf(token);
  if (name === undefined) return null;
  const { span } = token;
  const [before, after] = [spoken[index - 1], spoken[index + 1]];
  const isCall = !name.quoted && (after?.text === '(' || before?.text === '.');
  const callable = isCall ? callableNamed(name.name, spoken[index + 2]?.text === '*') : undefined;
  if (callable !== undefined) {
    const { kind, signature, doc, facts } = callable;
    return { ...span, kind, title: signature, type: '', doc, facts };
  }
  const clause = outline.clauses.findLast((each) => each.span.to <= span.from)?.word ?? null;
  const card = describedName(known, outline, clause, name.name, before);
  return card === null ? null : { ...span, title: name.name, ...card };
}

/** Index of the word at an offset: the one that it stands in, else the one that it ends. */
export function wordIndex(tokens: readonly Token[], offset: number): number {
  const inside = tokens.findIndex(({ span }) => span.from <= offset && offset < span.to);
  const isWord = (index: number) => ['name', 'quoted', 'keyword'].includes(tokens[index]?.kind ?? '');
  return isWord(inside) ? inside : tokens.findIndex(({ span }, index) => span.to === offset && isWord(index));
}

type Described = NameCard & { readonly kind: CompletionKind };

function describedName(
  known: Known,
  { text }: Outline,
  clause: ClauseWord | null,
  name: string,
  before: Token | undefined,
): Described | null {
  const { manifest } = known;
  if (clause === 'FROM') {
    const schema = manifest.schemas.find((each) => each.name === name);
    return schema === undefined ? null : { kind: 'schema', ...schemaCard(known, schema) };
  }
  if (before?.kind === 'keyword' && upperCase(before.text) === 'VIA') {
    const bridge = manifest.bridges.find((each) => each.via === name);
    return bridge === undefined ? null : { kind: 'bridge', ...bridgeCard(bridge) };
  }
  return givenName(text, clause, name) ?? collectionName(known, name);
}

/** A name that the text itself gives: by WITH, or by AS where clauses speak of columns. */
function givenName(text: string, clause: ClauseWord | null, name: string): Described | null {
  const { definitions, items } = sketchOf(text);
  const speaksOfColumns = clause === 'HAVING' || clause === 'ORDER BY';
  const column = speaksOfColumns ? items.find((each) => outputName(each) === name) : undefined;
  if (column !== undefined && column.alias !== null) {
    const facts = [{ name: 'is', value: printExpr(column.expr) }];
    return { kind: 'column', type: '', doc: 'A column of the answer.', facts };
  }
  const definition = definitions.find((each) => each.name.name === name);
  if (definition === undefined) return null;
  const facts = [{ name: 'is', value: printExpr(definition.expr) }];
  return { kind: 'column', type: '', doc: 'A name that WITH gives.', facts };
}

function collectionName(known: Known, name: string): Described | null {
  const meaning = namesOf(known.manifest).meaningOf(name);
  switch (meaning?.kind) {
    case 'family': {
      const [family, ...cousins] = meaning.families;
      const card = familyCard(known, family);
      const also = cousins.map((each) => (each.kind === 'root' ? each.root.schema : 'a formula'));
      const facts = also.length === 0 ? [] : [{ name: 'other roots', value: `${also.join(', ')}: FROM chooses` }];
      return { kind: 'family', ...card, facts: [...card.facts, ...facts] };
    }
    case 'dimension':
      return { kind: 'dimension', ...dimensionCard(known, meaning.dimension) };
    case 'attribute':
      return { kind: 'attribute', ...attributeCard(known, meaning.attribute.name) };
    case undefined:
      return null;
  }
}

function keywordDescription(spoken: readonly Token[], index: number, { text, span }: Token): Description | null {
  const word = upperCase(text);
  // Some words of the language are names of functions too.
  const callable =
    spoken[index + 1]?.text === '(' && functionNamed(word) !== undefined ? callableNamed(word) : undefined;
  if (callable !== undefined) {
    const { kind, signature, doc, facts } = callable;
    return { ...span, kind, title: signature, type: '', doc, facts };
  }
  const doc = KEYWORD_DOCS.get(word);
  if (doc === undefined) return null;
  const title = word === 'ORDER' || word === 'BY' ? 'ORDER BY' : word;
  return { ...span, kind: 'keyword', title, type: '', doc, facts: [] };
}
