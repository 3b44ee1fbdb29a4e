import { type Comparison, callOf, type Expr, exactOf, integerOf, namesIn, textOf } from '../expr.ts';
import { comparable, isNumeric, levelsFrom, type TypeScope, typeOf } from '../logical-type.ts';
import type { Random } from '../random.ts';
import type { Cell, Level, Type } from '../world.ts';
import { literalOf } from './literals.ts';

/** An expression with its type, and values that it may have. */
export interface Typed {
  readonly expr: Expr;
  readonly type: Type;
  readonly cells?: readonly Cell[];
}

const COMPARISONS: readonly Comparison[] = ['=', '=', '<>', '<', '<=', '>', '>='];
const PARTS: { readonly [Name in Level]: readonly string[] } = {
  day: ['YEAR', 'QUARTER', 'MONTH', 'WEEK', 'DAY', 'WEEKDAY'],
  week: ['WEEK'],
  month: ['YEAR', 'QUARTER', 'MONTH'],
  quarter: ['YEAR', 'QUARTER'],
  year: ['YEAR'],
};

/** Makes expressions of leaves: columns where rows are read, series where a Frame is. */
export class Expressions {
  private readonly random: Random;
  private readonly leaf: () => Typed | null;
  private readonly scope: TypeScope;
  /** Whether text and date functions read one column each. */
  private readonly ofRows: boolean;

  constructor(random: Random, leaf: () => Typed | null, scope: TypeScope, ofRows: boolean) {
    this.random = random;
    this.leaf = leaf;
    this.scope = scope;
    this.ofRows = ofRows;
  }

  /** A leaf, or something made of it, nested up to `depth`. */
  value(depth: number): Typed | null {
    const leaf = this.leaf();
    return leaf === null ? null : this.around(leaf, depth);
  }

  /** Something made of an expression. */
  around(inner: Typed, depth: number): Typed {
    let typed = inner;
    for (let level = this.random.between(0, depth); level > 0; level--) {
      const expr = this.made(typed);
      const type = expr && typeOf(expr, this.scope);
      if (expr && type) typed = { expr, type };
    }
    return typed;
  }

  /** A condition of leaves, nested up to `depth`; null where there is no leaf. */
  condition(depth: number): Expr | null {
    const { random } = this;
    if (depth > 0 && random.chance(0.5)) {
      const inner = () => this.condition(depth - 1);
      const first = inner();
      if (first === null) return null;
      if (random.chance(0.3)) return { kind: 'not', operand: first };
      const others = [inner(), ...(random.chance(0.3) ? [inner()] : [])].flatMap((each) => each ?? []);
      return { kind: random.pick(['and', 'or'] as const), operands: [first, ...others] };
    }
    const leaf = this.value(random.chance(0.35) ? 1 : 0);
    return leaf && this.asked(leaf);
  }

  /** A condition on one expression. */
  asked(operand: Typed): Expr {
    const { random } = this;
    const { expr, type } = operand;
    const value = () => this.literal(operand);
    const negated = random.chance(0.25);
    if (type.kind === 'bool' && random.chance(0.5)) return expr;
    const kind = random.weighted([
      [8, 'compare'],
      [1.2, 'isNull'],
      [1.5, 'in'],
      [type.kind === 'bool' ? 0 : 1, 'between'],
      [type.kind === 'text' && this.mayCall([expr]) ? 1.5 : 0, 'text'],
    ] as const);
    switch (kind) {
      case 'isNull':
        return { kind: 'isNull', operand: expr, negated };
      case 'in':
        return { kind: 'in', operand: expr, values: Array.from({ length: random.between(1, 4) }, value), negated };
      case 'between':
        return { kind: 'between', operand: expr, low: value(), high: value(), negated };
      case 'text':
        return callOf(random.pick(['CONTAINS', 'STARTS_WITH', 'ENDS_WITH']), [expr, textOf(this.shortText(operand))]);
      case 'compare': {
        const other = random.chance(0.15) ? this.leaf() : null;
        const right = other !== null && comparable(other.type, type) ? other.expr : value();
        const comparison = random.pick(COMPARISONS);
        return random.chance(0.1)
          ? { kind: 'compare', comparison, left: right, right: expr }
          : { kind: 'compare', comparison, left: expr, right };
      }
    }
  }

