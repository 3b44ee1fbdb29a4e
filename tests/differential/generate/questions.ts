import { type Expr, type Item, outputName, type Question } from '../question.ts';
import type { Random } from '../random.ts';
import { Reaches } from '../reference/reach.ts';
import { isNumeric, typeOf } from '../typing.ts';
import type { Table, Type, World } from '../world.ts';
import { withFault } from './faults.ts';
import { comparable, literalOf, predicate } from './predicate.ts';
import { readsRows, seriesOver, typeOfSeries } from './series.ts';

/** Makes questions about one world. */
export class Questions {
  private readonly random: Random;
  private readonly world: World;
  private readonly reaches: Reaches;

  constructor(random: Random, world: World) {
    this.random = random;
    this.world = world;
    this.reaches = new Reaches(world);
  }

  /** A question; `code` is what it was made wrong to be refused with, null for most. */
  next(): { readonly question: Question; readonly code: string | null } {
    const question = this.sound();
    const faulty = this.random.chance(0.07) ? withFault(this.random, this.world, question) : null;
    return faulty ?? { question, code: null };
  }

  private sound(): Question {
    const { random, world } = this;
    const facts = world.tables.filter(({ kind }) => kind === 'fact');
    const lookups = world.tables.filter(({ kind }) => kind === 'lookup');
    const isOfLookup = lookups.length > 0 && random.chance(0.06);
    const table = random.pick(isOfLookup ? lookups : facts);
    const others = facts.filter((each) => each !== table);
    const hasSeries = !random.chance(0.06);
    const other = hasSeries && !isOfLookup && others.length > 0 && random.chance(0.25) ? random.pick(others) : null;
    const tables = other === null ? [table] : [table, other];
    const families = hasSeries
      ? world.families.filter((family) => tables.some(({ name }) => this.isOf(family.name, name)))
      : [];
    const anchor = this.anchor(tables, hasSeries);
    const determined = this.determinedItems(anchor);
    const names = this.reachedBy(tables);
    const material = { families, dimensions: names, anchor, rowsKnown: other === null };
    const series = hasSeries ? seriesOver(random, world, material) : [];
    const hasRows = series.some(({ expr }) => readsRows(world, expr));
    const from = isOfLookup || !hasRows || (other === null && random.chance(0.3)) ? table.name : null;
    const items = this.named([...this.anchorItems(anchor, hasSeries), ...determined, ...series]);
    const typed = this.columns(anchor, items);
    const where = names.length > 0 && random.chance(0.5) ? predicate(random, world, this.maybeAny(names), 2) : null;
    const having = random.chance(0.25) && typed.length > 0 ? this.having(typed) : null;
    return { items, from, anchor, where, having, ...this.ordered(anchor, items, typed) };
  }

  private isOf(family: string, table: string): boolean {
    const found = this.world.families.find(({ name }) => name === family);
    if (found?.kind === 'root') return found.table === table;
    return found?.inputs.every((input) => this.isOf(input, table)) ?? false;
  }

  /** Dimensions and attributes that every one of the tables reaches. */
  private reachedBy(tables: readonly Table[]): readonly string[] {
    return [...this.world.dimensions, ...this.world.attributes]
      .map(({ name }) => name)
      .filter((name) => tables.every((table) => this.reaches.from(table, name).kind !== 'refused'));
  }

  /** Mostly names that are reached; now and then any at all. */
  private maybeAny(names: readonly string[]): readonly string[] {
    return this.random.chance(0.05)
      ? [...this.world.dimensions, ...this.world.attributes].map(({ name }) => name)
      : names;
  }

  private anchor(tables: readonly Table[], hasSeries: boolean): readonly string[] {
    const { random, world } = this;
    const dimensions = world.dimensions.map(({ name }) => name);
    const reached = this.maybeAny(this.reachedBy(tables)).filter((name) => dimensions.includes(name));
    const keys = new Set(tables.flatMap(({ grain }) => grain));
    // At the key every row stands alone, which says little.
    const useful = random.chance(0.1) ? reached : reached.filter((name) => !keys.has(name));
    const least = hasSeries ? 0 : 1;
    return random.some(useful.length < least ? reached : useful, least, 3);
  }

