import { exactDigits, INT64, type LogicalType } from '../../columns/logical-type.ts';
import { type BackendState, STATES } from '../../operators/state.ts';
import { resultColumns, stateColumnName } from '../../protocol/decode-aggregate.ts';
import type { AggregateRequest, StateRequest } from '../../protocol/request.ts';
import type { Access } from '../../resolution/access.ts';
import { ClimbJoins } from './climb-joins.ts';
import type { Dialect, Integers, ValueMerge } from './dialect.ts';
import { type ExpressionScope, expressionSql, groupedSql, isSafeBound, SAFE, stateInputSql } from './expression-sql.ts';
import { chooseGrouping, type Grouping, inputNamed } from './grouping.ts';
import { OWN_NAMES, type SqlNames } from './sql-names.ts';
import type { TableProfile } from './table-profile.ts';

/**
 * What is known of the tables: where names are held, the profile of the request's table, and upper bounds on the magnitude
 * of columns of exact numbers. `codedKeys`: keys that are held in a coded form, and come as codes instead of texts.
 */
export interface TableKnowledge {
  readonly names?: SqlNames;
  readonly profile?: TableProfile;
  readonly magnitude?: Magnitudes;
  readonly codedKeys?: ReadonlySet<string>;
}

/** An upper bound on the magnitude of a column of exact numbers; undefined: none is known. */
export type Magnitudes = (table: string, column: string) => bigint | undefined;

/** How a statement is written down: with what is known of the tables, and with some keys as codes. */
interface Spelling {
  readonly dialect: Dialect;
  readonly names: SqlNames;
  readonly codedKeys: ReadonlySet<string>;
  readonly magnitude: Magnitudes;
  readonly rowCount: number | undefined;
}

/** A column of a statement: its name, the SQL that gives it, and what to group by where it is a key or a value. */
interface Output {
  readonly name: string;
  readonly sql: string;
  readonly group?: string;
}

/**
 * The statement that answers a request: keys, values, then state columns, under the names that `decodeAggregate` reads. Sums
 * and counts of exact numbers are exact, and grouping takes NULL as one value. Without keys the result is one row; without
 * any column it is the row `()`. Throws `RangeError` where the request names an input that it does not have.
 */
export function generateAggregate(request: AggregateRequest, dialect: Dialect, knowledge: TableKnowledge = {}): string {
  // Without keys there is always exactly one coordinate, whatever the rows.
  if (resultColumns(request).length === 0) return `SELECT 1 AS ${dialect.identifier('()')}`;
  const { names = OWN_NAMES, codedKeys = new Set<string>(), magnitude = () => undefined, profile } = knowledge;
  const spelling = { dialect, names, codedKeys, magnitude, rowCount: profile?.rowCount };
  const grouping = chooseGrouping(request, profile);
  return grouping.kind === 'rows' ? groupRows(request, grouping, spelling) : groupGroups(request, grouping, spelling);
}

function groupRows(
  request: AggregateRequest,
  { filter }: Extract<Grouping, { kind: 'rows' }>,
  spelling: Spelling,
): string {
  const { dialect, names } = spelling;
  const climbs = new ClimbJoins(dialect, names, rootColumn(request, dialect, names));
  const scope = scopeOf(request, spelling, climbs);
  const inputs = stateInputs(request, scope, spelling);
  const outputs = [
    ...keyOutputs(request, scope, spelling),
    ...valueOutputs(request, scope),
    ...stateOutputs(dialect, inputs, (input) => rowAggregates(input, dialect)),
  ];
  const where = filter.map((term) => expressionSql(term, scope));
  return select(outputs, fromTable(request, dialect, names), climbs.joins(), where, dialect);
}

function groupGroups(
  request: AggregateRequest,
  { columns, rowFilter, groupFilter }: Extract<Grouping, { kind: 'groups' }>,
  spelling: Spelling,
): string {
  const { dialect, names } = spelling;
  const root = rootColumn(request, dialect, names);
  const tables = new ClimbJoins(dialect, names, root);
  const rowScope = scopeOf(request, spelling, tables);
  const inputs = stateInputs(request, rowScope, spelling);
  const grouped = columns.map(({ column }, position) => ({
    name: `d${position}`,
    sql: root(column),
    group: root(column),
  }));
  const parts = inputs.flatMap((input, position) =>
    rowAggregates(input, dialect).map((sql, column) => ({ name: partName(position, column), sql })),
  );
  const rowWhere = rowFilter.map((term) => expressionSql(term, rowScope));
  const from = fromTable(request, dialect, names);
  const inner = select([...grouped, ...parts], from, tables.joins(), rowWhere, dialect);

  const alias = dialect.identifier('g');
  const positions = new Map(columns.map(({ column }, position) => [column, position]));
  const climbs = new ClimbJoins(
    dialect,
    names,
    (column) => `${alias}.${dialect.identifier(`d${positions.get(column)}`)}`,
  );
  const scope = scopeOf(request, spelling, climbs);
  const merged = ({ state, integers }: StateInput, position: number) => {
    const merge = mergeOf(state.state);
    if (merge === null) return [];
    const part = (column: number) => `${alias}.${dialect.identifier(partName(position, column))}`;
    return stateColumns(state).map((_, column) => dialect.merge[merge](part(column), integers));
  };
  const outputs = [
    ...keyOutputs(request, scope, spelling),
    ...valueOutputs(request, scope),
    ...stateOutputs(dialect, inputs, merged),
  ];
  const where = groupFilter.map((term) => expressionSql(term, scope));
  return select(outputs, `FROM (\n${inner}\n) AS ${alias}`, climbs.joins(), where, dialect);
}

