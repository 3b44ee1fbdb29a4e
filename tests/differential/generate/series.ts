import { callOf, childrenOf, type Expr, exactOf, integerOf, type NamedWord, nameOf, type Point } from '../expr.ts';
import { isNumeric, type TypeScope } from '../logical-type.ts';
import { COMBINING, isPeriodic, mustBeListed, type Operator, operatorsFor, WINDOWS } from '../operators.ts';
import { type Item, outputName } from '../question.ts';
import type { Random } from '../random.ts';
import type { Reaches } from '../reference/reach.ts';
import type { Typing } from '../typing.ts';
import type { Family, RootFamily, World } from '../world.ts';
import { Expressions, type Typed } from './expressions.ts';
import { namedLeaf } from './predicate.ts';
import { sampled } from './sampled.ts';

/** What series may be made of. */
export interface Material {
  readonly families: readonly Family[];
  /** Dimensions and attributes that the rows reach. */
  readonly reached: readonly string[];
  /** Dimensions reached through a bridge. */
  readonly crossed: readonly Point[];
  readonly anchor: readonly string[];
  /** Whether it is said whose rows are counted. */
  readonly rowsKnown: boolean;
}

/** How deep inner anchors and replicas nest. */
const DEPTH = 2;

/** Makes series of one question. */
export class SeriesMaker {
  private readonly random: Random;
  private readonly world: World;
  private readonly reaches: Reaches;
  private readonly typing: Typing;
  private readonly material: Material;

  constructor(random: Random, world: World, reaches: Reaches, typing: Typing, material: Material) {
    this.random = random;
    this.world = world;
    this.reaches = reaches;
    this.typing = typing;
    this.material = material;
  }

  /** One to four series, each with its alias where it needs one, or by chance. */
  items(): readonly Item[] {
    const { random, material } = this;
    const items = Array.from({ length: random.between(1, 4) }, (_, place): Item[] => {
      const typed = this.series(material.anchor, DEPTH, true);
      if (typed === null) return [];
      const own = outputName({ expr: typed.expr, alias: null });
      return [{ expr: typed.expr, alias: own !== null && random.chance(0.7) ? null : `s${place}` }];
    }).flat();
    // A statement counts rows only where a family, or FROM, says whose.
    return items.length > 0 ? items : [{ expr: callOf('COUNT', []), alias: null }];
  }

  /** A series at a level whose anchor has these names. */
  private series(names: readonly string[], depth: number, isFrame: boolean): Typed | null {
    const { random } = this;
    const first = this.atom(names, depth);
    if (first === null) return null;
    const made = random.chance(0.3) ? this.expressions(names, depth).around(first, 2) : first;
    if (!isFrame || !random.chance(0.3)) return made;
    const windowed = this.window(made, names);
    if (windowed === null) return made;
    const scope: TypeScope = { known: this.typing.level };
    const leaf = () => (random.chance(0.5) ? made : windowed);
    return random.chance(0.25) ? new Expressions(random, leaf, scope, false).around(windowed, 1) : windowed;
  }

  private expressions(names: readonly string[], depth: number): Expressions {
    const leaf = () => this.atom(names, Math.max(0, depth - 1));
    return new Expressions(this.random, leaf, { known: this.typing.level }, false);
  }

  private atom(names: readonly string[], depth: number): Typed | null {
    const { random, material } = this;
    const { families, reached, rowsKnown } = material;
    const roots = families.flatMap((family) => (family.kind === 'root' && family.column !== null ? [family] : []));
    const kind = random.weighted([
      [families.length > 0 ? 4 : 0, 'bare'],
      [roots.length > 0 ? 5 : 0, 'operator'],
      [roots.length > 0 ? 3 : 0, 'rowwise'],
      [rowsKnown ? 0.7 : 0, 'rows'],
      [rowsKnown && reached.length > 0 ? 1.5 : 0, 'dimension'],
      [names.length > 0 ? 0.4 : 0, 'coordinate'],
      [depth > 0 && families.length > 0 ? 3 : 0, 'reduction'],
      [depth > 0 && families.length > 0 ? 1.3 : 0, 'replica'],
    ] as const);
    switch (kind) {
      case 'bare':
        return this.typed(nameOf(random.pick(families).name));
      case 'operator':
        return this.overFamily(random.pick(roots));
      case 'rowwise':
        return this.rowwise(roots);
      case 'rows':
        return this.typed(callOf('COUNT', []));
      case 'dimension': {
        const leaf = namedLeaf(this.world, random.pick(reached));
        return leaf && this.applied(leaf, false);
      }
      case 'coordinate': {
        const name = random.pick(names);
        const leaf = namedLeaf(this.world, name);
        // Alone it would be the anchor's own column.
        return leaf && new Expressions(random, () => leaf, { known: this.typing.level }, false).around(leaf, 2);
      }
      case 'reduction':
        return this.reduction(names, depth);
      case 'replica':
        return this.replica(names, depth);
    }
  }

