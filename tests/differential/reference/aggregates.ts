import { type Expr, namesIn, type Question } from '../question.ts';
import { type Operator, type RootFamily, type Table, tableNamed, type World } from '../world.ts';

/** An operator over the rows of a table. */
export interface Aggregate {
  readonly key: string;
  readonly operator: Operator;
  readonly table: Table;
  /** null: the rows. */
  readonly argument: Expr | null;
  readonly families: readonly RootFamily[];
}

/** The aggregates of the items, each once; ambiguous where it is not said whose rows one counts. */
export function aggregatesOf(
  world: World,
  { items, from }: Question,
): {
  readonly aggregates: readonly Aggregate[];
  readonly isAmbiguous: boolean;
} {
  const found = new Map<string, Omit<Aggregate, 'table'> & { readonly table: string | null }>();
  const visit = (expr: Expr): void => {
    switch (expr.kind) {
      case 'literal':
        return;
      case 'name': {
        const family = world.families.find((each) => each.name === expr.name);
        if (family?.kind === 'derived') visit(family.formula);
        else if (family !== undefined) found.set(family.name, bare(family));
        return;
      }
      case 'call':
        found.set(keyOfCall(expr), call(world, expr));
        return;
      case 'negate':
      case 'not':
        visit(expr.operand);
        return;
      case 'arithmetic':
      case 'compare':
        visit(expr.left);
        visit(expr.right);
        return;
      case 'and':
      case 'or':
        expr.operands.forEach(visit);
    }
  };
  for (const { expr } of items) visit(expr);
  const roots = new Set([...found.values()].flatMap(({ table }) => table ?? []));
  const only = from ?? (roots.size === 1 ? ([...roots][0] ?? null) : null);
  const aggregates = [...found.values()].flatMap((each): readonly Aggregate[] => {
    const table = each.table ?? only;
    return table === null ? [] : [{ ...each, table: tableNamed(world, table) }];
  });
  return { aggregates, isAmbiguous: aggregates.length < found.size };
}

function bare(family: RootFamily) {
  const operator = family.reducers[0]?.operator ?? 'COUNT';
  const argument: Expr | null = family.column === null ? null : { kind: 'name', name: family.name };
  return {
    key: family.name,
    operator: argument === null ? ('COUNT(*)' as const) : operator,
    table: family.table,
    argument,
    families: [family],
  };
}

function call(world: World, expr: Extract<Expr, { kind: 'call' }>) {
  const { argument } = expr;
  const families = namesIn(argument).flatMap((name) =>
    world.families.flatMap((each) => (each.kind === 'root' && each.name === name ? [each] : [])),
  );
  const [first] = families;
  const isRows = argument === null || first?.column === null;
  return {
    key: keyOfCall(expr),
    operator: isRows ? ('COUNT(*)' as const) : operatorOf(expr.operator),
    table: first?.table ?? null,
    argument: isRows ? null : argument,
    families,
  };
}

/** A call by what it says: equal calls are one aggregate. */
export function keyOfCall(expr: Extract<Expr, { kind: 'call' }>): string {
  return JSON.stringify(expr, bigintText);
}

function operatorOf(word: string): Operator {
  const operators: readonly Operator[] = ['SUM', 'COUNT', 'MIN', 'MAX', 'AVG', 'MEDIAN', 'COUNT_DISTINCT'];
  const operator = operators.find((each) => each === word);
  if (operator === undefined) throw new RangeError(`reference: there is no operator ${word}`);
  return operator;
}

function bigintText(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? `${value}n` : value;
}
