import type { Expr, Point } from '../expr.ts';
import type { Cell, Table } from '../world.ts';
import { overflows } from './bounds.ts';
import type { Sources } from './causes.ts';
import type { Context } from './context.ts';
import { evaluate } from './evaluate.ts';
import type { Aggregate, Leaf, Reduction, Replica, WindowLeaf } from './leaf.ts';
import type { Level } from './level.ts';
import { whole } from './number.ts';
import { compareRows } from './order.ts';
import { climbed, valueOfCell } from './reach.ts';
import { reduced, require127Bits, type Taken } from './reduce.ts';
import { LAST_BITS, Undecided } from './undecided.ts';
import { keyOf, type Value } from './value.ts';
import { windowValues } from './window.ts';

/** A number outside int64 in an exact series. */
export class Overflow extends Error {}

/** A coordinate of a level with all that lies under it. */
export interface Group {
  readonly coordinate: ReadonlyMap<string, Value>;
  /** Rows of each aggregate, by its key. */
  readonly rows: Map<string, (readonly Cell[])[]>;
  /** Coordinates of the inner level of each reduction, by its key. */
  readonly inner: Map<string, Group[]>;
  readonly values: Map<string, Value>;
}

/** The coordinates that occur at a level, and what its expressions are worth there. */
export class LevelFrame {
  readonly groups: readonly Group[];
  private readonly context: Context;
  private readonly sources: Sources;
  private readonly level: Level;
  private readonly byKey = new Map<string, Group>();
  private readonly inner = new Map<string, LevelFrame>();

  /** `beside`: coordinates at which values are wanted whether or not they occur; `order`: of the columns as shown. */
  constructor(
    context: Context,
    sources: Sources,
    level: Level,
    beside: readonly (readonly Value[])[],
    order: readonly string[],
  ) {
    this.context = context;
    this.sources = sources;
    this.level = level;
    this.collect(beside);
    const keys = order.map((_, place) => ({ place, descending: false }));
    const shown = (group: Group) => order.map((name) => group.coordinate.get(name) ?? null);
    this.groups = [...this.byKey.values()].sort((a, b) => compareRows(shown(a), shown(b), keys, () => {}));
    for (const leaf of level.leaves.values()) if (leaf.kind !== 'window') this.compute(leaf);
    // One window may look at another's values.
    for (const leaf of level.leaves.values()) if (leaf.kind === 'window') this.computeWindow(leaf);
  }

  /** The value of an expression at a coordinate. */
  value(expr: Expr, group: Group): Value {
    const { context, level } = this;
    const valueFor = (each: Extract<Expr, { kind: 'name' | 'call' | 'at' }>): Value => {
      const leaf = level.leafOf(each);
      if (leaf !== undefined) {
        if (leaf.kind === 'window') this.computeWindow(leaf);
        return group.values.get(leaf.key) ?? null;
      }
      if (each.kind !== 'name') throw new RangeError(`reference: no ${each.kind} at this level`);
      const family = context.world.families.find(({ name }) => name === each.name);
      if (family?.kind === 'derived')
        return evaluate(family.formula, { valueFor, typeOf: context.typing.level, onTie });
      return this.coordinate(each.name, group);
    };
    return evaluate(expr, { valueFor, typeOf: context.typing.level, onTie });
  }

  /** The group at values of the level's names; undefined where there is none. */
  groupAt(values: readonly Value[]): Group | undefined {
    return this.byKey.get(coordinateKey(values));
  }

  /** A dimension or attribute at a coordinate: of the anchor, or climbed from it. */
  private coordinate(name: string, group: Group): Value {
    if (group.coordinate.has(name)) return group.coordinate.get(name) ?? null;
    const [path] = this.context.reaches.pathsFrom(this.level.names, name);
    return path === undefined ? null : climbed(group.coordinate.get(path.start) ?? null, path);
  }

  private collect(beside: readonly (readonly Value[])[]): void {
    const { level, sources } = this;
    if (level.points.length === 0) this.group([]);
    for (const values of beside) this.group(values);
    for (const leaf of level.leaves.values()) {
      if (leaf.kind === 'aggregate') this.collectRows(leaf.key, this.tableOf(leaf), leaf.families[0]?.where ?? null);
      if (leaf.kind === 'reduction') this.collectInner(leaf);
    }
    if (level.isEmpty()) this.collectRows('', requireTable(sources.baseOf(level)), null);
  }

  private collectRows(key: string, table: Table, where: Expr | null): void {
    for (const row of this.context.rowsOf(table, where)) {
      for (const values of coordinatesOf(this.context, table, row, this.level.points)) {
        const { rows } = this.group(values);
        const known = rows.get(key);
        if (known === undefined) rows.set(key, [row]);
        else known.push(row);
      }
    }
  }

  private collectInner(leaf: Reduction): void {
    const frame = new LevelFrame(this.context, this.sources, leaf.inner, [], []);
    this.inner.set(leaf.key, frame);
    for (const group of frame.groups) {
      const own = this.group(this.level.names.map((name) => group.coordinate.get(name) ?? null));
      own.inner.set(leaf.key, [...(own.inner.get(leaf.key) ?? []), group]);
    }
  }

  private group(values: readonly Value[]): Group {
    const key = coordinateKey(values);
    const known = this.byKey.get(key);
    if (known !== undefined) return known;
    const coordinate = new Map(this.level.names.map((name, at) => [name, values[at] ?? null] as const));
    const made: Group = { coordinate, rows: new Map(), inner: new Map(), values: new Map() };
    this.byKey.set(key, made);
    return made;
  }

