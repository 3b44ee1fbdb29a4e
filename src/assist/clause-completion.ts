import { printType } from '../columns/logical-type.ts';
import { outputName } from '../frameql/output-name.ts';
import { printName } from '../frameql/printer.ts';
import { resolve } from '../resolution/resolve.ts';
import { bridgesTo } from './anchor-completion.ts';
import type { CompletionItem, Known } from './assistance.ts';
import { item, schemaItem } from './items.ts';
import { bridgeCard, byName } from './meanings.ts';
import { clauseNamed, outlineOf } from './outline.ts';
import type { Caret } from './place.ts';
import { pointsOf, type Sketch, sketchOf, statementOf } from './sketch.ts';
import { fits, reasons, UNFINISHED } from './trial.ts';

/** After FROM: the schemas, those first that serve every series. */
export function schemaItems(known: Known, text: string): readonly CompletionItem[] {
  const sketch = sketchOf(text);
  const statement = statementOf(sketch);
  const already = reasons(known, { ...statement, from: null });
  return byName(known.manifest.schemas).map((schema) => {
    const from = { name: schema.name, quoted: true, span: statement.span };
    const serves = sketch.items.length === 0 || fits(known, { ...statement, from }, already, UNFINISHED);
    return schemaItem(known, schema, serves ? 0 : 1);
  });
}

/** After VIA: the bridges, those first that lead to the dimension. */
export function bridgeItems(known: Known, dimension: string): readonly CompletionItem[] {
  const leading = bridgesTo(known, dimension);
  return known.manifest.bridges.map((bridge) =>
    item('bridge', bridge.via, leading.includes(bridge) ? 0 : 1, {
      detail: `${bridge.child} ↔ ${bridge.parent}`,
      doc: bridgeCard(bridge).doc,
      insert: printName(bridge.via),
    }),
  );
}

/** A column of the answer; its type is null where the text does not resolve yet. */
export interface OutputColumn {
  readonly name: string;
  readonly type: string | null;
  readonly role: 'anchor' | 'determined' | 'series';
}

/** The columns of the answer, as far as the text tells. */
export function outputColumns({ manifest, facts }: Known, sketch: Sketch): readonly OutputColumn[] {
  const points = sketch.points ?? [];
  const named = sketch.items.flatMap((each) => outputName(each) ?? []);
  const resolution = resolve(manifest, facts, statementOf(sketch));
  if (resolution.ok) {
    return resolution.query.columns
      .filter(({ name }) => named.includes(name) || points.some((point) => point.name === name))
      .map(({ name, type, kind }) => ({ name, type: printType(type), role: kind }));
  }
  const leading = points.map(({ name }) => name).filter((name) => !named.includes(name));
  return [
    ...leading.map((name) => ({ name, type: null, role: 'anchor' as const })),
    ...named.map((name) => ({
      name,
      type: null,
      role: points.some((point) => point.name === name) ? ('anchor' as const) : ('series' as const),
    })),
  ];
}

/** In HAVING and ORDER BY: the columns of the answer, series first. */
export function outputItems(known: Known, text: string, rank: number): readonly CompletionItem[] {
  return outputColumns(known, sketchOf(text)).map(({ name, type, role }) =>
    item('column', name, role === 'series' ? rank : rank + 1, { detail: type ?? '', insert: printName(name) }),
  );
}

/** After PER: the dimensions of AT that are not named yet, those that ORDER BY begins with first. */
export function perItems(known: Known, text: string, { from, to }: Caret): readonly CompletionItem[] {
  const outline = outlineOf(text);
  const per = clauseNamed(outline, 'PER')?.tokens ?? [];
  const taken = pointsOf(per.filter((token) => token.span.to <= from || token.span.from >= to)).map(({ name }) => name);
  const keys = pointsOf(clauseNamed(outline, 'ORDER BY')?.tokens ?? []).map(({ name }) => name);
  const columns = outputColumns(known, sketchOf(text)).filter(
    ({ role, name }) => role === 'anchor' && !taken.includes(name),
  );
  return columns.map(({ name, type }) =>
    item('dimension', name, keys.includes(name) ? 0 : 1, { detail: type ?? '', insert: printName(name) }),
  );
}
