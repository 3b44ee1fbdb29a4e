import { type Expr, namesIn, outputName, type Question } from '../question.ts';
import type { Cell, Table, World } from '../world.ts';
import { tableNamed } from '../world.ts';
import { type Aggregate, aggregatesOf, keyOfCall } from './aggregates.ts';
import { blockedFamilies } from './blocks.ts';
import { lastDay } from './calendar.ts';
import { evaluate, truth } from './evaluate.ts';
import type { Expected } from './frame.ts';
import { isExact } from './number.ts';
import { compareRows, firstPer } from './order.ts';
import { climbed, Reaches, valueOfCell } from './reach.ts';
import { LAST_BITS, reduced, require127Bits, Undecided } from './reduce.ts';
import { keyOf, type Value } from './value.ts';

interface Group {
  readonly coordinate: ReadonlyMap<string, Value>;
  /** Rows of each aggregate, by its key. */
  readonly rows: Map<string, (readonly Cell[])[]>;
}

const INT64 = { low: -(2n ** 63n), high: 2n ** 63n - 1n };

/** Answers questions about one world by plain loops over its rows, as frame-ql.md says and no faster. */
export class Reference {
  private readonly world: World;
  private readonly reaches: Reaches;

  constructor(world: World) {
    this.world = world;
    this.reaches = new Reaches(world);
  }

  answer(question: Question): Expected {
    const codes = this.causes(question);
    if (codes.size > 0) return { kind: 'refused', codes };
    try {
      return this.frame(question, aggregatesOf(this.world, question).aggregates);
    } catch (error) {
      if (!(error instanceof Undecided)) throw error;
      return { kind: 'open' };
    }
  }

  /** Codes of all that keeps a question from being answered, short of its numbers. */
  causes(question: Question): ReadonlySet<string> {
    const { aggregates, isAmbiguous } = aggregatesOf(this.world, question);
    const codes = new Set<string>(isAmbiguous ? ['ROWS_AMBIGUOUS'] : []);
    for (const aggregate of aggregates) for (const code of this.causesOf(question, aggregate)) codes.add(code);
    const isBare = !isAmbiguous && aggregates.length === 0 && question.from !== null;
    const base = isBare ? [tableNamed(this.world, question.from)] : [];
    for (const table of base) for (const code of this.unreached(question, table, [])) codes.add(code);
    for (const code of this.undetermined(question, [...base, ...aggregates.map(({ table }) => table)])) codes.add(code);
    return codes;
  }

  private causesOf(question: Question, { operator, table, argument, families }: Aggregate): readonly string[] {
    const blocked = blockedFamilies(this.world, this.reaches, question, { operator, table, families });
    if (blocked.length > 0 && this.world.blocked === 'refuse') return ['BLOCKED_REDUCTION'];
    if (question.from !== null && question.from !== table.name) return ['NOT_IN_SCHEMA'];
    const dimensions = namesIn(argument).filter((name) => !this.world.families.some((each) => each.name === name));
    return this.unreached(question, table, dimensions);
  }

  /** Why a table does not reach what AT, WHERE or an operator names. */
  private unreached(question: Question, table: Table, inputs: readonly string[]): readonly string[] {
    const codeFor = (name: string, otherwise: string): readonly string[] => {
      const reach = this.reaches.from(table, name);
      if (reach.kind !== 'refused') return [];
      return [reach.code === 'unreachable' ? otherwise : reach.code];
    };
    const filtered = [...namesIn(question.where), ...(this.isScoped(table) ? namesIn(this.world.filter) : [])];
    return [
      ...question.anchor.flatMap((name) => codeFor(name, 'UNREACHABLE_ANCHOR')),
      ...filtered.flatMap((name) => codeFor(name, 'FILTER_UNREACHABLE')),
      ...inputs.flatMap((name) => codeFor(name, 'UNREACHABLE_ANCHOR')),
    ];
  }

  /** Why the anchor does not determine what an item names. */
  private undetermined({ items, anchor }: Question, tables: readonly Table[]): readonly string[] {
    const names = items.flatMap(({ expr }) => this.coordinateNames(expr)).filter((name) => !anchor.includes(name));
    return names.flatMap((name) => {
      if (this.reaches.isContradictedFrom(anchor, name)) return ['FD_CONTRADICTED'];
      if (!this.reaches.determines(anchor, name)) return ['NOT_DETERMINED'];
      return tables.every((table) => this.reaches.agreesOn(table, anchor, name)) ? [] : ['AMBIGUOUS_PATH'];
    });
  }

