import type { CollectionModel } from '../collection/collection.ts';
import type { NodePath } from '../collection/yaml/positions.ts';
import { nameOf } from '../frameql/name-parser.ts';
import { upperCase } from '../frameql/tokens.ts';
import { namesOf } from '../resolution/names.ts';
import type { Definition, Known } from './assistance.ts';
import { declarationOf } from './declaration.ts';
import { wordIndex } from './description.ts';
import { clauseNamed, listParts, type Outline, outlineOf } from './outline.ts';

/** Where the name at an offset is declared; null where there is no name, or none declares it. */
export function definitionAt(known: Known, model: CollectionModel, text: string, offset: number): Definition | null {
  const outline = outlineOf(text);
  const spoken = outline.tokens.filter((token) => token.kind !== 'comment');
  const index = wordIndex(spoken, offset);
  const token = spoken[index];
  const name = nameOf(token ?? null)?.name;
  if (token === undefined || name === undefined) return null;
  const clause = outline.clauses.findLast((each) => each.span.to <= token.span.from)?.word ?? null;
  const given = inText(outline, name, clause === 'HAVING' || clause === 'ORDER BY');
  if (given !== null) return { ...token.span, name, kind: 'text', at: given };
  const before = spoken[index - 1];
  const isBridge = before?.kind === 'keyword' && upperCase(before.text) === 'VIA';
  const path = pathOf(known, model, name, clause === 'FROM' ? 'schema' : isBridge ? 'bridge' : 'name');
  if (path === null) return null;
  const { place, lines } = model.positions.lines(path);
  return { ...token.span, name, kind: 'yaml', ...place, lines };
}

function pathOf(
  { manifest }: Known,
  { document }: CollectionModel,
  name: string,
  kind: 'schema' | 'bridge' | 'name',
): NodePath | null {
  if (kind !== 'name') return declarationOf(document, { kind, name });
  const meaning = namesOf(manifest).meaningOf(name);
  switch (meaning?.kind) {
    case 'family': {
      const [family] = meaning.families;
      const schema = family.kind === 'root' ? family.root.schema : null;
      return declarationOf(document, { kind: 'family', name: family.name, schema });
    }
    case 'dimension': {
      const edge = manifest.fdDag.find((each) => each.kind === 'lookup' && each.parent === meaning.dimension.name);
      const via = edge?.kind === 'lookup' ? edge.via : null;
      return declarationOf(document, { kind: 'dimension', name: meaning.dimension.name, via });
    }
    case 'attribute':
      return declarationOf(document, { kind: 'attribute', name: meaning.attribute.name });
    case undefined:
      return null;
  }
}

/** Where the text itself gives a name: in WITH, or with AS where columns are spoken of. */
function inText(outline: Outline, name: string, speaksOfColumns: boolean) {
  for (const part of listParts(clauseNamed(outline, 'WITH')?.tokens ?? [])) {
    const [first] = part;
    if (first !== undefined && nameOf(first)?.name === name) return first.span;
  }
  if (!speaksOfColumns) return null;
  for (const part of listParts(clauseNamed(outline, 'SELECT')?.tokens ?? [])) {
    const as = part.findLastIndex((token) => token.kind === 'keyword' && upperCase(token.text) === 'AS');
    const alias = as < 0 ? undefined : part[as + 1];
    if (alias !== undefined && nameOf(alias)?.name === name) return alias.span;
  }
  return null;
}
