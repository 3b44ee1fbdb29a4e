import { type Call, childrenOf, type Expr } from '../expr.ts';
import { type Combining, combiningOf, type Operator } from '../operators.ts';
import { isReducing } from '../typing.ts';
import { type RootFamily, type Table, tableNamed, type World } from '../world.ts';
import type { Context } from './context.ts';
import type { Aggregate } from './leaf.ts';

/** Whether an operator applies to a family that it must be listed by. */
export function lists({ reducers }: RootFamily, operator: Operator): boolean {
  return reducers.some((each) => each.operator === operator);
}

/** A family by itself: its first reducer. */
export function bare(world: World, family: RootFamily, key: string): Aggregate {
  if (family.column === null) return rows(key, [family], tableNamed(world, family.table));
  const [reducer] = family.reducers;
  return {
    kind: 'aggregate',
    key,
    operator: reducer?.operator ?? 'COUNT',
    argument: { kind: 'name', name: family.name },
    weight: null,
    q: null,
    order: reducer?.order ?? null,
    combine: reducer?.combine ?? null,
    sumsPeriod: false,
    families: [family],
    table: tableNamed(world, family.table),
  };
}

/** The number of rows. */
export function rows(key: string, families: readonly RootFamily[], table: Table | null = null): Aggregate {
  return {
    kind: 'aggregate',
    key,
    operator: 'COUNT',
    argument: null,
    weight: null,
    q: null,
    order: null,
    combine: null,
    sumsPeriod: false,
    families,
    table,
  };
}

/** What `combine =>` names. */
export function combineIn(expr: Call): Combining | null {
  return combiningOf(expr.named.find(({ name }) => name === 'combine')?.value);
}

/** The literal q of a quantile. */
export function quantileIn({ callee, args }: Call): number | null {
  const [, q] = args;
  if (!callee.endsWith('QUANTILE') || q?.kind !== 'literal') return null;
  if (q.value.kind === 'exact') return Number(q.value.units) / 10 ** q.value.digits;
  return q.value.kind === 'double' ? q.value.value : null;
}

/** Whether a series stands in the expression outside its inner anchors. */
export function hasBareSeries(context: Context, expr: Expr): boolean {
  if (expr.kind === 'at') return false;
  if (expr.kind === 'name') return context.isFamily(expr.name);
  if (expr.kind === 'call' && isReducing(expr.callee)) return true;
  return childrenOf(expr).some((each) => hasBareSeries(context, each));
}

/** Whether an operator or a window stands in the expression. */
export function holdsReduction(expr: Expr): boolean {
  if (expr.kind === 'call' && isReducing(expr.callee)) return true;
  return childrenOf(expr).some(holdsReduction);
}
