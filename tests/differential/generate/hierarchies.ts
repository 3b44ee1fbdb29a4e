import type { Random } from '../random.ts';
import type { Cell, Column, DimensionFamily, Edge, Level, Table, Type } from '../world.ts';
import type { Names } from './names.ts';
import { draw, keyPool, measurePool, type Pool } from './values.ts';

/** A dimension as facts may carry it. */
export interface Carried {
  readonly name: string;
  readonly type: Type;
  readonly pool: Pool;
  /** Dimensions that it leads to: facts may carry some of them beside it. */
  readonly above: readonly string[];
}

/** Dimensions with what leads from one to the next. */
export interface Hierarchy {
  readonly family: DimensionFamily | null;
  readonly tables: readonly Table[];
  /** What belongs together into a fact: each list is one way of carrying the hierarchy. */
  readonly carried: readonly (readonly Carried[])[];
  readonly dimensions: readonly { readonly name: string; readonly type: Type }[];
  readonly attributes: readonly { readonly name: string; readonly of: string; readonly type: Type }[];
}

const FORMATS = ['csv', 'csv', 'csv', 'json', 'arrow'] as const;

/** The bytes that a table comes in. */
export function format(random: Random): Table['format'] {
  return random.pick(FORMATS);
}

/** d0 → d1 → …, in one lookup or several; now and then with a short cut, or with an edge that does not hold. */
export function chain(random: Random, names: Names, position: number): Hierarchy {
  const depth = random.weighted([
    [2, 1],
    [4, 2],
    [4, 3],
    [1, 4],
  ] as const);
  const dimensions = Array.from({ length: depth }, (_, level): Carried => {
    const type = dimensionType(random);
    const name = names.logical(`d${position}${'abcd'[level] ?? ''}`);
    return { name, type, pool: keyPool(random, type, level === 0 ? 9 : 5), above: [] };
  });
  const carried = dimensions.map((each, level) => ({
    ...each,
    above: dimensions.slice(level + 1).map(({ name }) => name),
  }));
  const tables: Table[] = [];
  const edges: Edge[] = [];
  const attributes: { readonly name: string; readonly of: string; readonly type: Type }[] = [];
  for (let base = 0; base < depth - 1; ) {
    const last = random.between(base + 1, depth - 1);
    const levels = dimensions.slice(base, last + 1);
    const lookup = lookupOver(random, names, `lookup${position}${tables.length}`, levels);
    tables.push(lookup.table);
    attributes.push(...lookup.attributes);
    const columnOf = (level: number) => lookup.table.columns[level]?.name ?? '';
    const edge = (from: number, to: number): Edge => ({
      child: levels[from]?.name ?? '',
      parent: levels[to]?.name ?? '',
      via: lookup.table.name,
      childColumn: columnOf(from),
      parentColumn: columnOf(to),
      as: null,
    });
    for (let level = 1; level < levels.length; level++) edges.push(edge(level - 1, level));
    if (levels.length > 2 && random.chance(0.25)) edges.push(edge(0, 2));
    base = last;
  }
  return {
    family:
      edges.length === 0 ? null : { name: names.logical(`family${position}`), edges, bridges: [], calendar: null },
    tables,
    // A fact may enter the chain at any level that something leads on from.
    carried: carried.slice(0, Math.max(1, depth - 1)).map((each) => [each]),
    dimensions: dimensions.map(({ name, type }) => ({ name, type })),
    attributes,
  };
}

/**
 * Dimensions to which a bridge leads from a level of a chain: each of its values has no parent, one or several. They join
 * the chain's family; facts do not carry them.
 */
export function bridged(random: Random, names: Names, position: number, from: Hierarchy): Hierarchy | null {
  const [entries] = from.carried;
  const child = entries?.[0];
  if (child === undefined || from.family?.calendar || from.tables.some(({ kind }) => kind === 'roles')) return null;
  const over = chain(random, names, position);
  const [parent] = over.dimensions;
  const pool = over.carried[0]?.[0]?.pool;
  if (parent === undefined || pool === undefined) return null;
  const used = new Set<string>();
  const column = ({ name, type }: { readonly name: string; readonly type: Type }): Column => {
    const physical = names.column(name, used);
    used.add(physical);
    return { name: physical, role: { kind: 'dimension', name }, type };
  };
  const rows = child.pool.cells.flatMap((key): Cell[][] => {
    const count = random.pick([0, 1, 1, 2, 2, 3]);
    return random
      .shuffled(pool.cells)
      .slice(0, count)
      .map((each) => [key, random.chance(0.04) ? null : each]);
  });
  const [first] = rows;
  const table: Table = {
    name: names.table(`pairs${position}`),
    format: rows.length === 0 ? 'csv' : format(random),
    grain: [child.name, parent.name],
    columns: [column(child), column(parent)],
    rows: first !== undefined && random.chance(0.1) ? [...rows, first] : rows,
    dateColumn: null,
    kind: 'bridge',
  };
  const family: DimensionFamily = {
    name: from.family?.name ?? names.logical(`family${position}`),
    edges: [...(from.family?.edges ?? []), ...(over.family?.edges ?? [])],
    bridges: [...(from.family?.bridges ?? []), { child: child.name, parent: parent.name, via: table.name }],
    calendar: null,
  };
  return {
    family,
    tables: [...from.tables, ...over.tables, table],
    carried: from.carried,
    dimensions: [...from.dimensions, ...over.dimensions],
    attributes: [...from.attributes, ...over.attributes],
  };
}