  private made(inner: Typed): Expr | null {
    const { random } = this;
    const { expr, type } = inner;
    const choosing = () => this.chosen(inner);
    switch (type.kind) {
      case 'int64':
      case 'decimal':
      case 'double':
        return random.chance(0.3) ? choosing() : this.ofNumber(inner);
      case 'text':
        return random.chance(0.3) || !this.mayCall([expr]) ? choosing() : this.ofText(inner);
      case 'date':
        return random.chance(0.25) || !this.mayCall([expr]) ? choosing() : this.ofDate(expr, type.level, inner);
      case 'bool':
        return random.chance(0.4) ? { kind: 'not', operand: expr } : choosing();
    }
  }

  private ofNumber(inner: Typed): Expr {
    const { random } = this;
    const { expr, type } = inner;
    const constant = () => this.constant();
    const isExact = type.kind !== 'double';
    const kind = random.weighted([
      [6, 'arithmetic'],
      [2, 'constant'],
      [1, 'negate'],
      [3, 'cut'],
      [1, 'sign'],
      [isExact ? 1 : 0, 'MOD'],
      [1, 'curve'],
    ] as const);
    switch (kind) {
      case 'arithmetic': {
        const other = this.leaf();
        const right = other !== null && isNumeric(other.type) ? other.expr : constant();
        return { kind: 'arithmetic', sign: random.pick(['+', '-', '*', '/'] as const), left: expr, right };
      }
      case 'constant':
        return { kind: 'arithmetic', sign: random.pick(['+', '-', '*', '/'] as const), left: expr, right: constant() };
      case 'negate':
        return { kind: 'negate', operand: expr };
      case 'cut': {
        const callee = random.pick(['ROUND', 'TRUNC', 'FLOOR', 'CEIL']);
        const digits =
          callee.length > 4 && callee !== 'FLOOR' && random.chance(0.6) ? [integerOf(random.between(0, 3))] : [];
        return callOf(callee, [expr, ...digits]);
      }
      case 'sign':
        return callOf(random.pick(['ABS', 'SIGN']), [expr]);
      case 'MOD':
        return callOf('MOD', [expr, integerOf(random.between(-3, 7))]);
      case 'curve': {
        const callee = random.pick(['SQRT', 'LN', 'LOG10', 'EXP', 'POWER']);
        return callOf(
          callee,
          callee === 'POWER' ? [expr, random.pick([integerOf(2), integerOf(-1), exactOf(5n, 1)])] : [expr],
        );
      }
    }
  }

  private ofText(inner: Typed): Expr {
    const { random } = this;
    const { expr } = inner;
    const piece = () => textOf(this.shortText(inner));
    switch (random.pick(['case', 'LENGTH', 'part', 'end', 'REPLACE', 'CONCAT', 'truth'] as const)) {
      case 'case':
        return callOf(random.pick(['UPPER', 'LOWER', 'TRIM']), [expr]);
      case 'LENGTH':
        return callOf('LENGTH', [expr]);
      case 'part': {
        const length = random.chance(0.6) ? [integerOf(random.between(-1, 4))] : [];
        return callOf('SUBSTR', [expr, integerOf(random.between(-1, 4)), ...length]);
      }
      case 'end':
        return callOf(random.pick(['LEFT', 'RIGHT']), [expr, integerOf(random.between(-1, 5))]);
      case 'REPLACE':
        return callOf('REPLACE', [expr, piece(), random.chance(0.5) ? piece() : textOf('$&')]);
      case 'CONCAT':
        return callOf('CONCAT', random.shuffled([expr, piece(), ...(random.chance(0.3) ? [expr] : [])]));
      case 'truth':
        return callOf(random.pick(['CONTAINS', 'STARTS_WITH', 'ENDS_WITH']), [expr, piece()]);
    }
  }