  private anchorItems(anchor: readonly string[], hasSeries: boolean): readonly Item[] {
    const { random } = this;
    const listed = random.weighted<readonly string[]>([
      [5, anchor],
      [2, random.shuffled(anchor)],
      [hasSeries ? 1 : 0, []],
      [1, anchor.slice(0, 1)],
    ]);
    return listed.map((name) => ({ expr: { kind: 'name', name }, alias: random.chance(0.08) ? `as_${name}` : null }));
  }

  private determinedItems(anchor: readonly string[]): readonly Item[] {
    const { random, world, reaches } = this;
    const names = [...world.dimensions, ...world.attributes]
      .map(({ name }) => name)
      .filter((name) => !anchor.includes(name));
    const determined = names.filter((name) => reaches.determines(anchor, name));
    const chosen = random.some(random.chance(0.04) ? names : determined, 0, random.chance(0.4) ? 2 : 0);
    return chosen.map((name) => ({ expr: { kind: 'name', name }, alias: null }));
  }

  /** The items with a name each that no other has. */
  private named(items: readonly Item[]): readonly Item[] {
    const taken = new Set<string>();
    return items.map((item, place) => {
      const own = outputName(item);
      // Aliases of series are their places among the series, so that another letter is free.
      const name = own === null || taken.has(own) || this.isAmbiguous(item, own) ? `t${place}` : own;
      taken.add(name);
      return name === own ? item : { ...item, alias: name };
    });
  }

  /** A name made of an operator may be one that the collection has. */
  private isAmbiguous({ expr }: Item, name: string): boolean {
    return (
      expr.kind !== 'name' && [...this.world.dimensions, ...this.world.attributes].some((each) => each.name === name)
    );
  }

  /** The columns of the Frame, with their types. */
  private columns(
    anchor: readonly string[],
    items: readonly Item[],
  ): readonly { readonly name: string; readonly type: Type }[] {
    const known = typeOfSeries(this.world);
    const shown = items.flatMap((item) => {
      const type = typeOf(item.expr, known);
      const name = outputName(item);
      return type === undefined || name === null ? [] : [{ name, type }];
    });
    const hidden = anchor.filter((name) => !items.some(({ expr }) => expr.kind === 'name' && expr.name === name));
    return [
      ...hidden.flatMap((name) => {
        const type = known({ kind: 'name', name });
        return type === undefined ? [] : [{ name, type }];
      }),
      ...shown,
    ];
  }

  private having(columns: readonly { readonly name: string; readonly type: Type }[]): Expr {
    const { random } = this;
    const term = (): Expr => {
      const { name, type } = random.pick(columns);
      const left: Expr = { kind: 'name', name };
      if (type.kind === 'bool' && random.chance(0.5)) return left;
      const others = columns.filter((each) => each.name !== name && comparable(each.type, type));
      const right: Expr =
        others.length > 0 && random.chance(0.2)
          ? { kind: 'name', name: random.pick(others).name }
          : literalOf(random, null, type);
      const comparison = random.pick(['=', '<>', '<', '<=', '>', '>='] as const);
      if (!isNumeric(type) || !random.chance(0.15)) return { kind: 'compare', comparison, left, right };
      const doubled: Expr = { kind: 'arithmetic', sign: '+', left, right: left };
      return { kind: 'compare', comparison, left: doubled, right };
    };
    if (random.chance(0.6)) return term();
    if (random.chance(0.3)) return { kind: 'not', operand: term() };
    return { kind: random.pick(['and', 'or'] as const), operands: [term(), term()] };
  }

  private ordered(
    anchor: readonly string[],
    items: readonly Item[],
    columns: readonly { readonly name: string }[],
  ): Pick<Question, 'order' | 'limit'> {
    const { random } = this;
    const key = (name: string) => ({ name, descending: random.chance(0.5) });
    const free = random.chance(0.4)
      ? random.some(
          columns.map(({ name }) => name),
          1,
          3,
        )
      : [];
    if (!random.chance(0.35)) return { order: free.map(key), limit: null };
    const count = random.pick([0, 1, 2, 3, 10]);
    // PER takes the anchor's dimensions by the names that their columns have.
    const shown = anchor.map(
      (name) => items.find(({ expr }) => expr.kind === 'name' && expr.name === name)?.alias ?? name,
    );
    const per = random.chance(0.4) ? random.some(shown, 0, 2) : [];
    const order = [...random.shuffled(per), ...free.filter((name) => !per.includes(name))];
    return { order: order.map(key), limit: { count, per } };
  }
}
