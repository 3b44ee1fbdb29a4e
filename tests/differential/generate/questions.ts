import { type Expr, nameOf, type Point } from '../expr.ts';
import { type TypeScope, typeOf } from '../logical-type.ts';
import { type Item, outputName, type Question } from '../question.ts';
import type { Random } from '../random.ts';
import { Reference } from '../reference/answer.ts';
import { Reaches } from '../reference/reach.ts';
import { Typing } from '../typing.ts';
import { type Table, type Type, typeOfName, type World } from '../world.ts';
import { withDefinitions } from './definitions.ts';
import { Expressions } from './expressions.ts';
import { withFault } from './faults.ts';
import { predicate } from './predicate.ts';
import { SeriesMaker } from './series.ts';

/** Questions that are refused are mostly thrown away: many things combined are often not allowed together. */
const REFUSED_KEPT = 0.12;
const MOST_TRIES = 8;

/** Makes questions about one world. */
export class Questions {
  private readonly random: Random;
  private readonly world: World;
  private readonly reaches: Reaches;
  private readonly typing: Typing;
  private readonly reference: Reference;

  constructor(random: Random, world: World) {
    this.random = random;
    this.world = world;
    this.reaches = new Reaches(world);
    this.typing = new Typing(world);
    this.reference = new Reference(world);
  }

  /** A question; `code` is what it was made wrong to be refused with, null for most. */
  next(): { readonly question: Question; readonly code: string | null } {
    const question = this.sound();
    const faulty = this.random.chance(0.07) ? withFault(this.random, this.world, question) : null;
    return faulty ?? { question, code: null };
  }

  private sound(): Question {
    let question = this.made();
    for (let tries = 1; tries < MOST_TRIES; tries++) {
      if (this.reference.causes(question).size === 0 || this.random.chance(REFUSED_KEPT)) break;
      question = this.made();
    }
    return this.random.chance(0.12) ? withDefinitions(this.random, question) : question;
  }

  private made(): Question {
    const { random, world } = this;
    const facts = world.tables.filter(({ kind }) => kind === 'fact');
    const lookups = world.tables.filter(({ kind }) => kind === 'lookup' || kind === 'bridge');
    const isOfLookup = lookups.length > 0 && random.chance(0.06);
    const table = random.pick(isOfLookup ? lookups : facts);
    const others = facts.filter((each) => each !== table);
    const hasSeries = !random.chance(0.06);
    const other = hasSeries && !isOfLookup && others.length > 0 && random.chance(0.25) ? random.pick(others) : null;
    const tables = other === null ? [table] : [table, other];
    const families = hasSeries
      ? world.families.filter((family) => tables.some(({ name }) => this.isOf(family.name, name)))
      : [];
    const reached = this.reachedBy(tables);
    const crossed = this.crossedBy(tables);
    const anchor = this.anchor(tables, reached, crossed, hasSeries);
    const names = anchor.map(({ name }) => name);
    const material = { families, reached, crossed, anchor: names, rowsKnown: other === null };
    const series = hasSeries ? new SeriesMaker(random, world, this.reaches, this.typing, material).items() : [];
    const hasRows = series.some(({ expr }) => this.isOfFamilies(expr));
    const from = isOfLookup || !hasRows || (other === null && random.chance(0.3)) ? table.name : null;
    const items = this.named([...this.anchorItems(names, hasSeries), ...this.determinedItems(names), ...series]);
    const typed = this.columns(names, items);
    const where = reached.length > 0 && random.chance(0.5) ? predicate(random, world, this.maybeAny(reached), 2) : null;
    const having = random.chance(0.25) && typed.length > 0 ? this.having(typed) : null;
    return { definitions: [], items, from, anchor, where, having, ...this.ordered(names, items, typed) };
  }

  private isOf(family: string, table: string): boolean {
    const found = this.world.families.find(({ name }) => name === family);
    if (found?.kind === 'root') return found.table === table;
    return found?.inputs.every((input) => this.isOf(input, table)) ?? false;
  }

  private isOfFamilies(expr: Expr): boolean {
    const text = JSON.stringify(expr, (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value));
    return this.world.families.some(({ name }) => text.includes(JSON.stringify({ kind: 'name', name })));
  }

  /** Dimensions and attributes that every one of the tables reaches. */
  private reachedBy(tables: readonly Table[]): readonly string[] {
    return [...this.world.dimensions, ...this.world.attributes]
      .map(({ name }) => name)
      .filter((name) => tables.every((table) => this.reaches.from(table, name).kind !== 'refused'));
  }