  private typed(expr: Expr): Typed | null {
    const type = this.typing.level(expr);
    return type === undefined ? null : { expr, type };
  }

  private overFamily(family: RootFamily): Typed | null {
    const leaf = this.familyLeaf(family);
    const applied = this.applied(leaf, true);
    const expr = applied?.expr;
    if (expr?.kind !== 'call' || applied === null) return applied;
    return { ...applied, expr: { ...expr, dotted: this.random.chance(0.25) } };
  }

  private familyLeaf(family: RootFamily): Typed {
    return { expr: nameOf(family.name), type: family.type, cells: sampled(this.world, family) };
  }

  /** An operator over an expression of rows, or at an inner anchor. */
  private applied(input: Typed, isFamily: boolean): Typed | null {
    const { random } = this;
    const operators = operatorsFor(input.type).filter((each) => isFamily || !mustBeListed(each));
    const operator = random.weighted(operators.map((each) => [weightOf(each), each] as const));
    return this.typed(this.call(operator, input.expr, () => this.weight()));
  }

  /** The operator with all the arguments that it takes. */
  private call(operator: Operator, value: Expr, weight: () => Expr): Expr {
    const { random } = this;
    if (operator.endsWith('QUANTILE')) {
      const q = random.pick([
        exactOf(5n, 1),
        exactOf(9n, 1),
        exactOf(25n, 2),
        integerOf(0),
        integerOf(1),
        exactOf(333n, 3),
      ]);
      return callOf(operator, [value, q]);
    }
    if (operator === 'WEIGHTED_AVG') return callOf(operator, [value, weight()]);
    return callOf(operator, [value], isPeriodic(operator) ? this.periodic() : []);
  }

  private weight(): Expr {
    const { random, world, material } = this;
    const families = material.families.flatMap((each) => (each.kind === 'root' && each.column !== null ? [each] : []));
    const names = [...families, ...material.reached.flatMap((name) => namedType(world, name))];
    const numeric = names.filter(({ type }) => isNumeric(type));
    return numeric.length === 0 || random.chance(0.15) ? integerOf(2) : nameOf(random.pick(numeric).name);
  }

  private periodic(): readonly NamedWord[] {
    const { random, world, material } = this;
    const dates = world.dimensions.filter(({ name, type }) => type.kind === 'date' && material.reached.includes(name));
    const words: NamedWord[] = [];
    if (dates.length > 0 && random.chance(0.5)) words.push({ name: 'order', value: random.pick(dates).name });
    else if (material.reached.length > 0 && random.chance(0.05)) {
      const value = random.pick(world.dimensions).name;
      words.push({ name: 'order', value });
    }
    if (random.chance(0.7)) words.push({ name: 'combine', value: random.pick(COMBINING) });
    return words;
  }

  /** An operator over an expression, row by row, of families of one root and of dimensions. */
  private rowwise(roots: readonly RootFamily[]): Typed | null {
    const { random, world, typing, material } = this;
    const first = random.pick(roots);
    const isSum = lists(first) && random.chance(0.4);
    const same = roots.filter(({ table, where }) => table === first.table && where === first.where);
    const others = isSum ? same.filter(lists) : same;
    const leaf = (): Typed | null => {
      if (material.reached.length > 0 && random.chance(isSum ? 0.15 : 0.35)) {
        return namedLeaf(world, random.pick(material.reached));
      }
      return this.familyLeaf(random.pick(others));
    };
    const made = new Expressions(random, leaf, { known: typing.rows }, true).around(this.familyLeaf(first), 2);
    if (isSum && isNumeric(made.type)) return this.typed(callOf('SUM', [made.expr]));
    const input = random.chance(0.12) ? conditional(random, made, leaf, { known: typing.rows }) : made;
    return this.applied(input, false);
  }

  /** An operator over what stands at the coordinates of an inner anchor. */
  private reduction(names: readonly string[], depth: number): Typed | null {
    const { random } = this;
    const anchor = this.innerAnchor(names);
    if (anchor === null) return null;
    const inside = [...names, ...anchor.map(({ name }) => name).filter((name) => !names.includes(name))];
    const inner = this.series(inside, depth - 1, false);
    if (inner === null) return null;
    const operator = random.weighted(operatorsFor(inner.type).map((each) => [weightOf(each), each] as const));
    const at = (operand: Expr): Expr => ({ kind: 'at', operand, anchor });
    const weight = () => {
      const other = this.series(inside, 0, false);
      return other !== null && isNumeric(other.type) ? at(other.expr) : at(inner.expr);
    };
    return this.typed(this.call(operator, spread(random, inner.expr, at), weight));
  }