  /** Dimensions and attributes that stand outside operators. */
  private coordinateNames(expr: Expr): readonly string[] {
    switch (expr.kind) {
      case 'literal':
      case 'call':
        return [];
      case 'name':
        return this.world.families.some((each) => each.name === expr.name) ? [] : [expr.name];
      case 'negate':
      case 'not':
        return this.coordinateNames(expr.operand);
      case 'arithmetic':
      case 'compare':
        return [...this.coordinateNames(expr.left), ...this.coordinateNames(expr.right)];
      case 'and':
      case 'or':
        return expr.operands.flatMap((each) => this.coordinateNames(each));
    }
  }

  private frame(question: Question, aggregates: readonly Aggregate[]): Expected {
    let isTied = false;
    const onTie = () => {
      isTied = true;
    };
    const shown = shownItems(question);
    const groups = this.groupsOf(question, aggregates);
    const rows: Value[][] = [];
    for (const group of groups) {
      const values = new Map<string, Value>();
      const row = shown.map((expr) => this.itemValue(expr, group, question.anchor, aggregates, values, onTie));
      if ([...row, ...values.values()].some(isOutside)) return refused('OVERFLOW');
      rows.push(row);
    }
    const columns = [...leading(question), ...question.items.map((item) => outputName(item) ?? '')];
    const anchor = shown.flatMap((expr, place) =>
      expr.kind === 'name' && question.anchor.includes(expr.name) ? [place] : [],
    );
    const scopeOf = (row: readonly Value[]) => ({
      valueFor: (expr: Expr) => row[columns.indexOf(expr.kind === 'name' ? expr.name : '')] ?? null,
      onTie,
    });
    const { having } = question;
    const kept = having === null ? rows : rows.filter((row) => truth(having, scopeOf(row)) === true);
    const keys = [
      ...question.order.map(({ name, descending }) => ({ place: columns.indexOf(name), descending })),
      ...anchor.map((place) => ({ place, descending: false })),
    ];
    const ordered = kept.toSorted((a, b) => compareRows(a, b, keys, onTie));
    const per = (question.limit?.per ?? []).map((name) => {
      const place = columns.indexOf(name);
      return place >= 0 ? place : shown.findIndex((expr) => expr.kind === 'name' && expr.name === name);
    });
    const limited = question.limit === null ? ordered : firstPer(ordered, question.limit.count, per);
    return { kind: 'frame', columns, anchor, rows: limited, all: rows, isTied };
  }

  /** All coordinates at which some series has a row (for none: those of FROM). */
  private groupsOf(question: Question, aggregates: readonly Aggregate[]): readonly Group[] {
    const groups = new Map<string, Group>();
    if (question.anchor.length === 0) groups.set('[]', { coordinate: new Map(), rows: new Map() });
    const sources =
      aggregates.length > 0
        ? aggregates.map(({ key, table, families }) => ({ key, table, where: families[0]?.where ?? null }))
        : [{ key: '', table: tableNamed(this.world, question.from ?? ''), where: null }];
    for (const { key, table, where } of sources) {
      for (const row of table.rows) {
        if (!this.isRead(table, row, where, question.where)) continue;
        const coordinate = question.anchor.map((name) => [name, this.reaches.valueIn(table, row, name)] as const);
        const at = JSON.stringify(coordinate.map(([, value]) => keyOf(value)));
        const group: Group = groups.get(at) ?? { coordinate: new Map(coordinate), rows: new Map() };
        const rows = group.rows.get(key) ?? [];
        rows.push(row);
        group.rows.set(key, rows);
        groups.set(at, group);
      }
    }
    return [...groups.values()];
  }

  /** Whether stability, the declared filter, the root's condition and WHERE let a row in. */
  private isRead(table: Table, row: readonly Cell[], where: Expr | null, asked: Expr | null): boolean {
    const onTie = () => {};
    const named = (expr: Expr) => (expr.kind === 'name' ? this.reaches.valueIn(table, row, expr.name) : null);
    const isTrue = (condition: Expr | null) =>
      condition === null || truth(condition, { valueFor: named, onTie }) === true;
    const own = (expr: Expr): Value => {
      const place = table.columns.findIndex(({ name, role }) => {
        return expr.kind === 'name' && (role.kind === 'measure' ? name : role.name) === expr.name;
      });
      return valueOfCell(row[place] ?? null, table.columns[place]?.type);
    };
    if (where !== null && truth(where, { valueFor: own, onTie }) !== true) return false;
    return this.isStable(table, row) && (!this.isScoped(table) || isTrue(this.world.filter)) && isTrue(asked);
  }

