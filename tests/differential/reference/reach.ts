import type { Point } from '../expr.ts';
import { type Cell, LEVELS, type Level, type Table, type Type, typeOfName, type World } from '../world.ts';
import { climbPeriod } from './calendar.ts';
import { keyOf, type Value } from './value.ts';

/** One step child → parent: over a lookup's pairs, or by the calendar. */
interface Step {
  readonly id: string;
  readonly child: string;
  readonly parent: string;
  readonly climb: (value: Value) => Value;
  /** Whether each child has one parent in the data. */
  readonly holds: boolean;
}

/** A way to a name: where it begins, and the steps. */
export interface Path {
  readonly start: string;
  readonly steps: readonly Step[];
}

/** Parents of a child through a bridge: none, one or several; each may lead on. */
interface Crossing {
  readonly child: string;
  readonly parent: string;
  readonly via: string;
  readonly parents: ReadonlyMap<string, readonly Value[]>;
}

export type Reach =
  | { readonly kind: 'own'; readonly place: number }
  | { readonly kind: 'climbed'; readonly place: number; readonly path: Path }
  | { readonly kind: 'refused'; readonly code: 'FD_CONTRADICTED' | 'AMBIGUOUS_PATH' | 'unreachable' };

/** What leads where in a world: a declared edge that the data contradicts does not count. */
export class Reaches {
  private readonly steps: readonly Step[];
  private readonly crossings: readonly Crossing[];
  private readonly known = new Map<Table, Map<string, Reach>>();

  constructor(world: World) {
    this.steps = [...calendarSteps(world), ...lookupSteps(world)];
    this.crossings = crossingsOf(world);
  }

  /** Whether only bridges lead from the rows of a table to a name. */
  fansOut(table: Table, name: string): boolean {
    return this.crossings.some(
      ({ child, parent }) => this.determines([parent], name) && this.from(table, child).kind !== 'refused',
    );
  }

  /** The dimension that rows have where a point is reached through a bridge; undefined where that does not lead there. */
  childOf({ name, via }: Point): string | undefined {
    return this.crossing(name, via)?.child;
  }

  /** The values that a row has at a point: several where it is reached through a bridge, NULL where there is none. */
  valuesAt(table: Table, row: readonly Cell[], { name, via }: Point): readonly Value[] {
    if (via === null) return [this.valueIn(table, row, name)];
    const crossing = this.crossing(name, via);
    if (crossing === undefined) throw new RangeError(`reference: ${via} does not lead to ${name}`);
    const child = this.valueIn(table, row, crossing.child);
    const parents = child === null ? [] : (crossing.parents.get(keyOf(child)) ?? []);
    const [path] = crossing.parent === name ? [] : this.pathsFrom([crossing.parent], name);
    const values = parents.map((each) => (path === undefined ? each : climbed(each, path)));
    // Membership in nothing adds nothing where there is another.
    const distinct = new Map(values.filter((each) => each !== null).map((each) => [keyOf(each), each]));
    return distinct.size === 0 ? [null] : [...distinct.values()];
  }

  private crossing(name: string, via: string | null): Crossing | undefined {
    return this.crossings.find((each) => each.via === via && this.determines([each.parent], name));
  }

  /** How the rows of a table have a name: an own column goes before any climb, and of several climbs the shortest. */
  from(table: Table, name: string): Reach {
    const known = this.known.get(table) ?? new Map<string, Reach>();
    this.known.set(table, known);
    const reach = known.get(name) ?? this.find(table, name);
    known.set(name, reach);
    return reach;
  }

  /** The value of a name in a row. Throws where the table does not reach it. */
  valueIn(table: Table, row: readonly Cell[], name: string): Value {
    const reach = this.from(table, name);
    if (reach.kind === 'refused') throw new RangeError(`reference: ${table.name} does not reach ${name}`);
    const own = valueOfCell(row[reach.place] ?? null, table.columns[reach.place]?.type);
    return reach.kind === 'own' ? own : climbed(own, reach.path);
  }

  /** The ways from names to a name that they determine, the shortest first. */
  pathsFrom(names: readonly string[], target: string): readonly Path[] {
    return this.trails(target, (name) => names.includes(name)).filter(isAlive);
  }

  determines(names: readonly string[], target: string): boolean {
    return names.includes(target) || this.pathsFrom(names, target).length > 0;
  }

  /** Whether declared edges lead from the names to the target, all of which the data contradicts somewhere. */
  isContradictedFrom(names: readonly string[], target: string): boolean {
    return !this.determines(names, target) && this.trails(target, (name) => names.includes(name)).length > 0;
  }

  /** Whether all ways from the anchor to a name agree on the rows of a table, each begun where the rows begin it. */
  agreesOn(table: Table, names: readonly string[], target: string): boolean {
    const ways = this.pathsFrom(names, target).flatMap((path): Path[] => {
      if (ownPlace(table, path.start) !== undefined) return [path];
      const before = this.ownTrails(table, path.start).find(isAlive);
      return before === undefined ? [] : [{ start: before.start, steps: [...before.steps, ...path.steps] }];
    });
    return this.agree(table, ways);
  }

  private find(table: Table, name: string): Reach {
    const own = ownPlace(table, name);
    if (own !== undefined) return { kind: 'own', place: own };
    const paths = this.ownTrails(table, name);
    const alive = paths.filter(isAlive);
    const [first] = alive;
    if (first === undefined) return { kind: 'refused', code: paths.length > 0 ? 'FD_CONTRADICTED' : 'unreachable' };
    if (!this.agree(table, alive)) return { kind: 'refused', code: 'AMBIGUOUS_PATH' };
    return { kind: 'climbed', place: ownPlace(table, first.start) ?? 0, path: first };
  }