  private ofDate(expr: Expr, level: Level, inner: Typed): Expr {
    const { random } = this;
    const count = () => integerOf(random.between(-40, 40));
    switch (random.pick(['part', 'part', 'DATE_TRUNC', 'add', 'sign', 'difference'] as const)) {
      case 'part':
        return callOf(random.pick(PARTS[level]), [expr]);
      case 'DATE_TRUNC':
        return callOf('DATE_TRUNC', [textOf(random.pick(levelsFrom(level))), expr]);
      case 'add':
        return callOf('DATE_ADD', [expr, count()]);
      case 'sign':
        return random.chance(0.2)
          ? { kind: 'arithmetic', sign: '+', left: count(), right: expr }
          : { kind: 'arithmetic', sign: random.pick(['+', '-'] as const), left: expr, right: count() };
      case 'difference': {
        const other = random.chance(0.5) ? this.leaf() : null;
        const isSame = other?.type.kind === 'date' && other.type.level === level;
        const right = isSame ? other.expr : literalOf(random, pickCell(random, inner), inner.type);
        return random.chance(0.5)
          ? callOf('DATE_DIFF', [expr, right])
          : { kind: 'arithmetic', sign: '-', left: expr, right };
      }
    }
  }

  /** CASE and the functions that choose. */
  private chosen(inner: Typed): Expr {
    const { random } = this;
    const { expr, type } = inner;
    const other = (): Expr => {
      const leaf = random.chance(0.4) ? this.leaf() : null;
      const fits = leaf !== null && comparable(leaf.type, type);
      return fits ? leaf.expr : this.literal(inner);
    };
    const condition = (): Expr => {
      const leaf = random.chance(0.5) ? this.leaf() : null;
      return this.asked(leaf ?? inner);
    };
    const isBool = type.kind === 'bool';
    switch (random.pick(['COALESCE', 'NULLIF', 'extreme', 'case', 'case', 'matched'] as const)) {
      case 'COALESCE':
        return callOf('COALESCE', [expr, ...(random.chance(0.3) ? [other()] : []), other()]);
      case 'NULLIF':
        return callOf('NULLIF', [expr, other()]);
      case 'extreme':
        return isBool
          ? callOf('COALESCE', [expr, other()])
          : callOf(random.pick(['GREATEST', 'LEAST']), [expr, other()]);
      case 'matched': {
        const operand = this.leaf() ?? inner;
        const branches = [{ when: this.literal(operand), value: expr }];
        if (random.chance(0.3)) branches.push({ when: this.literal(operand), value: other() });
        return { kind: 'case', operand: operand.expr, branches, otherwise: random.chance(0.6) ? other() : null };
      }
      case 'case': {
        const branches = [{ when: condition(), value: expr }];
        if (random.chance(0.3)) branches.push({ when: condition(), value: other() });
        return { kind: 'case', operand: null, branches, otherwise: random.chance(0.6) ? other() : null };
      }
    }
  }

  /** A literal that the expression may be compared with. */
  literal(operand: Typed): Expr {
    if (this.random.chance(0.03)) return { kind: 'literal', value: { kind: 'null' } };
    return literalOf(this.random, this.random.chance(0.8) ? pickCell(this.random, operand) : null, operand.type);
  }

  private constant(): Expr {
    const { random } = this;
    return random.weighted<() => Expr>([
      [3, () => integerOf(random.between(0, 12))],
      [2, () => exactOf(BigInt(random.between(0, 250)), 2)],
      [1, () => ({ kind: 'literal', value: { kind: 'double', value: random.pick([0.1, 2.5, 1e3]) } })],
    ])();
  }

  private shortText({ cells }: Typed): string {
    const cell = cells === undefined || cells.length === 0 ? null : this.random.pick(cells);
    const text = typeof cell === 'string' ? [...cell] : [];
    const from = this.random.between(0, 2);
    return this.random.chance(0.7) ? text.slice(from, from + 2).join('') : this.random.pick(['a', '-', '', 'E', '😀']);
  }

  /** Now and then a function of several columns, which is refused. */
  private mayCall(exprs: readonly Expr[]): boolean {
    return !this.ofRows || new Set(exprs.flatMap(namesIn)).size < 2 || this.random.chance(0.05);
  }
}

function pickCell(random: Random, { cells }: Typed): Cell {
  return cells === undefined || cells.length === 0 ? null : random.pick(cells);
}
