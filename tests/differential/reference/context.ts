import { type Expr, namesIn } from '../expr.ts';
import type { Question } from '../question.ts';
import type { Typing } from '../typing.ts';
import type { Cell, Table, World } from '../world.ts';
import { lastDay } from './calendar.ts';
import { truth } from './evaluate.ts';
import { type Reaches, valueOfCell } from './reach.ts';
import { require127Bits } from './reduce.ts';
import { LAST_BITS, Undecided } from './undecided.ts';
import type { Value } from './value.ts';

/** A world and the question that is asked of it, without its definitions. */
export class Context {
  readonly world: World;
  readonly reaches: Reaches;
  readonly typing: Typing;
  readonly question: Question;
  private readonly read = new Map<string, readonly (readonly Cell[])[]>();

  constructor(world: World, reaches: Reaches, typing: Typing, question: Question) {
    this.world = world;
    this.reaches = reaches;
    this.typing = typing;
    this.question = question;
  }

  isFamily(name: string): boolean {
    return this.world.families.some((each) => each.name === name);
  }

  /** The rows that stability, the declared filter, a root's condition and WHERE let in. */
  rowsOf(table: Table, where: Expr | null): readonly (readonly Cell[])[] {
    const key = `${table.name} ${where === null ? '' : JSON.stringify(where, bigintText)}`;
    const known = this.read.get(key) ?? table.rows.filter((row) => this.isRead(table, row, where));
    this.read.set(key, known);
    return known;
  }

  /** A table that does not reach every name of the declared filter is not scoped by it. */
  isScoped(table: Table): boolean {
    return namesIn(this.world.filter).every((name) => {
      const reach = this.reaches.from(table, name);
      return reach.kind !== 'refused' || reach.code !== 'unreachable';
    });
  }

  private isRead(table: Table, row: readonly Cell[], where: Expr | null): boolean {
    const onTie = () => {
      throw new Undecided(LAST_BITS);
    };
    const typeOf = this.typing.rows;
    const named = (expr: Expr) => (expr.kind === 'name' ? this.reaches.valueIn(table, row, expr.name) : null);
    const isTrue = (condition: Expr | null) =>
      condition === null || truth(condition, { valueFor: named, typeOf, onTie, onNumber: require127Bits }) === true;
    const own = (expr: Expr): Value => {
      const place = table.columns.findIndex(({ name, role }) => {
        return expr.kind === 'name' && (role.kind === 'measure' ? name : role.name) === expr.name;
      });
      return valueOfCell(row[place] ?? null, table.columns[place]?.type);
    };
    if (where !== null && truth(where, { valueFor: own, typeOf, onTie, onNumber: require127Bits }) !== true)
      return false;
    const asked = this.question.where;
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
}

function bigintText(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? `${value}n` : value;
}
