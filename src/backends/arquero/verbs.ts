import { exactDigits, isNumeric, printType } from '../../columns/logical-type.ts';
import type { Scalar } from '../../columns/scalar.ts';
import type { Expression } from '../../operators/expression.ts';
import { stateColumnName } from '../../protocol/decode-aggregate.ts';
import type { AggregateRequest, StateRequest } from '../../protocol/request.ts';
import type { Input } from '../../resolution/access.ts';
import type { MapExpression } from '../function-table.ts';
import { inputNamed } from '../sql/grouping.ts';
import { truthCode, valueCode } from './expression-code.ts';
import { type ArqueroTables, freeName } from './held-tables.ts';
import { type ExpressionScope, exactCode, isSafe } from './number-code.ts';

/** What is asked of Arquero for a request: expressions in its language, and what they stand on. */
export interface Verbs {
  /** The inputs by the columns that they are read from; those with steps are not there yet. */
  readonly columns: ReadonlyMap<string, Input>;
  /** The columns that filter and states read. */
  readonly read: ReadonlySet<string>;
  /** Sets of values that expressions refer to as `$.name`. */
  readonly sets: ReadonlyMap<string, readonly Scalar[]>;
  /** Functions by the columns that their tables make of their inputs; none is there yet. */
  readonly maps: ReadonlyMap<string, MapExpression>;
  readonly filter: string | null;
  /** What is grouped by beside the keys, by the name in the result: the column to be derived, and its expression. */
  readonly values: ReadonlyMap<string, { readonly column: string; readonly code: string }>;
  /** Aggregates by the column of the result that they give. */
  readonly rollup: ReadonlyMap<string, string>;
  /** A name that no column has: the column to group by. */
  readonly coordinate: string;
}

/** Integers of a column that is not here yet may be as large as these. */
const LARGEST_INT64 = 2n ** 63n;

/** Writes the verbs of a request; nothing is read but what is held of its columns. */
export function writeVerbs(held: ArqueroTables, request: AggregateRequest): Verbs {
  const table = held.find(request.table);
  const columns = new Map<string, Input>();
  const taken = table?.columns.map(({ stored }) => stored) ?? request.inputs.map(({ access }) => access.column);
  const names = new Map<string, string>();
  for (const input of request.inputs) {
    const stored = held.findColumn(request.table, input.access.column)?.stored ?? input.access.column;
    const isOwn = input.access.steps.length === 0;
    const name = isOwn ? stored : freeName(input.name, [...taken, ...columns.keys()]);
    names.set(input.name, name);
    columns.set(name, input);
  }
  const read = new Set<string>();
  const sets = new Map<string, readonly Scalar[]>();
  const maps = new Map<string, MapExpression>();
  const derived: string[] = [];
  const freeColumn = (name: string) => {
    const free = freeName(name, [...taken, ...columns.keys(), ...derived]);
    derived.push(free);
    return free;
  };
  const scope: ExpressionScope = {
    column: (name) => {
      const column = names.get(name) ?? name;
      read.add(column);
      return {
        code: `d[${JSON.stringify(column)}]`,
        largest: largestOf(held, request, inputNamed(request, name)),
      };
    },
    set: (values) => {
      const name = `in${sets.size}`;
      sets.set(name, values);
      return `$.${name}`;
    },
    map: (map) => {
      const known = [...maps].find(([, each]) => each === map)?.[0];
      const name = known ?? freeColumn(`map${maps.size}`);
      maps.set(name, map);
      return `d[${JSON.stringify(name)}]`;
    },
    truth: (condition) => truthCode(condition, true, scope),
  };
  /** An expression takes `$`, the sets, only where it declares it. */
  const lambda = (write: () => string) => {
    const before = sets.size;
    const code = write();
    return `${sets.size > before ? '(d, $)' : 'd'} => ${code}`;
  };
  const rollup = new Map<string, string>();
  for (const state of request.states) {
    for (const [column, write] of aggregates(state, scope, table?.rowCount)) {
      rollup.set(stateColumnName(state, column), lambda(write));
    }
  }
  const { filter: filterOf } = request;
  const filter = filterOf === null ? null : lambda(() => truthCode(filterOf, true, scope));
  const values = new Map(
    request.values.map(({ name, expression }) => {
      const code = lambda(() => valueCode(expression, scope));
      return [name, { column: freeColumn(name), code }];
    }),
  );
  return { columns, read, sets, maps, filter, values, rollup, coordinate: freeColumn('coordinate') };
}

/** The largest magnitude that an input may have: that of the column where its last climb ends. */
function largestOf(held: ArqueroTables, { table }: AggregateRequest, { type, access }: Input): bigint {
  if (exactDigits(type) === undefined) return 0n;
  const last = access.steps.at(-1);
  const column =
    last?.kind === 'lookup' ? held.findColumn(last.source, last.parentColumn) : held.findColumn(table, access.column);
  return column?.largest ?? LARGEST_INT64;
}

/** How the aggregates of a state are written, by the state's columns. */
function aggregates(
  state: StateRequest,
  scope: ExpressionScope,
  rowCount: number | undefined,
): readonly (readonly [column: string, write: () => string])[] {
  const over = (aggregate: string) => () => `op.${aggregate}(${valueCode(inputOf(state), scope)})`;
  switch (state.state) {
    case 'coordinates':
      return [];
    case 'rows':
      return [['rows', () => 'op.count()']];
    case 'count':
      return [['count', over('valid')]];
    case 'distinct':
      return [['distinct', over('count_distinct')]];
    case 'min':
    case 'max':
      return [[state.state, over(inputOf(state).type.kind === 'text' ? `text_${state.state}` : state.state)]];
    case 'median':
      requireNumber(state);
      return [
        ['low', over('low_middle')],
        ['high', over('high_middle')],
      ];
    case 'sum':
      requireNumber(state);
      return [['sum', () => sumCode(inputOf(state), scope, rowCount)]];
  }
}

/** Doubles hold an exact sum where the largest magnitude of all its rows together is safe. */
function sumCode(input: Expression, scope: ExpressionScope, rowCount: number | undefined): string {
  const digits = exactDigits(input.type);
  if (digits === undefined) return `op.sum(${valueCode(input, scope)})`;
  const { code, largest } = exactCode(input, digits, scope);
  const isDouble = rowCount !== undefined && isSafe(largest) && isSafe(largest * BigInt(rowCount));
  return `op.${isDouble ? 'sum' : 'exact_sum'}(${code})`;
}

function inputOf({ name, state, input }: StateRequest): Expression {
  if (input === null) throw new RangeError(`aggregate: state ${name} (${state}) has no input expression`);
  return input;
}

function requireNumber(state: StateRequest): void {
  const { type } = inputOf(state);
  if (!isNumeric(type)) {
    throw new TypeError(`aggregate: state ${state.name} (${state.state}) takes numbers, found ${printType(type)}`);
  }
}
