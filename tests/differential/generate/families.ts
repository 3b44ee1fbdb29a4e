import { callOf, type Expr, integerOf, nameOf, type Sign } from '../expr.ts';
import { arithmeticType, INT64, isNumeric } from '../logical-type.ts';
import { ALONE, COMBINING, isPeriodic, type Operator, operatorsFor, resultType } from '../operators.ts';
import type { Random } from '../random.ts';
import { Reaches } from '../reference/reach.ts';
import { keyOf, type Value } from '../reference/value.ts';
import type { Cell, Column, DerivedFamily, Family, Reducer, RootFamily, Table, Type, World } from '../world.ts';
import { literalOf } from './literals.ts';
import type { Names } from './names.ts';

/** Families over every fact of a world, with the pre-aggregates that some of them have. */
export function familiesOf(random: Random, names: Names, world: World): Pick<World, 'families' | 'tables'> {
  const reaches = new Reaches(world);
  const families: Family[] = [];
  const siblings: Table[] = [];
  for (const table of world.tables.filter(({ kind }) => kind === 'fact')) {
    const own: RootFamily[] = [];
    for (const column of table.columns) {
      if (column.role.kind !== 'measure') continue;
      const family = ofColumn(random, names, world, reaches, table, column);
      own.push(family);
      if (random.chance(0.3)) own.push(ofColumn(random, names, world, reaches, table, column));
      if (random.chance(0.3))
        own.push({ ...family, name: names.logical('part'), where: conditionOf(random, table), siblings: [] });
    }
    if (random.chance(0.5)) own.push(ofRows(random, names, world, reaches, table));
    if (random.chance(0.4)) own.push(ofKeys(random, names, table));
    const sums = own.filter(({ reducers, where }) => where === null && reducers[0]?.operator === 'SUM');
    if (sums.length > 0 && random.chance(0.35)) {
      const family = random.pick(sums);
      const sibling = preAggregate(random, names, world, reaches, table, family);
      if (sibling !== null) {
        siblings.push(sibling);
        const column = sibling.columns.at(-1)?.name ?? '';
        own[own.indexOf(family)] = { ...family, siblings: [{ table: sibling.name, column, operator: 'SUM' }] };
      }
    }
    families.push(...own, ...derived(random, names, own));
  }
  return { families, tables: [...world.tables, ...siblings] };
}

function ofColumn(
  random: Random,
  names: Names,
  world: World,
  reaches: Reaches,
  table: Table,
  column: Column,
): RootFamily {
  const { name, type } = column;
  const single = random.chance(0.12);
  const operators = operatorsFor(type);
  const dates = datesOf(world, reaches, table);
  const merging = operators.filter(
    (each) => !ALONE.includes(each) && !TAKING_MORE.includes(each) && (dates.length > 0 || !isPeriodic(each)),
  );
  const first: Operator =
    isNumeric(type) && random.chance(0.65)
      ? 'SUM'
      : dates.length > 0 && type.kind !== 'bool' && random.chance(0.4)
        ? 'LAST'
        : random.pick(merging);
  const more = random.some(
    merging.filter((each) => each !== first),
    0,
    3,
  );
  const alone = random.pick(ALONE.filter((each) => operators.includes(each)));
  const isAdded = isNumeric(type) && [first, ...more].includes('SUM');
  return {
    kind: 'root',
    name: names.logical(`f_${name.replace(/\W/g, '')}`),
    table: table.name,
    column: name,
    type,
    where: null,
    reducers: single
      ? [reducer(alone)]
      : [first, ...more].map((operator) => ({
          ...reducer(operator),
          block: random.chance(0.08) ? blockable(random, world) : [],
          ...(isPeriodic(operator) ? periodic(random, dates, isAdded, type) : {}),
        })),
    siblings: [],
    hints: hints(random, world, reaches, table),
  };
}

/** Operators that take more than a value, which a family does not give. */
const TAKING_MORE: readonly Operator[] = ['WEIGHTED_AVG', 'QUANTILE', 'APPROX_QUANTILE'];

function reducer(operator: Operator): Reducer {
  return { operator, order: null, combine: null, block: [] };
}

/** What orders the rows of FIRST and LAST, and how those of one period merge. */
function periodic(
  random: Random,
  dates: readonly string[],
  isAdded: boolean,
  type: Type,
): Pick<Reducer, 'order' | 'combine'> {
  const combining = COMBINING.filter((each) => each !== 'SUM' || (isAdded && isNumeric(type)));
  return { order: random.pick(dates), combine: random.chance(0.8) ? random.pick(combining) : null };
}

function datesOf(world: World, reaches: Reaches, table: Table): readonly string[] {
  return world.dimensions
    .filter(({ name, type }) => type.kind === 'date' && reaches.from(table, name).kind !== 'refused')
    .map(({ name }) => name);
}

function ofRows(random: Random, names: Names, world: World, reaches: Reaches, table: Table): RootFamily {
  return {
    kind: 'root',
    name: names.logical('orders'),
    table: table.name,
    column: null,
    type: INT64,
    where: random.chance(0.3) ? conditionOf(random, table) : null,
    reducers: [reducer('COUNT')],
    siblings: [],
    hints: hints(random, world, reaches, table),
  };
}

