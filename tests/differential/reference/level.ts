import { type Call, childrenOf, type Expr, exprKey, namesIn, type Point } from '../expr.ts';
import {
  accepts,
  combiningOf,
  counts,
  isPeriodic,
  mustBeListed,
  type Operator,
  operatorOf,
  type Window,
  windowOf,
} from '../operators.ts';
import { anchorsIn, isReducing, withoutAnchors } from '../typing.ts';
import { FUNCTIONS, isNumeric, levelsFrom } from '../types.ts';
import { type RootFamily, type Table, tableNamed, type World } from '../world.ts';
import { blockedFamilies, pinned } from './blocks.ts';
import type { Context } from './context.ts';
import type { Aggregate, Leaf, Reduction, WindowLeaf } from './leaf.ts';
import { mixesColumns } from './mixed.ts';
import { ownPlace } from './reach.ts';
import { leavesIn, type Terms, termsOf } from './terms.ts';

/** One level of a question: what its expressions are made of, and why they may be refused. */
export class Level {
  readonly context: Context;
  readonly points: readonly Point[];
  /** Windows look over the rows of the Frame only. */
  readonly isFrame: boolean;
  readonly leaves = new Map<string, Leaf>();
  /** Dimensions and attributes that stand outside operators and are not in the anchor. */
  readonly determined = new Set<string>();
  readonly codes = new Set<string>();

  constructor(context: Context, points: readonly Point[], isFrame: boolean) {
    this.context = context;
    this.points = points;
    this.isFrame = isFrame;
  }

  get names(): readonly string[] {
    return this.points.map(({ name }) => name);
  }

  /** Collects what an expression is made of. */
  read(expr: Expr): void {
    switch (expr.kind) {
      case 'name':
        return this.readName(expr);
      case 'at':
        return this.readReplica(expr);
      case 'call':
        if (FUNCTIONS[expr.callee] === undefined) return this.readCall(expr);
        break;
      default:
        break;
    }
    for (const each of childrenOf(expr)) this.read(each);
  }

  private readName(expr: Extract<Expr, { kind: 'name' }>): void {
    const family = this.context.world.families.find(({ name }) => name === expr.name);
    if (family?.kind === 'derived') return this.read(family.formula);
    if (family !== undefined) return this.add(bare(this.context.world, family, exprKey(expr)));
    this.coordinate(expr.name);
  }

  private coordinate(name: string): void {
    if (!this.names.includes(name)) this.determined.add(name);
  }

  private add(leaf: Leaf): void {
    this.leaves.set(leaf.key, leaf);
  }

  private readCall(expr: Call): void {
    const key = exprKey(expr);
    if (this.leaves.has(key)) return;
    const window = windowOf(expr.callee);
    if (window !== undefined) return this.readWindow(expr, window, key);
    const operator = operatorOf(expr.callee);
    if (operator === undefined) {
      this.codes.add('UNKNOWN_NAME');
      return;
    }
    const [value, second] = expr.args;
    if (value === undefined) return this.add(rows(key, []));
    const weight = operator === 'WEIGHTED_AVG' && second !== undefined ? second : null;
    const args = weight === null ? [value] : [value, weight];
    const anchors = args.flatMap(anchorsIn);
    const [anchor] = anchors;
    if (anchor === undefined) return this.readRows(expr, operator, value, weight, key);
    const signatures = new Set(anchors.map((each) => JSON.stringify(each.anchor.map(({ name, via }) => [name, via]).sort())));
    if (signatures.size > 1 || args.some((each) => hasBareSeries(this.context, each))) {
      this.codes.add('INPUT_GRAIN_AMBIGUOUS');
      return;
    }
    this.readReduction(expr, operator, { anchor: anchor.anchor, value: withoutAnchors(value), weight: weight && withoutAnchors(weight) }, key);
  }

