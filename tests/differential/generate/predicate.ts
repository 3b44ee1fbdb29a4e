import type { Comparison, Expr, Literal } from '../question.ts';
import type { Random } from '../random.ts';
import { climbPeriod } from '../reference/calendar.ts';
import { isNumeric } from '../typing.ts';
import { type Cell, LEVELS, type Type, typeOfName, type World } from '../world.ts';
import { period } from './values.ts';

const COMPARISONS: readonly Comparison[] = ['=', '=', '<>', '<', '<=', '>', '>='];

/** A condition over dimensions and attributes, nested up to `depth`. */
export function predicate(random: Random, world: World, names: readonly string[], depth: number): Expr {
  if (depth > 0 && random.chance(0.5)) {
    const inner = () => predicate(random, world, names, depth - 1);
    if (random.chance(0.3)) return { kind: 'not', operand: inner() };
    const operands = Array.from({ length: random.between(2, 3) }, inner);
    return { kind: random.pick(['and', 'or'] as const), operands };
  }
  const name = random.pick(names);
  const type = typeOfName(world, name) ?? { kind: 'text' };
  const same = names.filter((each) => each !== name && sameType(typeOfName(world, each), type));
  if (type.kind === 'bool' && random.chance(0.4)) return { kind: 'name', name };
  const right: Expr =
    same.length > 0 && random.chance(0.12)
      ? { kind: 'name', name: random.pick(same) }
      : literalFor(random, world, name, type);
  const left: Expr =
    isNumeric(type) && random.chance(0.25)
      ? {
          kind: 'arithmetic',
          sign: random.pick(['+', '-', '*'] as const),
          left: { kind: 'name', name },
          right: { kind: 'literal', value: { kind: 'exact', units: BigInt(random.between(1, 3)), digits: 0 } },
        }
      : { kind: 'name', name };
  const comparison = random.pick(COMPARISONS);
  return random.chance(0.1)
    ? { kind: 'compare', comparison, left: right, right: left }
    : { kind: 'compare', comparison, left, right };
}

/** A value of a name's type: mostly one that occurs. */
export function literalFor(random: Random, world: World, name: string, type: Type): Expr {
  if (random.chance(0.03)) return { kind: 'literal', value: { kind: 'null' } };
  const cells = random.chance(0.8) ? occurring(world, name) : [];
  return literalOf(random, cells.length === 0 ? null : random.pick(cells), type);
}

/** A cell as a literal of its type; null: some value of that type. */
export function literalOf(random: Random, cell: Cell, type: Type): Expr {
  switch (type.kind) {
    case 'text':
      return { kind: 'literal', value: { kind: 'text', text: typeof cell === 'string' ? cell : 'nowhere' } };
    case 'bool':
      return { kind: 'literal', value: { kind: 'bool', value: cell === true } };
    case 'date': {
      const text = typeof cell === 'string' ? cell : period(random, type.level);
      const kind = type.level === 'day' && random.chance(0.3) ? 'date' : 'period';
      return { kind: 'literal', value: { kind, text } };
    }
    case 'int64':
    case 'decimal': {
      const digits = type.kind === 'decimal' ? type.digits : 0;
      const units = typeof cell === 'bigint' ? cell : BigInt(random.between(-5, 50));
      const isFiner = digits < 18 && random.chance(0.15);
      return signed(units < 0n, {
        kind: 'exact',
        units: (units < 0n ? -units : units) * (isFiner ? 10n : 1n) + (isFiner ? 5n : 0n),
        digits: isFiner ? digits + 1 : digits,
      });
    }
    case 'double': {
      const value = typeof cell === 'number' && Number.isFinite(cell) ? cell : random.between(-100, 100) / 4;
      const size = Math.abs(value);
      const isPlain = Number.isInteger(size * 100) && size < 1e9;
      return signed(
        value < 0,
        isPlain && random.chance(0.5)
          ? { kind: 'exact', units: BigInt(Math.round(size * 100)), digits: 2 }
          : { kind: 'double', value: size },
      );
    }
  }
}

/** The sign is an operator: literals are not negative. */
function signed(isNegative: boolean, value: Literal): Expr {
  const literal: Expr = { kind: 'literal', value };
  return isNegative ? { kind: 'negate', operand: literal } : literal;
}

/** The values of a name in some table, periods of coarser levels included. */
function occurring(world: World, name: string): readonly Cell[] {
  const found = new Set<Cell>();
  for (const { columns, rows } of world.tables) {
    for (const [place, { role, type }] of columns.entries()) {
      if (role.kind === 'measure') continue;
      const level = LEVELS.find((each) => each === name);
      const isFinest = type.kind === 'date' && type.level !== 'week' && level !== undefined && level !== 'day';
      if (role.name !== name && !(isFinest && isCalendar(world, role.name))) continue;
      for (const row of rows) {
        const cell = row[place] ?? null;
        if (cell === null) continue;
        const isClimbed = role.name !== name && typeof cell === 'string' && type.kind === 'date' && level !== undefined;
        if (!isClimbed) found.add(cell);
        else if (type.level === 'day' || level !== 'week') found.add(climbPeriod(cell, type.level, level));
      }
    }
  }
  return [...found];
}

function isCalendar(world: World, name: string): boolean {
  return world.dimensionFamilies.some(({ calendar }) => calendar?.from === name);
}

export function sameType(a: Type | undefined, b: Type): boolean {
  return a !== undefined && JSON.stringify(a) === JSON.stringify(b);
}

/** Whether two types compare. */
export function comparable(a: Type, b: Type): boolean {
  return sameType(a, b) || (isNumeric(a) && isNumeric(b));
}
