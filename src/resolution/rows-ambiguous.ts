import type { Schema } from '../collection/manifest.ts';
import type { Expr, SelectItem, Statement } from '../frameql/ast.ts';
import type { MetricPlace } from './metric.ts';
import type { Names } from './names.ts';
import { anchorPoints } from './nearby.ts';
import type { Remedy } from './refusal.ts';
import { mentions, nameAt, point, queryText, queryWith, withoutDimension } from './rewrite.ts';

/**
 * Rows are counted (`subject`), or coordinates listed (null), and it is not said of which schema: one choice each, those
 * that the other series are read from first. Where none reaches the anchor, one choice a dimension that could go.
 */
export function tellRowsAmbiguous(
  place: MetricPlace,
  subject: string | null,
  schemas: readonly Schema[],
  roots: ReadonlySet<string>,
  at: Expr | undefined,
): undefined {
  const { statement, causes } = place;
  const ordered = [...schemas.filter(({ name }) => roots.has(name)), ...schemas.filter(({ name }) => !roots.has(name))];
  const remedies =
    schemas.length === 0 ? fewerDimensions(statement) : ordered.flatMap((schema) => rowsOf(place, schema, roots, at));
  const anchor = place.points.map((each) => each.name);
  const parameters = { subject, anchor, schemas: schemas.map((each) => each.name) };
  return causes.add('ROWS_AMBIGUOUS', parameters, at?.span ?? statement.span, remedies);
}

/** The rows of a schema, said with FROM; where other series would stand in the way, by the metric that counts its rows, or alone. */
function rowsOf(
  { manifest, names, statement }: MetricPlace,
  { name }: Schema,
  roots: ReadonlySet<string>,
  at: Expr | undefined,
): readonly Remedy[] {
  const label = `The rows of ${name}`;
  if (roots.size === 0) return [{ label, query: queryText({ ...statement, from: point(name) }) }];
  const counting = manifest.metricFamilies.find(
    (family) => family.kind === 'root' && family.root.schema === name && family.root.column === null,
  );
  if (at?.kind === 'call' && at.star && counting !== undefined) {
    return [{ label: `${label}: ${counting.name}`, query: queryWith(statement, at, nameAt(counting.name, at)) }];
  }
  const items = statement.items.filter((item) => !readsElsewhere(names, item, name));
  return items.length === 0
    ? []
    : [{ label: `${label}, without other series`, query: queryText({ ...statement, items, from: point(name) }) }];
}

function readsElsewhere(names: Names, { expr }: SelectItem, schema: string): boolean {
  const isElsewhere = (written: string): boolean => {
    const meaning = names.meaningOf(written);
    if (meaning?.kind !== 'family') return false;
    return meaning.families.some((family) =>
      family.kind === 'derived' ? family.inputs.some(isElsewhere) : family.root.schema !== schema,
    );
  };
  return mentions(expr, isElsewhere);
}

function fewerDimensions(statement: Statement): readonly Remedy[] {
  return anchorPoints(statement).flatMap(({ name }) => {
    const rest = withoutDimension(statement, name);
    return rest === null ? [] : [{ label: `Without ${name}`, query: queryText(rest) }];
  });
}
