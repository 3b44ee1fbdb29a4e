import { warmUpOf } from './campaign.ts';
import { CollectionRun, type Disagreement } from './collection-run.ts';
import { childrenOf, type Expr, mapChildren } from './expr.ts';
import { type Question, withoutDefinitions } from './question.ts';
import type { World } from './world.ts';

/** A collection with its data and one question of it. */
export interface Scene {
  readonly world: World;
  readonly question: Question;
}

/** Tries at most; each opens a session. */
const MOST_TRIES = 600;

/**
 * The smallest scene that greedy dropping leads to while the same ways still go wrong in the same manner: clauses and
 * items of the question, then what the collection declares, then rows.
 */
export async function shrink(
  world: World,
  first: Disagreement,
): Promise<Scene & { readonly disagreement: Disagreement }> {
  let best: Scene & { readonly disagreement: Disagreement } = { world, question: first.question, disagreement: first };
  const wanted = mannerOf(first);
  let tries = 0;
  for (let goesOn = true; goesOn && tries < MOST_TRIES; ) {
    goesOn = false;
    for (const scene of smaller(best)) {
      tries += 1;
      if (tries >= MOST_TRIES) break;
      const disagreement = await disagreementOf(scene, first.code);
      if (disagreement === null || mannerOf(disagreement) !== wanted) continue;
      best = { ...scene, disagreement };
      goesOn = true;
      break;
    }
  }
  return best;
}

/** null: all agree, or what is left no longer makes sense. */
export async function disagreementOf({ world, question }: Scene, code: string | null): Promise<Disagreement | null> {
  let run: CollectionRun | null = null;
  try {
    run = await CollectionRun.open(world, warmUpOf(world.seed));
    return await run.disagreement(question, code);
  } catch {
    return null;
  } finally {
    await run?.close();
  }
}

/** Which ways go wrong, and whether by refusing, throwing or answering. */
function mannerOf({ faults }: Disagreement): string {
  const manners = Object.entries(faults).map(([way, fault]) => [
    way,
    /^(?:refused \w+|threw)/.exec(fault)?.[0] ?? 'answered',
  ]);
  return JSON.stringify(manners);
}

function* smaller(scene: Scene): Generator<Scene> {
  const { world, question } = scene;
  for (const each of smallerQuestions(question)) yield { world, question: each };
  for (const each of smallerWorlds(world)) yield { world: each, question };
  for (const each of fewerRows(world)) yield { world: each, question };
}

function* smallerQuestions(question: Question): Generator<Question> {
  const { items, anchor, where, having, order, limit, from, definitions } = question;
  if (definitions.length > 0) yield withoutDefinitions(question);
  if (limit !== null) yield { ...question, limit: null };
  if (having !== null) for (const part of [null, ...smallerExprs(having)]) yield { ...question, having: part };
  if (where !== null) for (const part of [null, ...smallerExprs(where)]) yield { ...question, where: part };
  for (const key of order) yield { ...question, order: order.filter((each) => each !== key) };
  for (const item of items) if (items.length > 1) yield { ...question, items: items.filter((each) => each !== item) };
  for (const point of anchor) {
    const rest = items.filter(({ expr }) => !(expr.kind === 'name' && expr.name === point.name));
    if (rest.length > 0) yield { ...question, anchor: anchor.filter((each) => each !== point), items: rest };
  }
  for (const [place, { expr }] of items.entries()) {
    for (const part of smallerExprs(expr)) {
      yield { ...question, items: items.map((each, at) => (at === place ? { expr: part, alias: `s${place}` } : each)) };
    }
  }
  if (from !== null) yield { ...question, from: null };
}

/** The expression with some part of it replaced by one of that part's operands, or made plainer. */
function* smallerExprs(expr: Expr): Generator<Expr> {
  yield* childrenOf(expr).filter(({ kind }) => kind !== 'literal');
  if (expr.kind === 'call' && expr.named.length > 0) {
    for (const word of expr.named) yield { ...expr, named: expr.named.filter((each) => each !== word) };
  }
  if (expr.kind === 'at' && expr.anchor.length > 1) {
    for (const point of expr.anchor) yield { ...expr, anchor: expr.anchor.filter((each) => each !== point) };
  }
  if (expr.kind === 'case' && expr.branches.length > 1) yield { ...expr, branches: expr.branches.slice(0, 1) };
  if (expr.kind === 'case' && expr.otherwise !== null) yield { ...expr, otherwise: null };
  if (expr.kind === 'in' && expr.values.length > 1) {
    for (const value of expr.values) yield { ...expr, values: expr.values.filter((each) => each !== value) };
  }
  for (const child of childrenOf(expr)) {
    for (const smaller of smallerExprs(child)) yield mapChildren(expr, (each) => (each === child ? smaller : each));
  }
}

function* smallerWorlds(world: World): Generator<World> {
  const { tables, families, dimensionFamilies, nameMap } = world;
  if (world.filter !== null) yield { ...world, filter: null };
  if (world.stability !== null)
    yield { ...world, stability: null, tables: tables.map((each) => ({ ...each, dateColumn: null })) };
  if (Object.keys(nameMap).length > 0) yield { ...world, nameMap: {} };
  if (tables.some(({ format }) => format !== 'csv'))
    yield { ...world, tables: tables.map((each) => ({ ...each, format: 'csv' })) };
  yield* families.map((family) => ({ ...world, families: families.filter((each) => each !== family) }));
  for (const family of families) {
    if (family.kind === 'derived') continue;
    const plainer = { ...family, hints: [], siblings: [] };
    if (family.hints.length + family.siblings.length === 0) continue;
    yield { ...world, families: families.map((each) => (each === family ? plainer : each)) };
  }
  for (const table of tables) {
    yield {
      ...world,
      tables: tables.filter((each) => each !== table),
      attributes: world.attributes.filter(
        ({ name }) => !table.columns.some(({ role }) => role.kind === 'attribute' && role.name === name),
      ),
      dimensionFamilies: dimensionFamilies
        .map((each) => ({
          ...each,
          edges: each.edges.filter(({ via }) => via !== table.name),
          bridges: each.bridges.filter(({ via }) => via !== table.name),
        }))
        .filter(({ edges, bridges, calendar }) => edges.length + bridges.length > 0 || calendar !== null),
    };
  }
  yield* dimensionFamilies.map((family) => ({
    ...world,
    dimensionFamilies: dimensionFamilies.filter((each) => each !== family),
  }));
  for (const table of tables) {
    for (const column of table.columns.slice(1)) {
      const place = table.columns.indexOf(column);
      const fewer = {
        ...table,
        columns: table.columns.filter((each) => each !== column),
        rows: table.rows.map((row) => row.filter((_, at) => at !== place)),
      };
      yield { ...world, tables: tables.map((each) => (each === table ? fewer : each)) };
    }
  }
}

/** Without the first half of a table's rows, without the second, then without each. */
function* fewerRows(world: World): Generator<World> {
  for (const table of world.tables) {
    const { rows } = table;
    const half = rows.length >> 1;
    const choices = rows.length > 3 ? [rows.slice(half), rows.slice(0, half)] : [];
    if (rows.length <= 12) choices.push(...rows.map((row) => rows.filter((each) => each !== row)));
    for (const kept of choices) {
      yield { ...world, tables: world.tables.map((each) => (each === table ? { ...table, rows: kept } : each)) };
    }
  }
}
