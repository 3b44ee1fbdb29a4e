import type { Expr, Literal, Sign } from './expr.ts';
import { LEVELS, type Level, type Type } from './world.ts';

export const INT64: Type = { kind: 'int64' };
export const DOUBLE: Type = { kind: 'double' };
export const BOOL: Type = { kind: 'bool' };
export const TEXT: Type = { kind: 'text' };

export function isNumeric(type: Type): boolean {
  return type.kind === 'int64' || type.kind === 'decimal' || type.kind === 'double';
}

/** Whether values of the type have an order that operators take. */
export function isOrdered(type: Type): boolean {
  return type.kind !== 'bool';
}

/** Digits after the point of an exact number; undefined for what is none. */
export function digitsOf(type: Type): number | undefined {
  if (type.kind === 'int64') return 0;
  return type.kind === 'decimal' ? type.digits : undefined;
}

/** An exact number's type by itself: decimal(0) is not int64, and holds the same numbers. */
export function exactType(digits: number): Type {
  return digits === 0 ? INT64 : { kind: 'decimal', digits };
}

export function sameType(a: Type | undefined, b: Type): boolean {
  return a !== undefined && JSON.stringify(a) === JSON.stringify(b);
}

/** Whether two types compare. */
export function comparable(a: Type, b: Type): boolean {
  return sameType(a, b) || (isNumeric(a) && isNumeric(b));
}

/** `+ −` give the larger n, int64 with decimal is decimal, `*` adds the n, `/` and a double give double. */
export function arithmeticType(sign: Sign, left: Type, right: Type): Type | undefined {
  const [a, b] = [digitsOf(left), digitsOf(right)];
  if (!isNumeric(left) || !isNumeric(right)) return undefined;
  if (sign === '/' || a === undefined || b === undefined) return DOUBLE;
  const digits = sign === '*' ? a + b : Math.max(a, b);
  if (digits > 18) return undefined;
  return left.kind === 'int64' && right.kind === 'int64' ? INT64 : { kind: 'decimal', digits };
}

/** The one type of values that stand for each other; undefined where they have none. */
export function commonType(types: readonly Type[]): Type | undefined {
  const [first, ...others] = types;
  return others.reduce<Type | undefined>(
    (common, type) =>
      common === undefined
        ? undefined
        : isNumeric(common) && isNumeric(type)
          ? arithmeticType('+', common, type)
          : sameType(common, type)
            ? common
            : undefined,
    first,
  );
}

export function literalType(literal: Literal): Type {
  switch (literal.kind) {
    case 'exact':
      return exactType(literal.digits);
    case 'double':
      return DOUBLE;
    case 'text':
      return TEXT;
    case 'period':
      return { kind: 'date', level: levelOf(literal.level) ?? 'day' };
    case 'date':
      return { kind: 'date', level: 'day' };
    case 'bool':
      return BOOL;
    case 'null':
      return INT64;
  }
}

export function levelOf(name: string): Level | undefined {
  return LEVELS.find((each) => each === name);
}

/** Levels that a date of the level leads to, itself included. */
export function levelsFrom(level: Level): readonly Level[] {
  if (level === 'week') return ['week'];
  const nested: readonly Level[] = ['day', 'month', 'quarter', 'year'];
  return level === 'day' ? LEVELS : nested.slice(nested.indexOf(level));
}

/** Type of names, and of calls that are no functions, where an expression stands. */
export interface TypeScope {
  readonly known: (expr: Extract<Expr, { kind: 'name' | 'call' | 'at' }>) => Type | undefined;
}

/** Type of an expression; undefined where it has none. */
export function typeOf(expr: Expr, scope: TypeScope): Type | undefined {
  const of = (each: Expr) => typeOf(each, scope);
  switch (expr.kind) {
    case 'literal':
      return literalType(expr.value);
    case 'name':
    case 'at':
      return scope.known(expr);
    case 'call': {
      const typing = FUNCTIONS[expr.callee];
      if (typing === undefined) return scope.known(expr);
      const types = expr.args.flatMap((each) => {
        const type = isNull(each) ? INT64 : of(each);
        return type === undefined ? [] : [type];
      });
      return types.length < expr.args.length ? undefined : typing(types, expr.args);
    }
    case 'negate': {
      const type = of(expr.operand);
      return type !== undefined && isNumeric(type) ? type : undefined;
    }
    case 'arithmetic': {
      const [left, right] = [of(expr.left), of(expr.right)];
      if (left === undefined || right === undefined) return undefined;
      if (left.kind !== 'date' && right.kind !== 'date') return arithmeticType(expr.sign, left, right);
      if (expr.sign === '-' && sameType(left, right)) return INT64;
      if (expr.sign === '+' && isWhole(left) && right.kind === 'date') return right;
      const isShift = (expr.sign === '+' || expr.sign === '-') && left.kind === 'date' && isWhole(right);
      return isShift ? left : undefined;
    }
    case 'case': {
      const values = [...expr.branches.map(({ value }) => value), ...(expr.otherwise === null ? [] : [expr.otherwise])];
      return alternativesType(values, of);
    }
    case 'compare':
    case 'not':
    case 'and':
    case 'or':
    case 'isNull':
    case 'in':
    case 'between':
      return BOOL;
  }
}

