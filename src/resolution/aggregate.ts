import type { RootFamily } from '../collection/manifest.ts';
import type { LogicalType } from '../columns/logical-type.ts';
import type { Expr } from '../frameql/ast.ts';
import { printExpr } from '../frameql/printer.ts';
import type { OperatorDefinition } from '../operators/catalog.ts';
import type { Expression } from '../operators/expression.ts';
import { expressionKey } from './where.ts';

/** An operator over rows, as asked; which schema serves it is settled later. */
export interface Aggregate {
  /** `#0`, `#1`, …: what series expressions refer to; no name of a collection begins with `#`. */
  readonly name: string;
  /** As a person reads it: `revenue`, `SUM(revenue - cost)`. */
  readonly label: string;
  readonly operator: OperatorDefinition;
  /** Families it is of, each with the same root schema; none for rows and operators over dimensions. */
  readonly families: readonly RootFamily[];
  /** Over measures (`#column`) and dimensions; null: the rows. */
  readonly value: Expression | null;
  readonly inputType: LogicalType;
  readonly type: LogicalType;
  readonly expr: Expr;
}

/** Name under which a schema's own measure column is an input; no logical name begins with `#`. */
export function measureName(physical: string): string {
  return `#${physical}`;
}

/** What is asked of an operator, before it has a name. */
export type Asked = Omit<Aggregate, 'name' | 'type'>;

/** The aggregates of one statement in text order, each once. */
export class AggregateList {
  private readonly byKey = new Map<string, Aggregate>();

  /** The aggregate asked for: the one that was asked for before, where it is the same. */
  add(asked: Asked): Aggregate {
    const key = aggregateKey(asked);
    const known = this.byKey.get(key);
    if (known !== undefined) return known;
    const aggregate = { ...asked, name: `#${this.byKey.size}`, type: asked.operator.result(asked.inputType) };
    this.byKey.set(key, aggregate);
    return aggregate;
  }

  all(): readonly Aggregate[] {
    return [...this.byKey.values()];
  }
}

function aggregateKey({ operator, families, value }: Asked): string {
  const [root] = families.map(
    (family) => `${family.root.schema} ${family.root.where === null ? '' : printExpr(family.root.where)}`,
  );
  const names = families.map((each) => each.name).join();
  return `${operator.name} ${root ?? ''} ${value === null ? '*' : expressionKey(value)} ${names}`;
}
