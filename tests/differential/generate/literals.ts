import { type Expr, exactOf, type Literal } from '../expr.ts';
import type { Random } from '../random.ts';
import { climbPeriod } from '../reference/calendar.ts';
import { type Cell, LEVELS, type Type, type World } from '../world.ts';
import { period } from './values.ts';

/** A cell as a literal of its type; null: some value of that type. */
export function literalOf(random: Random, cell: Cell, type: Type): Expr {
  switch (type.kind) {
    case 'text':
      return { kind: 'literal', value: { kind: 'text', text: typeof cell === 'string' ? cell : 'nowhere' } };
    case 'bool':
      return { kind: 'literal', value: { kind: 'bool', value: cell === null ? random.chance(0.5) : cell === true } };
    case 'date': {
      const text = typeof cell === 'string' ? cell : period(random, type.level);
      if (type.level === 'year' && random.chance(0.3)) return exactOf(BigInt(text), 0);
      if (type.level === 'day' && random.chance(0.3)) return { kind: 'literal', value: { kind: 'date', text } };
      return { kind: 'literal', value: { kind: 'period', text, level: type.level } };
    }
    case 'int64':
    case 'decimal': {
      const digits = type.kind === 'decimal' ? type.digits : 0;
      const units = typeof cell === 'bigint' ? cell : BigInt(random.between(-5, 50));
      const isFiner = digits < 18 && random.chance(0.15);
      return isFiner ? exactOf(units * 10n + (units < 0n ? -5n : 5n), digits + 1) : exactOf(units, digits);
    }
    case 'double': {
      const value = typeof cell === 'number' && Number.isFinite(cell) ? cell : random.between(-100, 100) / 4;
      const size = Math.abs(value);
      const isPlain = Number.isInteger(size * 100) && size < 1e9;
      if (isPlain && random.chance(0.5)) return exactOf(BigInt(Math.round(value * 100)), 2);
      return signed(value < 0, { kind: 'double', value: size });
    }
  }
}

/** The sign is an operator: literals are not negative. */
function signed(isNegative: boolean, value: Literal): Expr {
  const literal: Expr = { kind: 'literal', value };
  return isNegative ? { kind: 'negate', operand: literal } : literal;
}

/** The values of a name in some table, periods of coarser levels included. */
export function occurring(world: World, name: string): readonly Cell[] {
  const found = new Set<Cell>();
  for (const { columns, rows } of world.tables) {
    for (const [place, { role, type }] of columns.entries()) {
      if (role.kind === 'measure') continue;
      const level = LEVELS.find((each) => each === name);
      const isFinest = type.kind === 'date' && type.level !== 'week' && level !== undefined && level !== 'day';
      if (role.name !== name && !(isFinest && isCalendar(world, role.name))) continue;
      for (const row of rows.slice(0, 200)) {
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
