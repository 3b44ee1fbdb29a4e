import { compareCodePoints } from '../../canon/code-point.ts';
import type { Expr } from '../../frameql/ast.ts';
import type { MetricFamily } from '../manifest.ts';
import { nearestNames } from '../nearest-names.ts';
import type { CompileContext } from './draft.ts';
import { namesIn, readCondition, renamed } from './expression.ts';
import { reaches, type Structure } from './structure.ts';

/** The collection's filter over dimensions and attributes; the column names of the name map are understood. */
export function readFilter(context: CompileContext, structure: Structure): Expr | null {
  const { document, nameMap, positions, report } = context;
  if (document.filter === undefined) return null;
  const text = document.filter;
  const logicalOf = new Map([...nameMap].map(([logical, physical]) => [physical, logical]));
  const nameOf = (name: string) => {
    const known = structure.dimensions.has(name) || structure.attributes.has(name);
    return known ? name : (logicalOf.get(name) ?? name);
  };
  const expr = readCondition(context, { text, path: ['filter'], subject: 'The filter' }, (written, span) => {
    const name = nameOf(written);
    const thing = structure.dimensions.get(name) ?? structure.attributes.get(name);
    if (thing !== undefined) return structure.assumed.names.has(name) ? undefined : thing.type;
    const suggestions = nearestNames(name, [...structure.dimensions.keys(), ...structure.attributes.keys()]);
    const place = positions.inside(['filter'], text, span.from);
    report.issue('UNKNOWN_DIMENSION', { name, usedBy: 'The filter', suggestions }, place);
    return undefined;
  });
  return expr === undefined ? null : renamed(expr, nameOf);
}

/** Says which schemas that hold metrics the filter does not scope: those that do not reach all its names. */
export function findUnscoped(
  { positions, report }: CompileContext,
  structure: Structure,
  filter: Expr,
  families: readonly MetricFamily[],
): void {
  const holders = new Set(
    families.flatMap((family) =>
      family.kind === 'root' ? [family.root.schema, ...family.siblings.map((sibling) => sibling.schema)] : [],
    ),
  );
  for (const name of [...holders].sort(compareCodePoints)) {
    const schema = structure.schemas.get(name);
    if (schema === undefined) continue;
    const names = [...namesIn(filter).keys()].filter((each) => !reaches(structure, schema, each));
    if (names.length === 0) continue;
    report.finding(
      'FILTER_NOT_SCOPED',
      { schema: name, names: names.sort(compareCodePoints) },
      positions.value(['filter']),
    );
  }
}