  private isStable(table: Table, row: readonly Cell[]): boolean {
    const { stability } = this.world;
    if (stability === null || table.dateColumn === null) return true;
    const place = table.columns.findIndex(({ name }) => name === table.dateColumn);
    const type = table.columns[place]?.type;
    const printed = row[place];
    if (typeof printed !== 'string' || type?.kind !== 'date') return false;
    const boundary = Date.parse(stability.asOf) - stability.holdOffDays * 86_400_000;
    return Date.parse(lastDay(printed, type.level)) <= boundary;
  }

  /** A table that does not reach every name of the declared filter is not scoped by it. */
  private isScoped(table: Table): boolean {
    return namesIn(this.world.filter).every((name) => {
      const reach = this.reaches.from(table, name);
      return reach.kind !== 'refused' || reach.code !== 'unreachable';
    });
  }

  private itemValue(
    expr: Expr,
    group: Group,
    anchor: readonly string[],
    aggregates: readonly Aggregate[],
    values: Map<string, Value>,
    onTie: () => void,
  ): Value {
    const aggregate = (key: string): Value => {
      const found = aggregates.find((each) => each.key === key);
      if (found === undefined) throw new RangeError(`reference: no aggregate ${key}`);
      const value = values.get(key) ?? this.reduce(found, group.rows.get(key) ?? []);
      values.set(key, value);
      return value;
    };
    const valueFor = (each: Extract<Expr, { kind: 'name' | 'call' }>): Value => {
      if (each.kind === 'call') return aggregate(keyOfCall(each));
      const family = this.world.families.find(({ name }) => name === each.name);
      if (family?.kind === 'derived') return evaluate(family.formula, { valueFor, onTie });
      if (family !== undefined) return aggregate(family.name);
      if (group.coordinate.has(each.name)) return group.coordinate.get(each.name) ?? null;
      const [path] = this.reaches.pathsFrom(anchor, each.name);
      return path === undefined ? null : climbed(group.coordinate.get(path.start) ?? null, path);
    };
    return evaluate(expr, { valueFor, onTie });
  }

  private reduce({ operator, table, argument, families }: Aggregate, rows: readonly (readonly Cell[])[]): Value {
    if (argument === null)
      return reduced(
        'COUNT(*)',
        rows.map(() => true),
        false,
      );
    const valuesOf = (dividesDoubles: boolean) =>
      rows.map((row) => {
        const valueFor = (expr: Expr): Value => {
          if (expr.kind !== 'name') return null;
          const family = families.find(({ name }) => name === expr.name);
          if (family === undefined) return this.reaches.valueIn(table, row, expr.name);
          const place = table.columns.findIndex(({ name }) => name === family.column);
          return valueOfCell(row[place] ?? null, table.columns[place]?.type);
        };
        return evaluate(argument, { valueFor, onTie: () => {}, onNumber: require127Bits, dividesDoubles });
      });
    const isComputed = argument.kind !== 'name';
    const value = reduced(operator, valuesOf(false), isComputed);
    if (operator !== 'COUNT_DISTINCT' || !isComputed) return value;
    if (keyOf(value) !== keyOf(reduced(operator, valuesOf(true), isComputed))) throw new Undecided(LAST_BITS);
    return value;
  }
}

function refused(...codes: readonly string[]): Expected {
  return { kind: 'refused', codes: new Set(codes) };
}

/** Anchor dimensions that are not listed lead, in AT order. */
function leading({ items, anchor }: Question): readonly string[] {
  return anchor.filter((name) => !items.some(({ expr }) => expr.kind === 'name' && expr.name === name));
}

function shownItems(question: Question): readonly Expr[] {
  const names = leading(question).map((name): Expr => ({ kind: 'name', name }));
  return [...names, ...question.items.map(({ expr }) => expr)];
}

function isOutside(value: Value): boolean {
  if (value === null || typeof value !== 'object' || !isExact(value)) return false;
  return value.units < INT64.low || value.units > INT64.high;
}
