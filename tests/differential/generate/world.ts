import { Random } from '../random.ts';
import { Reaches } from '../reference/reach.ts';
import type { Cell, Column, Table, Type, World } from '../world.ts';
import { familiesOf } from './families.ts';
import { bridged, type Carried, calendar, chain, format, type Hierarchy, roles } from './hierarchies.ts';
import { Names } from './names.ts';
import { predicate } from './predicate.ts';
import { draw, measurePool, type Pool, period } from './values.ts';

/** From so many rows on backends may hold texts in another form, and go other ways. */
export const TALL = 20_000;

/** A random collection with its data: one or two facts over hierarchies that they share. */
export function worldOf(seed: number): World {
  const random = new Random(seed);
  const names = new Names(random);
  const hierarchies: Hierarchy[] = [];
  for (let position = 0, count = random.between(1, 3); position < count; position++) {
    hierarchies.push(random.chance(0.2) ? roles(random, names, position) : chain(random, names, position));
  }
  if (random.chance(0.75)) hierarchies.push(calendar(random, names, hierarchies.length));
  if (random.chance(0.35)) {
    const place = random.between(0, hierarchies.length - 1);
    const from = hierarchies[place];
    const crossed = from && bridged(random, names, hierarchies.length, from);
    if (crossed) hierarchies[place] = crossed;
  }
  const facts = Array.from({ length: random.between(1, 2) }, (_, position) =>
    fact(random, names, hierarchies, position),
  );
  const dated = facts.some(({ table }) => table.dateColumn !== null);
  const bare: World = {
    seed,
    tables: [...facts.map(({ table }) => table), ...hierarchies.flatMap(({ tables }) => tables)],
    dimensions: [...facts.flatMap(({ id }) => id ?? []), ...hierarchies.flatMap(({ dimensions }) => dimensions)],
    attributes: hierarchies.flatMap(({ attributes }) => attributes),
    dimensionFamilies: hierarchies.flatMap(({ family }) => family ?? []),
    families: [],
    nameMap: nameMapOf(
      random,
      facts.map(({ table }) => table),
      hierarchies,
    ),
    filter: null,
    blocked: random.chance(0.25) ? 'disclose' : 'refuse',
    stability: dated ? { asOf: period(random, 'day'), holdOffDays: random.pick([0, 1, 7, 40]) } : null,
  };
  const mapped = withMappedNames(bare);
  const world = { ...mapped, ...familiesOf(random, names, mapped) };
  return random.chance(0.2) ? { ...world, filter: filterOf(random, world) } : world;
}

/** A fact: a key of its own, what it carries of the hierarchies, and measures. */
function fact(random: Random, names: Names, hierarchies: readonly Hierarchy[], position: number) {
  const used = new Set<string>();
  const column = (name: string, role: Column['role'], type: Type): Column => {
    const physical = names.column(name, used);
    used.add(physical);
    return { name: physical, role, type };
  };
  const id = { name: names.logical(`id${position}`), type: random.pick<Type>([{ kind: 'int64' }, { kind: 'text' }]) };
  const columns: Column[] = [column(id.name, { kind: 'dimension', name: id.name }, id.type)];
  const pools: (Pool | null)[] = [null];
  let dateColumn: string | null = null;
  for (const hierarchy of hierarchies) {
    // A dimension that no table has would not compile.
    if (position > 0 && random.chance(0.25)) continue;
    for (const carried of random.pick(hierarchy.carried)) {
      const own = column(carried.name, { kind: 'dimension', name: carried.name }, carried.type);
      columns.push(own);
      pools.push(carried.pool);
      if (hierarchy.family?.calendar && random.chance(0.15)) dateColumn = own.name;
      const above = hierarchy.dimensions.filter(({ name }) => carried.above.includes(name));
      // A column of its own for what a lookup could tell too: it goes before any climb, and may say otherwise.
      if (above.length > 0 && random.chance(0.12)) {
        const { name, type } = random.pick(above);
        columns.push(column(name, { kind: 'dimension', name }, type));
        pools.push(ownPool(random, hierarchies, name, type));
      }
    }
  }
  for (let place = 0, count = random.between(1, 4); place < count; place++) {
    const type = measureType(random);
    columns.push(column(`m${place}`, { kind: 'measure' }, type));
    pools.push(measurePool(random, type));
  }
  const rowCount = random.weighted([
    [1, 0],
    [1, 1],
    [4, random.between(2, 12)],
    [6, random.between(13, 60)],
    [0.15, TALL + random.between(0, 50)],
  ]);
  const rows = Array.from({ length: rowCount }, (_, row): Cell[] =>
    pools.map((pool) => (pool === null ? keyCell(id.type, row) : draw(random, pool))),
  );
  const keyed = { grain: [id.name], columns, rows };
  const { grain, ...held } = (random.chance(0.25) ? snapshotOf(random, columns, rows) : null) ?? keyed;
  const table: Table = {
    name: names.table(`fact${position}`),
    format: held.rows.length === 0 ? 'csv' : format(random),
    grain,
    ...held,
    dateColumn,
    kind: 'fact',
  };
  return { id: grain.includes(id.name) ? id : null, table };
}