  private agree(table: Table, paths: readonly Path[]): boolean {
    return table.rows.every((row) => {
      const ends = paths.map((path) => {
        const place = ownPlace(table, path.start) ?? 0;
        return keyOf(climbed(valueOfCell(row[place] ?? null, table.columns[place]?.type), path));
      });
      return new Set(ends).size < 2;
    });
  }

  private ownTrails(table: Table, target: string): readonly Path[] {
    return this.trails(target, (name) => ownPlace(table, name) !== undefined);
  }

  /** Every way back from the target to a start; starts are not walked through. */
  private trails(target: string, isStart: (name: string) => boolean): readonly Path[] {
    const found: Path[] = [];
    const walk = (name: string, steps: readonly Step[], seen: readonly string[]): void => {
      for (const step of this.steps) {
        if (step.parent !== name || seen.includes(step.child)) continue;
        const longer = [step, ...steps];
        if (isStart(step.child)) found.push({ start: step.child, steps: longer });
        else walk(step.child, longer, [...seen, step.child]);
      }
    };
    walk(target, [], [target]);
    return found.sort((a, b) => a.steps.length - b.steps.length);
  }
}

/** Climbs a value along a path; an edge maps NULL to NULL, and a child without a parent climbs to NULL. */
export function climbed(value: Value, path: Path): Value {
  return path.steps.reduce((at, step) => (at === null ? null : step.climb(at)), value);
}

/** A cell as a value: integers with their digits. */
export function valueOfCell(cell: Cell, type: Type | undefined): Value {
  if (typeof cell === 'bigint') return { units: cell, digits: type?.kind === 'decimal' ? type.digits : 0 };
  // NaN and infinities in a source are NULL, −0 is 0.
  if (typeof cell === 'number') return Number.isFinite(cell) ? { double: cell + 0, slack: 0 } : null;
  return cell;
}

/** The place of the column that holds a dimension or attribute; undefined where the table has none of its own. */
export function ownPlace(table: Table, name: string): number | undefined {
  if (table.kind === 'roles') return undefined;
  const place = table.columns.findIndex(({ role }) => role.kind !== 'measure' && role.name === name);
  return place < 0 ? undefined : place;
}

function isAlive({ steps }: Path): boolean {
  return steps.every((step) => step.holds);
}

function calendarSteps(world: World): readonly Step[] {
  return world.dimensionFamilies.flatMap(({ calendar }) => {
    if (calendar === null) return [];
    const { from, levels } = calendar;
    const type = typeOfName(world, from);
    const finest: Level = type?.kind === 'date' ? type.level : 'day';
    const nested = LEVELS.filter((level) => level !== 'week' && level !== finest && levels.includes(level));
    const pairs: [string, Level, Level][] = nested.map((level, place) => {
      const before = nested[place - 1];
      return [before ?? from, before ?? finest, level];
    });
    if (levels.includes('week')) pairs.push([from, finest, 'week']);
    return pairs.map(
      ([child, childLevel, level]): Step => ({
        id: `${child} ${level}`,
        child,
        parent: level,
        climb: (value) => (typeof value === 'string' ? climbPeriod(value, childLevel, level) : null),
        holds: true,
      }),
    );
  });
}

function crossingsOf(world: World): readonly Crossing[] {
  const bridges = world.dimensionFamilies.flatMap((family) => family.bridges);
  return bridges.flatMap(({ child, parent, via }) => {
    const table = world.tables.find(({ name }) => name === via);
    if (table === undefined) return [];
    const [from, to] = [ownPlace(table, child) ?? 0, ownPlace(table, parent) ?? 0];
    const parents = new Map<string, Value[]>();
    for (const row of table.rows) {
      const key = keyOf(valueOfCell(row[from] ?? null, table.columns[from]?.type));
      parents.set(key, [...(parents.get(key) ?? []), valueOfCell(row[to] ?? null, table.columns[to]?.type)]);
    }
    return [{ child, parent, via, parents }];
  });
}

function lookupSteps(world: World): readonly Step[] {
  const declared = world.dimensionFamilies.flatMap(({ edges }) =>
    edges.map((edge) => ({ ...edge, table: world.tables.find(({ name }) => name === edge.via) })),
  );
  const attributes = world.tables.flatMap((table) =>
    table.columns.flatMap(({ name, role }) => {
      if (role.kind !== 'attribute') return [];
      const child = table.columns.find((each) => each.role.kind === 'dimension' && each.role.name === role.of);
      return child === undefined
        ? []
        : [{ child: role.of, parent: role.name, via: table.name, childColumn: child.name, parentColumn: name, table }];
    }),
  );
  return [...declared, ...attributes].flatMap(({ child, parent, via, childColumn, parentColumn, table }) => {
    return table === undefined
      ? []
      : [{ id: `${child} ${parent} ${via}`, child, parent, ...pairsOf(table, childColumn, parentColumn) }];
  });
}

function pairsOf(table: Table, childColumn: string, parentColumn: string): Pick<Step, 'climb' | 'holds'> {
  const places = [childColumn, parentColumn].map((name) => table.columns.findIndex((each) => each.name === name));
  const [child = 0, parent = 0] = places;
  const parents = new Map<string, Value>();
  let holds = true;
  for (const row of table.rows) {
    const from = valueOfCell(row[child] ?? null, table.columns[child]?.type);
    const to = valueOfCell(row[parent] ?? null, table.columns[parent]?.type);
    if (from === null) {
      if (to !== null) holds = false;
      continue;
    }
    const known = parents.get(keyOf(from));
    if (known !== undefined && keyOf(known) !== keyOf(to)) holds = false;
    parents.set(keyOf(from), to);
  }
  return { climb: (value) => parents.get(keyOf(value)) ?? null, holds };
}