  /** An operator over the rows of one root. */
  private readRows(expr: Call, operator: Operator, value: Expr, weight: Expr | null, key: string): void {
    const { world, typing } = this.context;
    const args = weight === null ? [value] : [value, weight];
    const named = [...new Set(args.flatMap(namesIn))].flatMap((name) => world.families.find((each) => each.name === name) ?? []);
    if (args.some(holdsReduction)) this.codes.add('INPUT_GRAIN_AMBIGUOUS');
    if (named.some(({ kind }) => kind === 'derived')) this.codes.add('INPUT_GRAIN_AMBIGUOUS');
    const families = named.flatMap((each) => (each.kind === 'root' ? [each] : []));
    const [first] = families;
    if (value.kind === 'name' && first?.column === null && operator === 'COUNT') {
      return this.add(rows(key, families, tableNamed(world, first.table)));
    }
    if (families.some(({ column }) => column === null)) this.codes.add('NOT_DEFINED_FOR_TYPE');
    if (mustBeListed(operator)) {
      if (families.some((each) => !lists(each, operator))) this.codes.add('OPERATOR_NOT_LISTED');
      const type = typing.rows(value);
      const terms = termsOf(value, (each) => (each.kind === 'name' && this.context.isFamily(each.name) ? 'series' : 'nothing'));
      if (terms !== 'series' && (type === undefined || isNumeric(type))) this.codes.add('OPERATOR_NOT_LISTED');
    }
    if (args.some((each) => mixesColumns(this.context, each))) this.codes.add('NOT_DEFINED_FOR_TYPE');
    if (new Set(families.map(({ table, where }) => `${table} ${where === null ? '' : exprKey(where)}`)).size > 1) {
      this.codes.add('INPUT_GRAIN_AMBIGUOUS');
    }
    const types = [value, weight].map((each) => each && typing.rows(each));
    if (types.some((type) => type === undefined || (type !== null && !accepts(operator, type)))) {
      if (this.codes.size === 0) this.codes.add('NOT_DEFINED_FOR_TYPE');
      return;
    }
    const [family] = families;
    const table = family === undefined ? null : tableNamed(world, family.table);
    const period = isPeriodic(operator) ? this.periodOf(expr, operator, families, table) : { order: null, combine: null };
    const sumsPeriod = combineIn(expr) === 'SUM';
    if (sumsPeriod && families.some((each) => !lists(each, 'SUM'))) this.codes.add('OPERATOR_NOT_LISTED');
    if (sumsPeriod && types[0] && !isNumeric(types[0])) this.codes.add('NOT_DEFINED_FOR_TYPE');
    this.add({ kind: 'aggregate', key, operator, argument: value, weight, q: quantileIn(expr), ...period, sumsPeriod, families, table });
  }

  /** What orders rows and merges those of one period: as asked, else the family's own reducer, else the schema's calendar. */
  private periodOf(
    expr: Call,
    operator: Operator,
    families: readonly RootFamily[],
    table: Table | null,
  ): Pick<Aggregate, 'order' | 'combine'> {
    const { world, question } = this.context;
    const [family, ...others] = families;
    const declared = others.length > 0 ? undefined : family?.reducers.find((each) => each.operator === operator);
    const order = expr.named.find(({ name }) => name === 'order')?.value ?? null;
    const combine = combineIn(expr) ?? (order === null ? (declared?.combine ?? null) : null);
    if (order !== null) {
      if (world.dimensions.find(({ name }) => name === order)?.type.kind !== 'date') this.codes.add('NOT_DEFINED_FOR_TYPE');
      return { order, combine };
    }
    if (declared?.order != null) return { order: declared.order, combine };
    const root = table ?? (question.from === null ? null : tableNamed(world, question.from));
    const carried = world.dimensions.filter(({ name }) => root !== null && ownPlace(root, name) !== undefined);
    const axis = this.axisOf(carried.map(({ name }) => name));
    if (axis === null) this.codes.add('NO_ORDER_AXIS');
    return { order: axis?.name ?? null, combine };
  }

  /** The one finest date among names. */
  axisOf(names: readonly string[]): WindowLeaf['axis'] {
    const { world, reaches } = this.context;
    const dates = world.dimensions.flatMap(({ name, type }) =>
      names.includes(name) && type.kind === 'date' ? [{ name, level: type.level }] : [],
    );
    return dates.find((each) => dates.every((other) => reaches.determines([each.name], other.name))) ?? null;
  }

