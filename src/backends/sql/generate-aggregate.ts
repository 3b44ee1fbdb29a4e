import type { LogicalType } from '../../columns/logical-type.ts';
import { INT64 } from '../../columns/logical-type.ts';
import { STATES } from '../../operators/state.ts';
import { resultColumns, stateColumnName } from '../../protocol/decode-aggregate.ts';
import type { AggregateRequest, StateRequest } from '../../protocol/request.ts';
import { ClimbJoins } from './climb-joins.ts';
import type { Dialect } from './dialect.ts';
import { type ExpressionScope, expressionSql, stateInputSql } from './expression-sql.ts';
import { chooseGrouping, type Grouping, inputNamed } from './grouping.ts';
import { OWN_NAMES, type SqlNames } from './sql-names.ts';
import type { TableProfile } from './table-profile.ts';

/**
 * What is known of the tables: where names are held, and the profile of the request's table. `codedKeys`: keys that are
 * held in a coded form, and come as codes instead of texts.
 */
export interface TableKnowledge {
  readonly names?: SqlNames;
  readonly profile?: TableProfile;
  readonly codedKeys?: ReadonlySet<string>;
}

/** How a statement is written down: with the names that tables are held under, and with some keys as codes. */
interface Spelling {
  readonly dialect: Dialect;
  readonly names: SqlNames;
  readonly codedKeys: ReadonlySet<string>;
}

/** A column of a statement: its name, the SQL that gives it, and what to group by where it is a key. */
interface Output {
  readonly name: string;
  readonly sql: string;
  readonly group?: string;
}

/**
 * The statement that answers a request: keys, then state columns, under the names that `decodeAggregate` reads. Sums
 * and counts of exact numbers are exact, and grouping takes NULL as one value. Without keys the result is one row; without
 * any column it is the row `()`. Throws `RangeError` where the request names an input that it does not have.
 */
export function generateAggregate(request: AggregateRequest, dialect: Dialect, knowledge: TableKnowledge = {}): string {
  // Without keys there is always exactly one coordinate, whatever the rows.
  if (resultColumns(request).length === 0) return `SELECT 1 AS ${dialect.identifier('()')}`;
  const { names = OWN_NAMES, codedKeys = new Set<string>() } = knowledge;
  const spelling = { dialect, names, codedKeys };
  const grouping = chooseGrouping(request, knowledge.profile);
  return grouping.kind === 'rows' ? groupRows(request, grouping, spelling) : groupGroups(request, grouping, spelling);
}

function groupRows(
  request: AggregateRequest,
  { filter }: Extract<Grouping, { kind: 'rows' }>,
  { dialect, names, codedKeys }: Spelling,
): string {
  const climbs = new ClimbJoins(dialect, names, rootColumn(request, dialect, names));
  const scope = scopeOf(request, dialect, climbs);
  const outputs = [
    ...keyOutputs(request, scope, codedKeys),
    ...stateOutputs(request, dialect, (state) => rowAggregates(state, scope)),
  ];
  const where = filter.map((term) => expressionSql(term, scope));
  return select(outputs, fromTable(request, dialect, names), climbs.joins(), where, dialect);
}

function groupGroups(
  request: AggregateRequest,
  { columns, rowFilter, groupFilter }: Extract<Grouping, { kind: 'groups' }>,
  { dialect, names, codedKeys }: Spelling,
): string {
  const root = rootColumn(request, dialect, names);
  const rowScope = scopeOf(request, dialect, new ClimbJoins(dialect, names, root));
  const grouped = columns.map(({ column }, position) => ({
    name: `d${position}`,
    sql: root(column),
    group: root(column),
  }));
  const parts = request.states.flatMap((state, position) =>
    rowAggregates(state, rowScope).map((sql, column) => ({ name: partName(position, column), sql })),
  );
  const rowWhere = rowFilter.map((term) => expressionSql(term, rowScope));
  const from = fromTable(request, dialect, names);
  const inner = select([...grouped, ...parts], from, [], rowWhere, dialect);

  const alias = dialect.identifier('g');
  const positions = new Map(columns.map(({ column }, position) => [column, position]));
  const climbs = new ClimbJoins(
    dialect,
    names,
    (column) => `${alias}.${dialect.identifier(`d${positions.get(column)}`)}`,
  );
  const scope = scopeOf(request, dialect, climbs);
  const merged = (state: StateRequest, position: number) => {
    const { merge } = STATES[state.state];
    if (merge === null || merge === 'union') return [];
    const part = (column: number) => `${alias}.${dialect.identifier(partName(position, column))}`;
    return stateColumns(state).map((_, column) => dialect.merge[merge](part(column)));
  };
  const outputs = [...keyOutputs(request, scope, codedKeys), ...stateOutputs(request, dialect, merged)];
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

function scopeOf(request: AggregateRequest, dialect: Dialect, climbs: ClimbJoins): ExpressionScope {
  return { dialect, column: (name) => climbs.value(inputNamed(request, name).access) };
}

function keyOutputs(
  request: AggregateRequest,
  { dialect, column }: ExpressionScope,
  codedKeys: ReadonlySet<string>,
): readonly Output[] {
  return request.keys.map((name) => {
    const group = column(name);
    const sql = codedKeys.has(name) ? dialect.code(group) : dialect.key(group, inputNamed(request, name).type);
    return { name, sql, group };
  });
}

function stateOutputs(
  request: AggregateRequest,
  dialect: Dialect,
  aggregates: (state: StateRequest, position: number) => readonly string[],
): readonly Output[] {
  return request.states.flatMap((state, position) => {
    const sql = aggregates(state, position);
    return stateColumns(state).map(({ name, type }, column) => ({
      name,
      sql: dialect.result(sql[column] ?? '', type, STATES[state.state].empty),
    }));
  });
}

/** The aggregates of a state over rows, one a column. */
function rowAggregates(state: StateRequest, scope: ExpressionScope): readonly string[] {
  if (state.state === 'coordinates') return [];
  return scope.dialect.aggregate[state.state](inputSql(state, scope));
}

function inputSql({ name, state, input }: StateRequest, scope: ExpressionScope): string {
  if (!STATES[state].hasInput) return '*';
  if (input === null) throw new RangeError(`aggregate: state ${name} (${state}) has no input expression`);
  return stateInputSql(input, scope);
}

function stateColumns(state: StateRequest): readonly { readonly name: string; readonly type: LogicalType }[] {
  return STATES[state.state]
    .columns(state.inputType ?? INT64)
    .map(({ name, type }) => ({ name: stateColumnName(state, name), type }));
}

/** Columns of the first grouping are internal, so that no name of a request can collide with them. */
function partName(state: number, column: number): string {
  return `p${state}_${column}`;
}