/** A row for each pair of a date and another dimension: a stock, of which there is one value a period. */
function snapshotOf(random: Random, columns: readonly Column[], rows: readonly (readonly Cell[])[]) {
  const places = columns.flatMap(({ role }, place) => (place > 0 && role.kind === 'dimension' ? [place] : []));
  const dates = places.filter((place) => columns[place]?.type.kind === 'date');
  if (dates.length === 0) return null;
  const date = random.pick(dates);
  const others = places.filter((place) => place !== date);
  const key = [...random.some(others, Math.min(1, others.length), 1), date];
  const seen = new Set<string>();
  const kept = rows.filter((row) => {
    const cells = key.map((place) => row[place] ?? null);
    const text = cells.map(String).join('\0');
    if (cells.includes(null) || seen.has(text)) return false;
    seen.add(text);
    return true;
  });
  const grain = key.flatMap((place) => {
    const role = columns[place]?.role;
    return role?.kind === 'dimension' ? [role.name] : [];
  });
  return { grain, columns: columns.slice(1), rows: kept.map((row) => row.slice(1)) };
}

function keyCell(type: Type, row: number): Cell {
  return type.kind === 'int64' ? BigInt(row + 1) : `k${row + 1}`;
}

function ownPool(random: Random, hierarchies: readonly Hierarchy[], name: string, type: Type): Pool {
  const known = hierarchies.flatMap(({ carried }) => carried.flat()).find((each: Carried) => each.name === name);
  return known?.pool ?? measurePool(random, type);
}

function measureType(random: Random): Type {
  return random.weighted<Type>([
    [5, { kind: 'int64' }],
    [4, { kind: 'decimal', digits: 2 }],
    [1, { kind: 'decimal', digits: 0 }],
    [1, { kind: 'decimal', digits: 6 }],
    [1, { kind: 'decimal', digits: 18 }],
    [4, { kind: 'double' }],
    [2, { kind: 'text' }],
    [1, { kind: 'bool' }],
    [1, { kind: 'date', level: 'day' }],
  ]);
}

/** Text dimensions that the name map binds: their columns have one name everywhere. */
function nameMapOf(random: Random, facts: readonly Table[], hierarchies: readonly Hierarchy[]): Record<string, string> {
  const map: Record<string, string> = {};
  const isRole = (name: string) =>
    hierarchies.some(({ family }) => family?.edges.some((each) => each.as !== null && each.child === name));
  for (const { role, type } of facts.flatMap(({ columns }) => columns)) {
    if (role.kind !== 'dimension' || type.kind !== 'text' || isRole(role.name) || !random.chance(0.1)) continue;
    map[role.name] = `${role.name} id`;
  }
  return map;
}

function withMappedNames(world: World): World {
  const nameOf = ({ name, role }: Column) => (role.kind === 'dimension' ? (world.nameMap[role.name] ?? name) : name);
  const physical = (via: string, column: string) => {
    const found = world.tables.find(({ name }) => name === via)?.columns.find(({ name }) => name === column);
    return found === undefined ? column : nameOf(found);
  };
  return {
    ...world,
    dimensionFamilies: world.dimensionFamilies.map((family) => ({
      ...family,
      edges: family.edges.map((edge) => ({
        ...edge,
        childColumn: physical(edge.via, edge.childColumn),
        parentColumn: physical(edge.via, edge.parentColumn),
      })),
    })),
    tables: world.tables.map((table) => {
      const dated = table.columns.find(({ name }) => name === table.dateColumn);
      const columns = table.columns.map((column) => ({ ...column, name: nameOf(column) }));
      return { ...table, dateColumn: dated === undefined ? null : nameOf(dated), columns };
    }),
  };
}

/** A condition over what the first fact reaches. */
function filterOf(random: Random, world: World) {
  const reaches = new Reaches(world);
  const [table] = world.tables;
  const names = [...world.dimensions, ...world.attributes].filter(
    ({ name }) => table !== undefined && reaches.from(table, name).kind !== 'refused',
  );
  return predicate(
    random,
    world,
    names.map(({ name }) => name),
    1,
  );
}