  private readReduction(
    expr: Call,
    operator: Operator,
    inside: { readonly anchor: readonly Point[]; readonly value: Expr; readonly weight: Expr | null },
    key: string,
  ): void {
    const { reaches, world, typing } = this.context;
    const { anchor, value, weight } = inside;
    if (new Set(anchor.map(({ name }) => name)).size < anchor.length) this.codes.add('NAME_COLLISION');
    if (anchor.every(({ name }) => reaches.determines(this.names, name))) {
      this.codes.add('NOTHING_REDUCED');
      return;
    }
    const added = anchor.filter(({ name }) => !this.names.includes(name));
    const inner = new Level(this.context, [...this.points, ...added], false);
    inner.read(value);
    if (weight !== null) inner.read(weight);
    const type = typing.level(value);
    const weightType = weight === null ? null : typing.level(weight);
    if (type === undefined || !accepts(operator, type) || (weight !== null && (!weightType || !isNumeric(weightType)))) {
      this.codes.add('NOT_DEFINED_FOR_TYPE');
    }
    if (mustBeListed(operator)) for (const code of inner.unsummable(value, operator)) this.codes.add(code);
    const combine = combineIn(expr);
    let order: string | null = null;
    if (isPeriodic(operator)) {
      const asked = expr.named.find(({ name }) => name === 'order')?.value;
      if (asked !== undefined) inner.coordinate(asked);
      if (asked !== undefined && world.dimensions.find(({ name }) => name === asked)?.type.kind !== 'date') {
        this.codes.add('NOT_DEFINED_FOR_TYPE');
      }
      order = asked ?? inner.axisOf(inner.names)?.name ?? null;
      if (order === null) this.codes.add('NO_ORDER_AXIS');
      const given = order === null ? this.names : [...this.names, order];
      if (combine === null && !inner.names.every((each) => reaches.determines(given, each))) {
        this.codes.add('INPUT_GRAIN_AMBIGUOUS');
      }
      if (combine === 'SUM') {
        for (const code of inner.unsummable(value, 'SUM')) this.codes.add(code);
        if (type !== undefined && !isNumeric(type)) this.codes.add('NOT_DEFINED_FOR_TYPE');
      }
    }
    const kept = [...this.names, ...pinned(this.context.question.where)];
    const families = inner.families();
    this.block({ operator, families, carried: inner.names, kept });
    if (combine === 'SUM') {
      this.block({ operator: 'SUM', families, carried: inner.names, kept: [...kept, ...(order === null ? [] : [order])] });
    }
    this.add({ kind: 'reduction', key, operator, value, weight, q: quantileIn(expr), order, combine, inner });
  }

  /** Adds the refusal where a block is crossed and the collection refuses it. */
  private block(touching: Parameters<typeof blockedFamilies>[2]): void {
    const { world, reaches } = this.context;
    if (world.blocked === 'refuse' && blockedFamilies(world, reaches, touching).length > 0) this.codes.add('BLOCKED_REDUCTION');
  }

  private readReplica(expr: Extract<Expr, { kind: 'at' }>): void {
    const key = exprKey(expr);
    if (this.leaves.has(key)) return;
    if (new Set(expr.anchor.map(({ name }) => name)).size < expr.anchor.length) this.codes.add('NAME_COLLISION');
    for (const { name } of expr.anchor) this.coordinate(name);
    const inner = new Level(this.context, expr.anchor, false);
    inner.read(expr.operand);
    this.add({ kind: 'replica', key, value: expr.operand, inner });
  }

  private readWindow(expr: Call, window: Window, key: string): void {
    const { reaches, typing } = this.context;
    if (!this.isFrame) {
      this.codes.add('SYNTAX');
      return;
    }
    const [value, second] = expr.args;
    if (value === undefined) throw new RangeError('reference: a window without a value');
    this.read(value);
    if (typing.level(expr) === undefined) this.codes.add('NOT_DEFINED_FOR_TYPE');
    const isRank = window === 'RANK' || window === 'DENSE_RANK' || window === 'ROW_NUMBER';
    const axis = isRank ? null : this.axisOf(this.names);
    if (!isRank && axis === null) this.codes.add('NO_ORDER_AXIS');
    const word = (wanted: string) => expr.named.find(({ name }) => name === wanted)?.value ?? null;
    const level = (wanted: string) => {
      const name = word(wanted);
      const type = name === null ? undefined : this.context.world.dimensions.find((each) => each.name === name)?.type;
      const found = type?.kind === 'date' ? type.level : null;
      if (axis !== null && found !== null && !levelsFrom(axis.level).includes(found)) this.codes.add('UNREACHABLE_ANCHOR');
      return found;
    };
    const within = word('within');
    if (within !== null) this.coordinate(within);
    if ((window === 'CUMSUM' || window === 'ROLLING_SUM') && axis !== null) {
      const kept = this.names.filter((each) => !reaches.determines([axis.name], each));
      const families = leavesIn(value, this).flatMap((each) => this.familiesOf(each));
      this.block({ operator: 'SUM', families, carried: this.names, kept });
      for (const code of this.unsummable(value, 'SUM')) this.codes.add(code);
    }
    const count = second?.kind === 'literal' && second.value.kind === 'exact' ? Number(second.value.units) : 1;
    this.add({ kind: 'window', key, window, value, count, axis, step: level('step'), reset: level('reset'), within });
  }