/** One lookup read twice. */
export function roles(random: Random, names: Names, position: number): Hierarchy {
  const type = dimensionType(random);
  const levels = ['site', 'state'].map((name): Carried => {
    const own = name === 'site' ? type : dimensionType(random);
    return { name: `${name}${position}`, type: own, pool: keyPool(random, own, 6), above: [] };
  });
  const { table } = lookupOver(random, names, `roles${position}`, levels, false);
  const [site, state] = levels;
  const [siteColumn, stateColumn] = table.columns;
  if (!site || !state || !siteColumn || !stateColumn) throw new RangeError('generate: a lookup of two levels');
  const edges = ['from', 'to'].map((role): Edge => {
    const [child, parent] = [names.logical(`${role}_site`), names.logical(`${role}_state`)];
    const as = { [site.name]: child, [state.name]: parent };
    return { child, parent, via: table.name, childColumn: siteColumn.name, parentColumn: stateColumn.name, as };
  });
  return {
    family: { name: names.logical(`family${position}`), edges, bridges: [], calendar: null },
    tables: [{ ...table, kind: 'roles' }],
    carried: [edges.map(({ child, parent }) => ({ name: child, type, pool: site.pool, above: [parent] }))],
    dimensions: edges.flatMap(({ child, parent }) => [
      { name: child, type },
      { name: parent, type: state.type },
    ]),
    attributes: [],
  };
}

/** Days, or months, with some of the levels above. */
export function calendar(random: Random, names: Names, position: number): Hierarchy {
  const isMonthly = random.chance(0.15);
  const from = isMonthly ? 'month' : random.chance(0.3) ? names.logical('tag') : 'day';
  const levels: readonly Level[] = isMonthly ? ['quarter', 'year'] : ['week', 'month', 'quarter', 'year'];
  const listed = levels.filter(() => random.chance(0.75));
  const type: Type = { kind: 'date', level: isMonthly ? 'month' : 'day' };
  const pool = keyPool(random, type, 30);
  return {
    family: { name: names.logical(`calendar${position}`), edges: [], bridges: [], calendar: { from, levels: listed } },
    tables: [],
    carried: [[{ name: from, type, pool, above: listed }]],
    dimensions: [
      { name: from, type },
      ...listed.map((level) => ({ name: level, type: { kind: 'date', level } as const })),
    ],
    attributes: [],
  };
}

function dimensionType(random: Random): Type {
  return random.weighted<Type>([
    [12, { kind: 'text' }],
    [5, { kind: 'int64' }],
    [2, { kind: 'decimal', digits: 2 }],
    [1, { kind: 'bool' }],
    [1, { kind: 'double' }],
    [1, { kind: 'date', level: 'day' }],
  ]);
}

/** A lookup whose first columns are the levels, each a function of the one before; then attributes of the first. */
function lookupOver(random: Random, names: Names, plain: string, levels: readonly Carried[], hasAttributes = true) {
  const used = new Set<string>();
  const column = (name: string, role: Column['role'], type: Type): Column => {
    const physical = names.column(name, used);
    used.add(physical);
    return { name: physical, role, type };
  };
  const [base] = levels;
  const attributes = Array.from({ length: hasAttributes ? random.between(0, 2) : 0 }, (_, place) => {
    const type = attributeType(random);
    // An attribute goes by the name of its column.
    const name = names.logical(`${plain}_title${place}`);
    used.add(name);
    return { name, of: base?.name ?? '', type, pool: measurePool(random, type) };
  });
  const columns = levels.map(({ name, type }) => column(name, { kind: 'dimension', name }, type));
  for (const { name, of, type } of attributes) columns.push({ name, role: { kind: 'attribute', name, of }, type });
  const rows: Cell[][] = [];
  const maps = levels.map(() => new Map<Cell, Cell>());
  for (const key of base?.pool.cells ?? []) {
    // What the lookup does not know climbs to NULL.
    if (random.chance(0.12)) continue;
    const row: Cell[] = [key];
    for (let level = 1; level < levels.length; level++) {
      const child = row[level - 1] ?? null;
      const pool = levels[level]?.pool;
      const known = maps[level]?.get(child);
      const parent = child === null || pool === undefined ? null : known === undefined ? draw(random, pool) : known;
      maps[level]?.set(child, parent);
      row.push(parent);
    }
    row.push(...attributes.map(({ pool }) => draw(random, pool)));
    rows.push(row);
  }
  const known = random.chance(0.06) ? [] : spoiled(random, rows, levels);
  const table: Table = {
    name: names.table(plain),
    // An empty JSON array has no columns.
    format: known.length === 0 ? 'csv' : format(random),
    grain: base === undefined ? [] : [base.name],
    columns,
    rows: known,
    dateColumn: null,
    kind: 'lookup',
  };
  return { table, attributes: attributes.map(({ name, of, type }) => ({ name, of, type })) };
}

/** Sometimes a row twice, a NULL key, or a key with two parents. */
function spoiled(random: Random, rows: readonly Cell[][], levels: readonly Carried[]): Cell[][] {
  const [first] = rows;
  if (first === undefined) return [];
  if (random.chance(0.15)) return [...rows, [...first]];
  if (random.chance(0.1)) return [...rows, first.map(() => null)];
  if (!random.chance(0.07)) return [...rows];
  const place = random.between(1, Math.max(1, levels.length - 1));
  return [
    ...rows,
    first.map((cell, at) =>
      at === place ? draw(random, levels[at]?.pool ?? measurePool(random, { kind: 'text' })) : cell,
    ),
  ];
}

function attributeType(random: Random): Type {
  return random.weighted<Type>([
    [6, { kind: 'text' }],
    [2, { kind: 'int64' }],
    [2, { kind: 'decimal', digits: 3 }],
    [1, { kind: 'bool' }],
    [1, { kind: 'double' }],
    [1, { kind: 'date', level: 'day' }],
  ]);
}