function ofKeys(random: Random, names: Names, table: Table): RootFamily {
  const keys = table.columns.filter(({ role }) => role.kind === 'dimension');
  const { name, type } = random.pick(keys);
  return {
    kind: 'root',
    name: names.logical('buyers'),
    table: table.name,
    column: name,
    type,
    where: null,
    reducers: [reducer('COUNT_DISTINCT')],
    siblings: [],
    hints: [],
  };
}

function blockable(random: Random, world: World): readonly string[] {
  return world.dimensionFamilies.length === 0 ? [] : [random.pick(world.dimensionFamilies).name];
}

/** Anchors to keep, of dimensions that the table is declared to reach. */
function hints(random: Random, world: World, reaches: Reaches, table: Table): readonly (readonly string[])[] {
  if (random.chance(0.4)) return [];
  const reached = reachedFrom(world, reaches, table);
  return Array.from({ length: random.between(1, 2) }, () => random.some(reached, 1, 2));
}

function reachedFrom(world: World, reaches: Reaches, table: Table): string[] {
  return world.dimensions.map(({ name }) => name).filter((name) => reaches.from(table, name).kind !== 'refused');
}

/** A condition over a table's own columns, by names that mean one of them only. */
function conditionOf(random: Random, table: Table): Expr | null {
  const nameOf = ({ name, role }: Column) => (role.kind === 'measure' ? name : role.name);
  const known = table.columns.filter((column) => {
    return (
      table.columns.filter((other) => nameOf(other) === nameOf(column) || other.name === nameOf(column)).length === 1
    );
  });
  if (known.length === 0) return null;
  const column = random.pick(known);
  const cells = table.rows.flatMap((row) => row[table.columns.indexOf(column)] ?? []);
  const cell: Cell = cells.length === 0 ? null : random.pick(cells);
  const comparison = random.pick(['=', '<>', '<', '>='] as const);
  return {
    kind: 'compare',
    comparison,
    left: { kind: 'name', name: nameOf(column) },
    right: literalOf(random, cell, column.type),
  };
}

function derived(random: Random, names: Names, own: readonly RootFamily[]): readonly DerivedFamily[] {
  const known: { readonly name: string; readonly type: Type }[] = own.flatMap(({ name, type, reducers, column }) => {
    const operator = column === null ? 'COUNT' : (reducers[0]?.operator ?? 'COUNT');
    return isNumeric(resultType(operator, type)) ? [{ name, type: resultType(operator, type) }] : [];
  });
  const found: DerivedFamily[] = [];
  for (let count = known.length === 0 ? 0 : random.between(0, 2); count > 0; count--) {
    const [left, right] = [random.pick(known), random.pick(known)];
    const sign = random.pick<Sign>(['+', '-', '*', '/', '/']);
    const type = arithmeticType(sign, left.type, right.type);
    if (type === undefined) continue;
    const plain = nameOf(right.name);
    // What is absent counts as nothing, or does not divide.
    const side = random.weighted<Expr>([
      [4, plain],
      [1, callOf('NULLIF', [plain, integerOf(0)])],
      [right.type.kind === 'double' ? 0 : 1, callOf('COALESCE', [plain, integerOf(0)])],
    ]);
    const formula: Expr = { kind: 'arithmetic', sign, left: nameOf(left.name), right: side };
    const family: DerivedFamily = {
      kind: 'derived',
      name: names.logical('rate'),
      formula,
      inputs: [...new Set([left.name, right.name])],
      type,
    };
    found.push(family);
    known.push(family);
  }
  return found;
}

/** A table of the family's sums at some anchor, true or with one sum changed; null where a sum does not fit. */
function preAggregate(
  random: Random,
  names: Names,
  world: World,
  reaches: Reaches,
  table: Table,
  family: RootFamily,
): Table | null {
  if (family.type.kind === 'double' || table.rows.length === 0) return null;
  const grain = random.some(reachedFrom(world, reaches, table), 1, 3);
  const place = table.columns.findIndex(({ name }) => name === family.column);
  const groups = new Map<string, { readonly key: readonly Value[]; sum: bigint | null }>();
  for (const row of table.rows) {
    const key = grain.map((name) => reaches.valueIn(table, row, name));
    const group = groups.get(JSON.stringify(key.map(keyOf))) ?? { key, sum: null };
    const value = row[place];
    if (typeof value === 'bigint') group.sum = (group.sum ?? 0n) + value;
    groups.set(JSON.stringify(key.map(keyOf)), group);
  }
  const sums = [...groups.values()];
  if (sums.some(({ sum }) => sum !== null && BigInt.asIntN(64, sum) !== sum)) return null;
  const isSpoiled = random.chance(0.2);
  const columns = grain.map((name, at): Column => {
    const type = world.dimensions.find((each) => each.name === name)?.type ?? { kind: 'text' };
    return { name: world.nameMap[name] ?? `g${at}`, role: { kind: 'dimension', name }, type };
  });
  return {
    name: names.table('daily'),
    format: 'csv',
    grain,
    columns: [...columns, { name: 'total', role: { kind: 'measure' }, type: family.type }],
    rows: sums.map(({ key, sum }, at) => [...key.map(cellOf), isSpoiled && at === 0 ? 77n : sum]),
    dateColumn: null,
    kind: 'sibling',
  };
}

function cellOf(value: Value): Cell {
  if (value === null || typeof value !== 'object') return value;
  return 'units' in value ? value.units : value.double;
}
