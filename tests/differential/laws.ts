import type { CollectionRun } from './collection-run.ts';
import { difference } from './compare.ts';
import { predicate } from './generate/predicate.ts';
import { type Expr, type Item, namesIn, printExpr, printQuestion, type Question } from './question.ts';
import { Random } from './random.ts';
import { truth } from './reference/evaluate.ts';
import { Reaches } from './reference/reach.ts';
import type { Value } from './reference/value.ts';
import type { RootFamily, Table, Type, World } from './world.ts';
import { typeOfName } from './world.ts';

type Json = string | number | boolean | null;
type Rows = readonly (readonly Json[])[];

/** Tries the laws that need no reference: what a whole has to do with its parts, and one way of rolling up with another. */
export async function brokenLaws(
  run: CollectionRun,
  world: World,
  count: number,
): Promise<{ readonly tried: number; readonly broken: readonly string[] }> {
  const laws = new Laws(run, world);
  const broken: string[] = [];
  let tried = 0;
  for (let attempt = 0; attempt < count; attempt++) {
    for (const law of [() => laws.parts(), () => laws.rollUps()]) {
      const outcome = await law();
      if (outcome === null) continue;
      tried += 1;
      if (outcome !== 'holds') broken.push(outcome);
    }
  }
  return { tried, broken };
}

class Laws {
  private readonly random: Random;
  private readonly reaches: Reaches;
  private readonly run: CollectionRun;
  private readonly world: World;

  constructor(run: CollectionRun, world: World) {
    this.run = run;
    this.world = world;
    this.random = new Random(world.seed * 104_729 + 3);
    this.reaches = new Reaches(world);
  }

  /**
   * Q = Q(p) ⊎ Q(NOT p) ⊎ the rows of which p is unknown. Those cannot be asked for: they are what Q at the dimensions
   * that p names has where p is unknown.
   */
  async parts(): Promise<string | null> {
    const material = this.additive();
    if (material === null) return null;
    const { item, digits, table } = material;
    const names = this.dimensionsOf(table);
    if (names.length === 0) return null;
    const p = predicate(this.random, this.world, names, 1);
    const named = namesIn(p);
    const [whole, inside, outside, apart] = await Promise.all([
      this.rows({ items: [item], anchor: [], where: null }, table),
      this.rows({ items: [item], anchor: [], where: p }, table),
      this.rows({ items: [item], anchor: [], where: { kind: 'not', operand: p } }, table),
      this.rows({ items: [...named.map(nameItem), item], anchor: named, where: null }, table),
    ]);
    if (whole === null || inside === null || outside === null || apart === null) return null;
    const unknown = apart.filter((row) => truth(p, this.scope(named, row)) === null);
    const total = (rows: Rows) => rows.reduce((sum, row) => sum + unitsOf(row.at(-1) ?? null, digits), 0n);
    const parts = total(inside) + total(outside) + total(unknown);
    if (parts === total(whole)) return 'holds';
    return `${printExpr(item.expr)} is ${total(whole)} in all, and in parts ${parts} by ${printExpr(p)}`;
  }

  /** A coarse Frame rolled up from one entry, from another, and told directly are the same. */
  async rollUps(): Promise<string | null> {
    const material = this.additive();
    if (material === null) return null;
    const { item, table } = material;
    const names = this.dimensionsOf(table);
    if (names.length < 2) return null;
    const [coarse, ...finer] = this.random.shuffled(names);
    if (coarse === undefined) return null;
    const question = this.question({ items: [nameItem(coarse), item], anchor: [coarse], where: null }, table);
    const expected = this.run.expected(question);
    for (const finest of finer.slice(0, 2)) {
      await this.run.forget();
      const fine = [coarse, finest];
      await this.run.engine(
        printQuestion(this.question({ items: [...fine.map(nameItem), item], anchor: fine, where: null }, table)),
      );
      const rolled = await this.run.engine(printQuestion(question));
      const fault = difference(rolled, expected);
      if (fault !== null) return `${printQuestion(question)} rolled up over ${finest}: ${fault}`;
    }
    return 'holds';
  }

  /** A series whose values add up, over a fact. */
  private additive(): { readonly item: Item; readonly digits: number; readonly table: Table } | null {
    const { random, world } = this;
    const roots = world.families.filter(isAdditive);
    if (roots.length === 0) return null;
    const family = random.pick(roots);
    const table = world.tables.find(({ name }) => name === family.table);
    if (table === undefined) return null;
    const isSum = family.reducers.some(({ operator, block }) => operator === 'SUM' && block.length === 0);
    const argument: Expr = { kind: 'name', name: family.name };
    const expr: Expr =
      family.column === null
        ? argument
        : { kind: 'call', operator: isSum && random.chance(0.7) ? 'SUM' : 'COUNT', argument };
    const digits =
      expr.kind === 'call' && expr.operator === 'SUM' && family.type.kind === 'decimal' ? family.type.digits : 0;
    return { item: { expr, alias: 'x' }, digits, table };
  }

  private dimensionsOf(table: Table): readonly string[] {
    return this.world.dimensions
      .filter(({ type }) => type.kind !== 'double' && type.kind !== 'decimal')
      .map(({ name }) => name)
      .filter((name) => this.reaches.from(table, name).kind !== 'refused');
  }

  private question(asked: Pick<Question, 'items' | 'anchor' | 'where'>, table: Table): Question {
    return { ...asked, from: table.name, having: null, order: [], limit: null };
  }

  /** null: refused, as where a sum does not fit 64 bits. */
  private async rows(asked: Pick<Question, 'items' | 'anchor' | 'where'>, table: Table): Promise<Rows | null> {
    const given = await this.run.plain(printQuestion(this.question(asked, table)));
    return given.kind === 'frame' ? given.rows : null;
  }

  private scope(names: readonly string[], row: readonly Json[]) {
    const valueFor = (expr: Expr): Value => {
      if (expr.kind !== 'name') return null;
      return valueOfJson(row[names.indexOf(expr.name)] ?? null, typeOfName(this.world, expr.name));
    };
    return { valueFor, onTie: () => {} };
  }
}

function isAdditive(family: World['families'][number]): family is RootFamily {
  if (family.kind === 'derived' || family.type.kind === 'double') return false;
  return family.column === null || family.reducers.every(({ block }) => block.length === 0);
}

function nameItem(name: string): Item {
  return { expr: { kind: 'name', name }, alias: null };
}

function valueOfJson(cell: Json, type: Type | undefined): Value {
  if (cell === null || typeof cell === 'boolean') return cell;
  return type?.kind === 'int64' ? { units: BigInt(cell), digits: 0 } : String(cell);
}

/** Exact units of an answer's number: a double that is nearest to a decimal tells which. */
function unitsOf(cell: Json, digits: number): bigint {
  if (typeof cell === 'string') return BigInt(cell.replace('.', ''));
  if (typeof cell !== 'number') return 0n;
  return BigInt(cell.toFixed(digits).replace('.', ''));
}