function alternativesType(values: readonly Expr[], of: (expr: Expr) => Type | undefined): Type | undefined {
  const types = values.filter((each) => !isNull(each)).map(of);
  const known = types.filter((each) => each !== undefined);
  return known.length < types.length ? undefined : commonType(known);
}

function isNull(expr: Expr): boolean {
  return expr.kind === 'literal' && expr.value.kind === 'null';
}

function isWhole(type: Type): boolean {
  return digitsOf(type) === 0;
}

type FunctionTyping = (types: readonly Type[], args: readonly Expr[]) => Type | undefined;

const number = (result: (type: Type) => Type): FunctionTyping => {
  return ([x]) => (x !== undefined && isNumeric(x) ? result(x) : undefined);
};
const wholeOrDouble = number((type) => (type.kind === 'double' ? DOUBLE : INT64));
const same = number((type) => type);
const toDouble = number(() => DOUBLE);
const cut: FunctionTyping = ([x], [, n]) => {
  if (x === undefined || !isNumeric(x)) return undefined;
  const digits = digitsOf(x);
  const wanted = n?.kind === 'literal' && n.value.kind === 'exact' ? Number(n.value.units) : 0;
  return digits === undefined || wanted >= digits ? x : exactType(wanted);
};
const text = (result: Type): FunctionTyping => {
  return ([x]) => (x?.kind === 'text' ? result : undefined);
};
const part = (levels: readonly Level[]): FunctionTyping => {
  return ([x]) => (x?.kind === 'date' && levels.includes(x.level) ? INT64 : undefined);
};
const alike: FunctionTyping = (types, args) => {
  // NULL literals take the type of the others.
  const known = types.filter((_, at) => args[at] !== undefined && !isNull(args[at]));
  return commonType(known);
};

/** Scalar functions, each with the type of its value. */
export const FUNCTIONS: Readonly<Record<string, FunctionTyping | undefined>> = {
  ABS: same,
  SIGN: number(() => INT64),
  FLOOR: wholeOrDouble,
  CEIL: wholeOrDouble,
  ROUND: cut,
  TRUNC: cut,
  MOD: ([x, y]) => (x && y && x.kind !== 'double' && y.kind !== 'double' ? arithmeticType('+', x, y) : undefined),
  SQRT: toDouble,
  EXP: toDouble,
  LN: toDouble,
  LOG10: toDouble,
  POWER: toDouble,
  UPPER: text(TEXT),
  LOWER: text(TEXT),
  TRIM: text(TEXT),
  LENGTH: text(INT64),
  SUBSTR: text(TEXT),
  LEFT: text(TEXT),
  RIGHT: text(TEXT),
  REPLACE: text(TEXT),
  CONCAT: text(TEXT),
  CONTAINS: text(BOOL),
  STARTS_WITH: text(BOOL),
  ENDS_WITH: text(BOOL),
  YEAR: part(['day', 'month', 'quarter', 'year']),
  QUARTER: part(['day', 'month', 'quarter']),
  MONTH: part(['day', 'month']),
  WEEK: part(['day', 'week']),
  DAY: part(['day']),
  WEEKDAY: part(['day']),
  DATE_TRUNC: ([, date], [level]) => {
    const wanted = level?.kind === 'literal' && level.value.kind === 'text' ? levelOf(level.value.text) : undefined;
    if (date?.kind !== 'date' || wanted === undefined || !levelsFrom(date.level).includes(wanted)) return undefined;
    return { kind: 'date', level: wanted };
  },
  DATE_ADD: ([date, n]) => (date?.kind === 'date' && n !== undefined && isWhole(n) ? date : undefined),
  DATE_DIFF: ([a, b]) => (a?.kind === 'date' && b !== undefined && sameType(a, b) ? INT64 : undefined),
  COALESCE: alike,
  NULLIF: (types) => (commonType(types) === undefined ? undefined : types[0]),
  GREATEST: alike,
  LEAST: alike,
};

/** Functions that are evaluated on the distinct values of one column where rows are read. */
export const OF_ONE_COLUMN: ReadonlySet<string> = new Set([
  ...['UPPER', 'LOWER', 'TRIM', 'LENGTH', 'SUBSTR', 'LEFT', 'RIGHT', 'REPLACE', 'CONCAT'],
  ...['CONTAINS', 'STARTS_WITH', 'ENDS_WITH', 'YEAR', 'QUARTER', 'MONTH', 'WEEK', 'DAY', 'WEEKDAY'],
  ...['DATE_TRUNC', 'DATE_ADD'],
]);