  /** Why values of the level may not be added up. */
  private unsummable(value: Expr, operator: Operator): readonly string[] {
    const codes: string[] = [];
    const added = leavesIn(value, this).filter((leaf) => !isCount(leaf, this));
    if (added.some((leaf) => this.familiesOf(leaf).some((family) => !lists(family, operator)))) codes.push('OPERATOR_NOT_LISTED');
    const ofLeaf = (each: Expr): Terms => {
      const leaf = this.leafOf(each);
      if (leaf !== undefined) return isReplica(leaf, this) ? 'replica' : 'series';
      const family = this.context.world.families.find(({ name }) => each.kind === 'name' && name === each.name);
      return family?.kind === 'derived' ? termsOf(family.formula, ofLeaf) : 'nothing';
    };
    const terms = termsOf(value, ofLeaf);
    if (terms === 'replica') codes.push('REPLICATED_SUM');
    if (terms === 'nothing') codes.push('OPERATOR_NOT_LISTED');
    return codes;
  }

  /** The leaf that an expression is; undefined where it is none. */
  leafOf(expr: Expr): Leaf | undefined {
    return this.leaves.get(exprKey(expr));
  }

  /** The root families that a leaf is made of. */
  familiesOf(leaf: Leaf): readonly RootFamily[] {
    switch (leaf.kind) {
      case 'aggregate':
        return leaf.families;
      case 'window':
        return leavesIn(leaf.value, this).flatMap((each) => this.familiesOf(each));
      case 'reduction':
      case 'replica':
        return leaf.inner.families();
    }
  }

  /** The root families of everything at the level and under it. */
  families(): readonly RootFamily[] {
    return [...this.leaves.values()].flatMap((leaf) => this.familiesOf(leaf));
  }

  /** Whether nothing is computed from rows at the level. */
  isEmpty(): boolean {
    return [...this.leaves.values()].every(({ kind }) => kind === 'replica' || kind === 'window');
  }

  /** The levels inside operators and replicas. */
  inside(): readonly Level[] {
    return [...this.leaves.values()].flatMap((leaf) => ('inner' in leaf ? [leaf.inner] : []));
  }
}

/** Whether a leaf counts: counts add up whatever their family lists. */
function isCount(leaf: Leaf, level: Level): boolean {
  switch (leaf.kind) {
    case 'aggregate':
    case 'reduction':
      return counts(leaf.operator);
    case 'replica':
      return false;
    case 'window': {
      const inputs = leavesIn(leaf.value, level);
      return inputs.length > 0 && inputs.every((each) => isCount(each, level));
    }
  }
}

function isReplica(leaf: Leaf, level: Level): boolean {
  if (leaf.kind !== 'window') return leaf.kind === 'replica';
  const inputs = leavesIn(leaf.value, level);
  return inputs.length > 0 && inputs.every((each) => isReplica(each, level));
}

/** Whether an operator applies to a family that it must be listed by. */
export function lists({ reducers }: RootFamily, operator: Operator): boolean {
  return reducers.some((each) => each.operator === operator);
}

function bare(world: World, family: RootFamily, key: string): Aggregate {
  if (family.column === null) return rows(key, [family], tableNamed(world, family.table));
  const [reducer] = family.reducers;
  return {
    kind: 'aggregate',
    key,
    operator: reducer?.operator ?? 'COUNT',
    argument: { kind: 'name', name: family.name },
    weight: null,
    q: null,
    order: reducer?.order ?? null,
    combine: reducer?.combine ?? null,
    sumsPeriod: false,
    families: [family],
    table: tableNamed(world, family.table),
  };
}

function rows(key: string, families: readonly RootFamily[], table: Table | null = null): Aggregate {
  return {
    kind: 'aggregate',
    key,
    operator: 'COUNT',
    argument: null,
    weight: null,
    q: null,
    order: null,
    combine: null,
    sumsPeriod: false,
    families,
    table,
  };
}

function combineIn(expr: Call): Reduction['combine'] {
  return combiningOf(expr.named.find(({ name }) => name === 'combine')?.value);
}

/** The literal q of a quantile. */
function quantileIn({ callee, args }: Call): number | null {
  const [, q] = args;
  if (!callee.endsWith('QUANTILE') || q?.kind !== 'literal') return null;
  if (q.value.kind === 'exact') return Number(q.value.units) / 10 ** q.value.digits;
  return q.value.kind === 'double' ? q.value.value : null;
}

/** Whether a series stands in the expression outside its inner anchors. */
function hasBareSeries(context: Context, expr: Expr): boolean {
  if (expr.kind === 'at') return false;
  if (expr.kind === 'name') return context.isFamily(expr.name);
  if (expr.kind === 'call' && isReducing(expr.callee)) return true;
  return childrenOf(expr).some((each) => hasBareSeries(context, each));
}

function holdsReduction(expr: Expr): boolean {
  if (expr.kind === 'call' && isReducing(expr.callee)) return true;
  return childrenOf(expr).some(holdsReduction);
}