  private tableOf(leaf: Aggregate): Table {
    return requireTable(this.sources.tableOf(leaf));
  }

  private compute(leaf: Exclude<Leaf, WindowLeaf>): void {
    const replica = leaf.kind === 'replica' ? this.replicaFrame(leaf) : null;
    for (const group of this.groups) {
      const value =
        leaf.kind === 'aggregate'
          ? this.aggregate(leaf, group.rows.get(leaf.key) ?? [])
          : leaf.kind === 'reduction'
            ? this.reduction(leaf, group)
            : this.replica(leaf, replica, group);
      // A replica is checked where its parts are made.
      if (leaf.kind !== 'replica' && overflows(value)) throw new Overflow();
      group.values.set(leaf.key, value);
    }
  }

  private computeWindow(leaf: WindowLeaf): void {
    if (this.groups.every((group) => group.values.has(leaf.key))) return;
    const { context, level } = this;
    const { axis, within } = leaf;
    const outside =
      axis === null
        ? within === null
          ? []
          : [within]
        : level.names.filter((name) => !context.reaches.determines([axis.name], name));
    const rows = this.groups.map((group) => ({
      partition: coordinateKey(outside.map((name) => this.coordinate(name, group))),
      period: axis === null ? null : this.coordinate(axis.name, group),
      input: this.value(leaf.value, group),
    }));
    const values = windowValues(leaf, rows);
    if (values.some(overflows)) throw new Overflow();
    for (const [at, group] of this.groups.entries()) group.values.set(leaf.key, values[at] ?? null);
  }

  private aggregate(leaf: Aggregate, rows: readonly (readonly Cell[])[]): Value {
    const { argument, weight, order, operator, q, combine } = leaf;
    if (argument === null) return whole(rows.length);
    const table = this.tableOf(leaf);
    const { reaches } = this.context;
    const taken = (dividesDoubles: boolean) =>
      rows.map((row): Taken => {
        const of = (expr: Expr | null) => expr && this.ofRow(expr, leaf, table, row, dividesDoubles);
        const at = order === null ? null : reaches.valueIn(table, row, order);
        return { value: of(argument), weight: of(weight), order: at };
      });
    const isComputed = argument.kind !== 'name';
    const asked = { operator, q, combine, isComputed };
    const value = reduced(asked, taken(false));
    const decides = operator === 'COUNT_DISTINCT' || operator === 'MODE';
    if (!decides || !isComputed) return value;
    // How exact numbers become doubles before they are divided is a backend's own.
    if (keyOf(value) !== keyOf(reduced(asked, taken(true)))) throw new Undecided(LAST_BITS);
    return value;
  }

  private ofRow(
    expr: Expr,
    { families }: Aggregate,
    table: Table,
    row: readonly Cell[],
    dividesDoubles: boolean,
  ): Value {
    const { reaches, typing } = this.context;
    const valueFor = (each: Expr): Value => {
      if (each.kind !== 'name') return null;
      const family = families.find(({ name }) => name === each.name);
      if (family === undefined) return reaches.valueIn(table, row, each.name);
      const place = table.columns.findIndex(({ name }) => name === family.column);
      return valueOfCell(row[place] ?? null, table.columns[place]?.type);
    };
    return evaluate(expr, { valueFor, typeOf: typing.rows, onTie, onNumber: require127Bits, dividesDoubles });
  }

  private reduction(leaf: Reduction, group: Group): Value {
    const frame = this.inner.get(leaf.key);
    if (frame === undefined) throw new RangeError('reference: no inner level');
    const { value, weight, order, operator, q, combine } = leaf;
    const taken = (group.inner.get(leaf.key) ?? []).map(
      (each): Taken => ({
        value: frame.value(value, each),
        weight: weight && frame.value(weight, each),
        order: order === null ? null : frame.coordinate(order, each),
      }),
    );
    return reduced({ operator, q, combine, isComputed: false }, taken);
  }

  private replicaFrame({ inner, value }: Replica): LevelFrame {
    const wanted = this.groups.map((group) => inner.names.map((name) => this.coordinate(name, group)));
    const frame = new LevelFrame(this.context, this.sources, inner, wanted, []);
    for (const group of frame.groups) frame.value(value, group);
    return frame;
  }

  private replica({ inner, value }: Replica, frame: LevelFrame | null, group: Group): Value {
    const found = frame?.groupAt(inner.names.map((name) => this.coordinate(name, group)));
    return found === undefined || frame === null ? null : frame.value(value, found);
  }
}

/** What a row counts in: with a bridge on the way in each of its parents. */
function coordinatesOf(
  { reaches }: Context,
  table: Table,
  row: readonly Cell[],
  points: readonly Point[],
): readonly (readonly Value[])[] {
  return points.reduce<readonly (readonly Value[])[]>(
    (all, point) => {
      const values = reaches.valuesAt(table, row, point);
      return all.flatMap((before) => values.map((value) => [...before, value]));
    },
    [[]],
  );
}

function coordinateKey(values: readonly Value[]): string {
  return JSON.stringify(values.map(keyOf));
}

function requireTable(table: Table | undefined): Table {
  if (table === undefined) throw new RangeError('reference: it is not told whose rows these are');
  return table;
}

function onTie(): never {
  throw new Undecided(LAST_BITS);
}
