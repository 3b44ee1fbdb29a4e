import { canonicalJson } from '../canon/canonical-json.ts';
import type { RootFamily } from '../collection/manifest.ts';
import { INT64, type LogicalType } from '../columns/logical-type.ts';
import type { Expr } from '../frameql/ast.ts';
import { printExpr } from '../frameql/printer.ts';
import type { OperatorDefinition } from '../operators/catalog.ts';
import type { Expression } from '../operators/expression.ts';
import type { CombiningState } from '../operators/state.ts';
import { canonicalExpression } from './where.ts';

/** What an operator is applied to, before it is settled from which schema it is read. */
export interface OperatorArguments {
  /** Over measures (`#column`) and dimensions; null: the rows. */
  readonly value: Expression | null;
  readonly weight: Expression | null;
  readonly q: number | null;
  /** The dimension that orders rows, for FIRST and LAST. */
  readonly order: string | null;
  readonly combine: CombiningState | null;
  /** The question says `combine => SUM`: a sum across all but the order, which the family must allow. */
  readonly sumsPeriod: boolean;
}

/** An operator over rows, as asked; which schema serves it is settled later. */
export interface Aggregate extends OperatorArguments {
  /** `#0`, `#1`, …: what series expressions refer to; no name of a collection begins with `#`. */
  readonly name: string;
  /** As a person reads it: `revenue`, `SUM(revenue - cost)`. */
  readonly label: string;
  readonly operator: OperatorDefinition;
  /** Families it is of, each with the same root schema; none for rows and operators over dimensions. */
  readonly families: readonly RootFamily[];
  readonly inputType: LogicalType;
  readonly type: LogicalType;
  readonly expr: Expr;
}

/** Arguments of an operator that takes a value only. */
export function valueOnly(value: Expression | null): OperatorArguments {
  return { value, weight: null, q: null, order: null, combine: null, sumsPeriod: false };
}

/** How a family's own reducer orders rows and merges those of one period. */
export function familyOrder(
  family: RootFamily,
  operator: OperatorDefinition,
): Pick<OperatorArguments, 'order' | 'combine'> {
  const reducer = operator.isOrdered ? family.ipReducers.find((each) => each.operator === operator.name) : undefined;
  return { order: reducer?.order ?? null, combine: COMBINING[reducer?.combine ?? ''] ?? null };
}

/** The states that rows of one period merge in, by the operator that a person names. */
export const COMBINING: Readonly<Record<string, CombiningState>> = { SUM: 'sum', MIN: 'min', MAX: 'max' };

/** Name under which a schema's own measure column is an input; no logical name begins with `#`. */
export function measureName(physical: string): string {
  return `#${physical}`;
}

/** What is asked of an operator, before it has a name. */
export type Asked = Omit<Aggregate, 'name' | 'type' | 'inputType'>;

/** The aggregates of one level in text order, each once. */
export class AggregateList {
  private readonly byKey = new Map<string, Aggregate>();
  private readonly nextName: () => string;

  constructor(nextName: () => string) {
    this.nextName = nextName;
  }

  /** The aggregate asked for: the one that was asked for before, where it is the same. */
  add(asked: Asked): Aggregate {
    const key = aggregateKey(asked);
    const known = this.byKey.get(key);
    if (known !== undefined) return known;
    const inputType = asked.value?.type ?? INT64;
    const aggregate = { ...asked, inputType, name: this.nextName(), type: asked.operator.result(inputType) };
    this.byKey.set(key, aggregate);
    return aggregate;
  }

  all(): readonly Aggregate[] {
    return [...this.byKey.values()];
  }
}

function aggregateKey({ operator, families, value, weight, q, order, combine }: Asked): string {
  const [root] = families.map(
    (family) => `${family.root.schema} ${family.root.where === null ? '' : printExpr(family.root.where)}`,
  );
  const names = families.map((each) => each.name).join();
  const read = [value, weight]
    .map((each) => (each === null ? '*' : canonicalJson(canonicalExpression(each))))
    .join(' ');
  return `${operator.name} ${root ?? ''} ${read} ${q} ${order} ${combine} ${names}`;
}