function select(
  outputs: readonly Output[],
  from: string,
  joins: readonly string[],
  where: readonly string[],
  dialect: Dialect,
): string {
  const groups = outputs.flatMap(({ group }) => (group === undefined ? [] : [group]));
  const lines = [
    `SELECT ${outputs.map(({ name, sql }) => `${sql} AS ${dialect.identifier(name)}`).join(', ')}`,
    from,
    ...joins,
  ];
  if (where.length > 0) lines.push(`WHERE ${where.join(' AND ')}`);
  if (groups.length > 0) lines.push(`GROUP BY ${groups.join(', ')}`);
  return lines.join('\n');
}

function fromTable({ table }: AggregateRequest, { identifier }: Dialect, names: SqlNames): string {
  return `FROM ${identifier(names.table(table))} AS ${identifier('t')}`;
}

function rootColumn({ table }: AggregateRequest, { identifier }: Dialect, names: SqlNames) {
  return (column: string) => `${identifier('t')}.${identifier(names.column(table, column))}`;
}

function scopeOf(request: AggregateRequest, { dialect, magnitude }: Spelling, climbs: ClimbJoins): ExpressionScope {
  return {
    dialect,
    column: (name) => climbs.value(inputNamed(request, name).access),
    magnitude: (name) => reachedMagnitude(request.table, inputNamed(request, name).access, magnitude),
    map: (map) => climbs.mapped(map, inputNamed(request, map.operand.name).access),
  };
}

/** Bound on the values that an access gives: those of the column where its last climb ends. */
function reachedMagnitude(table: string, { column, steps }: Access, magnitude: Magnitudes): bigint | undefined {
  const last = steps.at(-1);
  if (last === undefined) return magnitude(table, column);
  return last.kind === 'lookup' ? magnitude(last.source, last.parentColumn) : undefined;
}

function keyOutputs(
  request: AggregateRequest,
  { dialect, column, magnitude }: ExpressionScope,
  { codedKeys }: Spelling,
): readonly Output[] {
  return request.keys.map((name) => {
    const group = column(name);
    const { type } = inputNamed(request, name);
    const isSafe = exactDigits(type) === undefined || isSafeBound(magnitude(name));
    const sql = codedKeys.has(name) ? dialect.code(group) : dialect.key(group, type, isSafe);
    return { name, sql, group };
  });
}

/** What is grouped by like keys: a column as it is stored, everything else as it comes, by its place. */
function valueOutputs(request: AggregateRequest, scope: ExpressionScope): readonly Output[] {
  const { dialect } = scope;
  return request.values.map(({ name, expression }, position) => {
    const { sql, isSafe } = groupedSql(expression, scope);
    const isStored = expression.kind === 'column' && expression.type.kind !== 'double';
    return {
      name,
      sql: dialect.key(sql, expression.type, isSafe),
      group: isStored ? scope.column(expression.name) : String(request.keys.length + position + 1),
    };
  });
}

/** What a state of a request aggregates, in SQL; `*` where it reads no input. */
interface StateInput {
  readonly state: StateRequest;
  readonly sql: string;
  readonly integers: Integers;
}

function stateInputs(request: AggregateRequest, scope: ExpressionScope, { rowCount }: Spelling): readonly StateInput[] {
  return request.states.map((state) => {
    if (!STATES[state.state].hasInput) return { state, sql: '*', integers: SAFE };
    if (state.input === null) {
      throw new RangeError(`aggregate: state ${state.name} (${state.state}) has no input expression`);
    }
    return { state, ...stateInputSql(state.input, scope, rowCount) };
  });
}

function stateOutputs(
  dialect: Dialect,
  inputs: readonly StateInput[],
  aggregates: (input: StateInput, position: number) => readonly string[],
): readonly Output[] {
  return inputs.flatMap((input, position) => {
    const { state, integers } = input;
    const sql = aggregates(input, position);
    const isCount = STATES[state.state].empty === 'zero';
    const isSafe = isCount || (state.state === 'sum' ? integers.total : integers.each) === 'safe';
    return stateColumns(state).map(({ name, type }, column) => ({
      name,
      sql: dialect.result(sql[column] ?? '', type, STATES[state.state].empty, isSafe),
    }));
  });
}

/** The aggregates of a state over rows, one a column. */
function rowAggregates({ state, sql, integers }: StateInput, dialect: Dialect): readonly string[] {
  return state.state === 'coordinates' ? [] : dialect.aggregate[state.state](sql, integers);
}

function stateColumns(state: StateRequest): readonly { readonly name: string; readonly type: LogicalType }[] {
  return STATES[state.state]
    .columns(state.inputType ?? INT64, null)
    .map(({ name, type }) => ({ name: stateColumnName(state, name), type }));
}

/** How the parts of a state merge; null where there is nothing to merge. */
function mergeOf(state: BackendState): ValueMerge | null {
  const { merge } = STATES[state];
  return merge === 'add' || merge === 'min' || merge === 'max' ? merge : null;
}

/** Columns of the first grouping are internal, so that no name of a request can collide with them. */
function partName(state: number, column: number): string {
  return `p${state}_${column}`;
}
