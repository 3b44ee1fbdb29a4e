import type { CollectionRun } from './collection-run.ts';
import { difference } from './compare.ts';
import { callOf, type Expr, nameOf, type Point } from './expr.ts';
import { predicate } from './generate/predicate.ts';
import { type Item, printExpr, printQuestion, type Question } from './question.ts';
import { Random } from './random.ts';
import { Reaches } from './reference/reach.ts';
import type { RootFamily, Table, World } from './world.ts';

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
    for (const law of [() => laws.parts(), () => laws.nesting(), () => laws.rollUps()]) {
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

  /** Q = Q(p) ⊎ Q(NOT p) ⊎ Q(p IS NULL). */
  async parts(): Promise<string | null> {
    const material = this.additive();
    if (material === null) return null;
    const { item, digits, table } = material;
    const names = this.dimensionsOf(table);
    if (names.length === 0) return null;
    const p = predicate(this.random, this.world, names, 1);
    const parts: readonly (Expr | null)[] = [
      null,
      p,
      { kind: 'not', operand: p },
      { kind: 'isNull', operand: p, negated: false },
    ];
    const [whole, ...others] = await Promise.all(
      parts.map((where) => this.rows({ items: [item], anchor: [], where }, table)),
    );
    if (!whole || others.some((rows) => rows === null)) return null;
    const total = (rows: Rows | null) =>
      (rows ?? []).reduce((sum, row) => sum + unitsOf(row.at(-1) ?? null, digits), 0n);
    const sum = others.reduce((all, rows) => all + total(rows), 0n);
    if (sum === total(whole)) return 'holds';
    return `${printExpr(item.expr)} is ${total(whole)} in all, and in parts ${sum} by ${printExpr(p)}`;
  }

  /** A sum of sums is the sum, and so are the largest of the largest, the smallest of the smallest, the sum of counts. */
  async nesting(): Promise<string | null> {
    const material = this.additive();
    if (material === null) return null;
    const { item, table } = material;
    const [coarse, ...finer] = this.random.shuffled(this.dimensionsOf(table));
    const inner = this.random.some(
      finer.filter((name) => coarse === undefined || !this.reaches.determines([coarse], name)),
      1,
      2,
    );
    if (coarse === undefined || inner.length === 0) return null;
    const anchor = pointsOf(inner);
    const nested = callOf('SUM', [{ kind: 'at', operand: item.expr, anchor }]);
    const items = [nameItem(coarse), item, { expr: nested, alias: 'nested' }];
    const rows = await this.rows({ items, anchor: pointsOf([coarse]), where: null }, table);
    if (rows === null) return null;
    const wrong = rows.find((row) => row.at(-1) !== row.at(-2));
    return wrong === undefined ? 'holds' : `${printExpr(nested)} at ${coarse}: ${JSON.stringify(wrong)}`;
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
    const question = this.question({ items: [nameItem(coarse), item], anchor: pointsOf([coarse]), where: null }, table);
    const expected = this.run.expected(question);
    for (const finest of finer.slice(0, 2)) {
      await this.run.forget();
      const fine = [coarse, finest];
      await this.run.engine(
        printQuestion(
          this.question({ items: [...fine.map(nameItem), item], anchor: pointsOf(fine), where: null }, table),
        ),
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
    const argument = nameOf(family.name);
    const expr: Expr =
      family.column === null ? argument : callOf(isSum && random.chance(0.7) ? 'SUM' : 'COUNT', [argument]);
    const digits =
      expr.kind === 'call' && expr.callee === 'SUM' && family.type.kind === 'decimal' ? family.type.digits : 0;
    return { item: { expr, alias: 'x' }, digits, table };
  }

  private dimensionsOf(table: Table): readonly string[] {
    return this.world.dimensions
      .filter(({ type }) => type.kind !== 'double' && type.kind !== 'decimal')
      .map(({ name }) => name)
      .filter((name) => this.reaches.from(table, name).kind !== 'refused');
  }

  private question(asked: Pick<Question, 'items' | 'anchor' | 'where'>, table: Table): Question {
    return { ...asked, definitions: [], from: table.name, having: null, order: [], limit: null };
  }

  /** null: refused, as where a sum does not fit 64 bits. */
  private async rows(asked: Pick<Question, 'items' | 'anchor' | 'where'>, table: Table): Promise<Rows | null> {
    const given = await this.run.plain(printQuestion(this.question(asked, table)));
    return given.kind === 'frame' ? given.rows : null;
  }
}

function isAdditive(family: World['families'][number]): family is RootFamily {
  if (family.kind === 'derived' || family.type.kind === 'double') return false;
  return family.column === null || family.reducers.every(({ block }) => block.length === 0);
}

function nameItem(name: string): Item {
  return { expr: { kind: 'name', name }, alias: null };
}

function pointsOf(names: readonly string[]): readonly Point[] {
  return names.map((name) => ({ name, via: null }));
}

/** Exact units of an answer's number: a double that is nearest to a decimal tells which. */
function unitsOf(cell: Json, digits: number): bigint {
  if (typeof cell === 'string') return BigInt(cell.replace('.', ''));
  if (typeof cell !== 'number') return 0n;
  return BigInt(cell.toFixed(digits).replace('.', ''));
}