  private innerAnchor(names: readonly string[]): readonly Point[] | null {
    const { random, world, material, reaches } = this;
    const dimensions = world.dimensions.map(({ name }) => name).filter((name) => material.reached.includes(name));
    const free = dimensions.filter((name) => !reaches.determines(names, name));
    const choice = free.length > 0 && !random.chance(0.05) ? free : dimensions;
    if (choice.length === 0) return null;
    const points = random.some(choice, 1, 2).map((name): Point => ({ name, via: null }));
    const crossed = material.crossed.filter(({ name }) => !names.includes(name));
    return crossed.length > 0 && random.chance(0.1) ? [random.pick(crossed)] : points;
  }

  /** A value at exactly some coarser anchor, or a share of it. */
  private replica(names: readonly string[], depth: number): Typed | null {
    const { random, world, reaches } = this;
    const determined = world.dimensions.map(({ name }) => name).filter((name) => reaches.determines(names, name));
    const pool = random.chance(0.05) ? world.dimensions.map(({ name }) => name) : determined;
    const anchor = random.some(pool, 0, 2).map((name): Point => ({ name, via: null }));
    const inner = this.series(
      anchor.map(({ name }) => name),
      depth - 1,
      false,
    );
    if (inner === null) return null;
    const replica = this.typed({ kind: 'at', operand: inner.expr, anchor });
    if (replica === null || !isNumeric(inner.type) || !random.chance(0.4)) return replica;
    return this.typed({ kind: 'arithmetic', sign: '/', left: inner.expr, right: replica.expr });
  }

  private window(input: Typed, names: readonly string[]): Typed | null {
    const { random, world } = this;
    const numeric = isNumeric(input.type);
    const window = random.pick(numeric ? WINDOWS : (['LAG', 'LEAD', 'RANK', 'DENSE_RANK', 'ROW_NUMBER'] as const));
    const count = [integerOf(random.between(window.startsWith('ROLLING') ? 1 : 0, 4))];
    const levels = world.dimensionFamilies.flatMap(({ calendar }) =>
      calendar === null ? [] : [calendar.from, ...calendar.levels],
    );
    const word = (name: NamedWord['name'], values: readonly string[]): readonly NamedWord[] =>
      values.length > 0 && random.chance(0.4) ? [{ name, value: random.pick(values) }] : [];
    switch (window) {
      case 'LAG':
      case 'LEAD':
      case 'PCT_CHANGE':
        return this.typed(callOf(window, [input.expr, ...(random.chance(0.6) ? count : [])], word('step', levels)));
      case 'CUMSUM':
        return this.typed(callOf(window, [input.expr], word('reset', levels)));
      case 'RANK':
      case 'DENSE_RANK':
      case 'ROW_NUMBER':
        return this.typed(callOf(window, [input.expr], word('within', names)));
      default:
        return this.typed(callOf(window, [input.expr, ...count]));
    }
  }
}

/** One `@` around the whole, or one around each side of it. */
function spread(random: Random, expr: Expr, at: (operand: Expr) => Expr): Expr {
  if (expr.kind === 'arithmetic' && random.chance(0.5) && childrenOf(expr).every(({ kind }) => kind !== 'literal')) {
    return { ...expr, left: at(expr.left), right: at(expr.right) };
  }
  return at(expr);
}

function conditional(random: Random, made: Typed, leaf: () => Typed | null, scope: TypeScope): Typed {
  const condition = new Expressions(random, leaf, scope, true).asked(made);
  return { expr: condition, type: { kind: 'bool' } };
}

function namedType(world: World, name: string) {
  return [...world.dimensions, ...world.attributes].filter((each) => each.name === name);
}

function lists({ reducers }: RootFamily): boolean {
  return reducers.some(({ operator }) => operator === 'SUM');
}

/** How often an operator is asked for. */
function weightOf(operator: Operator): number {
  switch (operator) {
    case 'SUM':
      return 5;
    case 'AVG':
    case 'COUNT':
    case 'MIN':
    case 'MAX':
    case 'LAST':
      return 2;
    case 'VAR_SAMP':
    case 'STDDEV_POP':
    case 'BOOL_AND':
    case 'APPROX_DISTINCT':
      return 0.7;
    default:
      return 1;
  }
}
