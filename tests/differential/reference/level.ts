import { type Call, childrenOf, type Expr, exprKey, namesIn, type Point } from '../expr.ts';
import { FUNCTIONS, isNumeric, levelsFrom } from '../logical-type.ts';
import { accepts, isPeriodic, mustBeListed, type Operator, operatorOf, type Window, windowOf } from '../operators.ts';
import { anchorsIn, withoutAnchors } from '../typing.ts';
import { type RootFamily, type Table, tableNamed } from '../world.ts';
import { blockedFamilies, pinned } from './blocks.ts';
import type { Context } from './context.ts';
import type { Aggregate, Leaf, WindowLeaf } from './leaf.ts';
import { bare, combineIn, hasBareSeries, holdsReduction, lists, quantileIn, rows } from './made-of.ts';
import { mixesColumns } from './mixed.ts';
import { ownPlace } from './reach.ts';
import { familiesOf, unsummable } from './summing.ts';
import { addedNames, isDoubtful, leavesUnder, type Terms, termsOf } from './terms.ts';

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
  /** Codes with which it may be refused too, where the language does not say. */
  readonly doubts = new Set<string>();

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
        this.readName(expr);
        return;
      case 'at':
        this.readReplica(expr);
        return;
      case 'call':
        if (FUNCTIONS[expr.callee] === undefined) this.readCall(expr);
        else for (const each of expr.args) this.read(each);
        return;
      default:
        for (const each of childrenOf(expr)) this.read(each);
    }
  }

  private readName(expr: Extract<Expr, { kind: 'name' }>): void {
    const family = this.context.world.families.find(({ name }) => name === expr.name);
    if (family === undefined) this.coordinate(expr.name);
    else if (family.kind === 'derived') this.read(family.formula);
    else this.add(bare(this.context.world, family, exprKey(expr)));
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
    if (window !== undefined) {
      this.readWindow(expr, window, key);
      return;
    }
    const operator = operatorOf(expr.callee);
    if (operator === undefined) {
      this.codes.add('UNKNOWN_NAME');
      return;
    }
    const [value, second] = expr.args;
    if (value === undefined) {
      this.add(rows(key, []));
      return;
    }
    const weight = operator === 'WEIGHTED_AVG' && second !== undefined ? second : null;
    const args = weight === null ? [value] : [value, weight];
    const anchors = args.flatMap(anchorsIn);
    const [anchor] = anchors;
    if (anchor === undefined) {
      this.readRows(expr, operator, value, weight, key);
      return;
    }
    const signatures = new Set(
      anchors.map((each) => JSON.stringify(each.anchor.map(({ name, via }) => [name, via]).sort())),
    );
    if (signatures.size > 1 || args.some((each) => hasBareSeries(this.context, each))) {
      this.codes.add('INPUT_GRAIN_AMBIGUOUS');
      return;
    }
    this.readReduction(
      expr,
      operator,
      { anchor: anchor.anchor, value: withoutAnchors(value), weight: weight && withoutAnchors(weight) },
      key,
    );
  }

  /** An operator over the rows of one root. */
  private readRows(expr: Call, operator: Operator, value: Expr, weight: Expr | null, key: string): void {
    const { world, typing } = this.context;
    const args = weight === null ? [value] : [value, weight];
    const named = [...new Set(args.flatMap(namesIn))].flatMap(
      (name) => world.families.find((each) => each.name === name) ?? [],
    );
    if (args.some(holdsReduction)) this.codes.add('INPUT_GRAIN_AMBIGUOUS');
    if (named.some(({ kind }) => kind === 'derived')) this.codes.add('INPUT_GRAIN_AMBIGUOUS');
    const families = named.flatMap((each) => (each.kind === 'root' ? [each] : []));
    const [first] = families;
    if (value.kind === 'name' && first?.column === null && operator === 'COUNT') {
      this.add(rows(key, families, tableNamed(world, first.table)));
      return;
    }
    if (families.some(({ column }) => column === null)) this.codes.add('NOT_DEFINED_FOR_TYPE');
    if (mustBeListed(operator)) {
      this.doubt(value);
      const type = typing.rows(value);
      const added = addedNames(value);
      const isUnlisted = families.some((each) => added.includes(each.name) && !lists(each, operator));
      if (this.rowTerms(value, operator) !== 'series' && (isUnlisted || type === undefined || isNumeric(type)))
        this.codes.add('OPERATOR_NOT_LISTED');
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
    const period = isPeriodic(operator)
      ? this.periodOf(expr, operator, families, table)
      : { order: null, combine: null };
    const sumsPeriod = combineIn(expr) === 'SUM';
    if (sumsPeriod) this.doubt(value);
    if (sumsPeriod && this.rowTerms(value, 'SUM') !== 'series') this.codes.add('OPERATOR_NOT_LISTED');
    if (sumsPeriod && types[0] && !isNumeric(types[0])) this.codes.add('NOT_DEFINED_FOR_TYPE');
    this.add({
      kind: 'aggregate',
      key,
      operator,
      argument: value,
      weight,
      q: quantileIn(expr),
      ...period,
      sumsPeriod,
      families,
      table,
    });
  }

  private doubt(value: Expr): void {
    const { typing } = this.context;
    // Periods between dates are a number that no family has.
    const isDate = (each: Expr): boolean =>
      (typing.level(each) ?? typing.rows(each))?.kind === 'date' || childrenOf(each).some(isDate);
    if (isDoubtful(value) || isDate(value)) this.doubts.add('OPERATOR_NOT_LISTED');
  }

  private rowTerms(value: Expr, operator: Operator): Terms {
    const { world } = this.context;
    return termsOf(value, (each) => {
      const family = world.families.find(({ name }) => each.kind === 'name' && name === each.name);
      return family?.kind === 'root' && lists(family, operator) ? 'series' : 'nothing';
    });
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
      if (world.dimensions.find(({ name }) => name === order)?.type.kind !== 'date')
        this.codes.add('NOT_DEFINED_FOR_TYPE');
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
    if (
      type === undefined ||
      !accepts(operator, type) ||
      (weight !== null && (!weightType || !isNumeric(weightType)))
    ) {
      this.codes.add('NOT_DEFINED_FOR_TYPE');
    }
    if (mustBeListed(operator)) this.doubt(value);
    if (mustBeListed(operator)) for (const code of unsummable(inner, value, operator)) this.codes.add(code);
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
        this.doubt(value);
        for (const code of unsummable(inner, value, 'SUM')) this.codes.add(code);
        if (type !== undefined && !isNumeric(type)) this.codes.add('NOT_DEFINED_FOR_TYPE');
      }
    }
    const kept = [...this.names, ...pinned(this.context.question.where)];
    const families = inner.families();
    this.block({ operator, families, carried: inner.names, kept });
    if (combine === 'SUM') {
      this.block({
        operator: 'SUM',
        families,
        carried: inner.names,
        kept: [...kept, ...(order === null ? [] : [order])],
      });
    }
    this.add({ kind: 'reduction', key, operator, value, weight, q: quantileIn(expr), order, combine, inner });
  }

  /** Adds the refusal where a block is crossed and the collection refuses it. */
  private block(touching: Parameters<typeof blockedFamilies>[2]): void {
    const { world, reaches } = this.context;
    if (world.blocked === 'refuse' && blockedFamilies(world, reaches, touching).length > 0)
      this.codes.add('BLOCKED_REDUCTION');
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
      if (axis !== null && found !== null && !levelsFrom(axis.level).includes(found))
        this.codes.add('UNREACHABLE_ANCHOR');
      return found;
    };
    const within = word('within');
    if (within !== null) this.coordinate(within);
    if ((window === 'CUMSUM' || window === 'ROLLING_SUM') && axis !== null) {
      this.doubt(value);
      const kept = this.names.filter((each) => !reaches.determines([axis.name], each));
      const families = leavesUnder(value, this).flatMap((each) => familiesOf(each, this));
      this.block({ operator: 'SUM', families, carried: this.names, kept });
      for (const code of unsummable(this, value, 'SUM')) this.codes.add(code);
    }
    const count = second?.kind === 'literal' && second.value.kind === 'exact' ? Number(second.value.units) : 1;
    this.add({ kind: 'window', key, window, value, count, axis, step: level('step'), reset: level('reset'), within });
  }

  /** The leaf that an expression is; undefined where it is none. */
  leafOf(expr: Expr): Leaf | undefined {
    return this.leaves.get(exprKey(expr));
  }

  /** The root families of everything at the level and under it. */
  families(): readonly RootFamily[] {
    return [...this.leaves.values()].flatMap((leaf) => familiesOf(leaf, this));
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