  /** Dimensions to which a bridge leads from every one of the tables. */
  private crossedBy(tables: readonly Table[]): readonly Point[] {
    const bridges = this.world.dimensionFamilies.flatMap((family) => family.bridges);
    return bridges.flatMap(({ child, parent, via }) => {
      if (tables.some((table) => this.reaches.from(table, child).kind === 'refused')) return [];
      const names = this.world.dimensions.map(({ name }) => name);
      return names.filter((name) => this.reaches.determines([parent], name)).map((name) => ({ name, via }));
    });
  }

  /** Mostly names that are reached; now and then any at all. */
  private maybeAny(names: readonly string[]): readonly string[] {
    return this.random.chance(0.05)
      ? [...this.world.dimensions, ...this.world.attributes].map(({ name }) => name)
      : names;
  }

  private anchor(
    tables: readonly Table[],
    reached: readonly string[],
    crossed: readonly Point[],
    hasSeries: boolean,
  ): readonly Point[] {
    const { random, world } = this;
    const dimensions = world.dimensions.map(({ name }) => name);
    const known = this.maybeAny(reached).filter((name) => dimensions.includes(name));
    const keys = new Set(tables.flatMap(({ grain }) => (grain.length === 1 ? grain : [])));
    // At the key every row stands alone, which says little.
    const useful = random.chance(0.1) ? known : known.filter((name) => !keys.has(name));
    const least = hasSeries ? 0 : 1;
    const names = random.some(useful.length < least ? known : useful, least, 3);
    // A time to look along is what windows need.
    const dates = useful.filter((name) => typeOfName(world, name)?.kind === 'date');
    const date = dates.length > 0 && random.chance(0.25) ? [random.pick(dates)] : [];
    const points = [...new Set([...date, ...names])].map((name): Point => ({ name, via: null }));
    if (crossed.length === 0 || !random.chance(0.4)) return points;
    const point = random.pick(crossed);
    const isPlain = random.chance(0.06);
    return [...points.filter(({ name }) => name !== point.name).slice(0, 2), isPlain ? { ...point, via: null } : point];
  }

  private anchorItems(anchor: readonly string[], hasSeries: boolean): readonly Item[] {
    const { random } = this;
    const listed = random.weighted<readonly string[]>([
      [5, anchor],
      [2, random.shuffled(anchor)],
      [hasSeries ? 1 : 0, []],
      [1, anchor.slice(0, 1)],
    ]);
    return listed.map((name) => ({ expr: nameOf(name), alias: random.chance(0.08) ? `as_${name}` : null }));
  }

  private determinedItems(anchor: readonly string[]): readonly Item[] {
    const { random, world, reaches } = this;
    const names = [...world.dimensions, ...world.attributes]
      .map(({ name }) => name)
      .filter((name) => !anchor.includes(name));
    const determined = names.filter((name) => reaches.determines(anchor, name));
    const chosen = random.some(random.chance(0.04) ? names : determined, 0, random.chance(0.4) ? 2 : 0);
    return chosen.map((name) => ({ expr: nameOf(name), alias: null }));
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
    return expr.kind !== 'name' && typeOfName(this.world, name) !== undefined;
  }

  /** The columns of the Frame, with their types. */
  private columns(
    anchor: readonly string[],
    items: readonly Item[],
  ): readonly { readonly name: string; readonly type: Type }[] {
    const shown = items.flatMap((item) => {
      const type = this.typing.level(item.expr);
      const name = outputName(item);
      return type === undefined || name === null ? [] : [{ name, type }];
    });
    const hidden = anchor.filter((name) => !items.some(({ expr }) => expr.kind === 'name' && expr.name === name));
    return [
      ...hidden.flatMap((name) => {
        const type = typeOfName(this.world, name);
        return type === undefined ? [] : [{ name, type }];
      }),
      ...shown,
    ];
  }

  private having(columns: readonly { readonly name: string; readonly type: Type }[]): Expr | null {
    const { random } = this;
    const scope: TypeScope = {
      known: (expr) => columns.find(({ name }) => expr.kind === 'name' && name === expr.name)?.type,
    };
    const leaf = () => {
      const { name, type } = random.pick(columns);
      return { expr: nameOf(name), type };
    };
    const made = new Expressions(random, leaf, scope, false).condition(1);
    return made !== null && typeOf(made, scope)?.kind === 'bool' ? made : null;
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
