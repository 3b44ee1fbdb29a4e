import { namesIn, type Point } from '../expr.ts';
import { type Table, tableNamed } from '../world.ts';
import { blockedFamilies, familyOf, pinned } from './blocks.ts';
import type { Context } from './context.ts';
import type { Aggregate } from './leaf.ts';
import type { Level } from './level.ts';
import { climbed, ownPlace } from './reach.ts';
import { keyOf } from './value.ts';

/** Tables of the families that a level and those under it read. */
export function rootsOf(level: Level): ReadonlySet<string> {
  const own = [...level.leaves.values()].flatMap((leaf) => (leaf.kind === 'aggregate' ? (leaf.table?.name ?? []) : []));
  return new Set([...own, ...level.inside().flatMap((each) => [...rootsOf(each)])]);
}

/** Whose rows an aggregate without a family counts, and whose coordinates a level without series lists. */
export class Sources {
  private readonly context: Context;
  private readonly roots: ReadonlySet<string>;

  constructor(context: Context, frame: Level) {
    this.context = context;
    this.roots = rootsOf(frame);
  }

  /** Of an aggregate; undefined where it is not told. */
  tableOf(aggregate: Aggregate): Table | undefined {
    return aggregate.table ?? this.told();
  }

  /** Of a level in which nothing is computed. */
  baseOf(level: Level): Table | undefined {
    const { world } = this.context;
    const names = grouped(this.context, level.points).toSorted().join();
    const grained = world.tables.filter(({ grain, kind }) => kind !== 'roles' && grain.toSorted().join() === names);
    return this.told() ?? (grained.length === 1 ? grained[0] : undefined);
  }

  private told(): Table | undefined {
    const { world, question } = this.context;
    if (question.from !== null) return tableNamed(world, question.from);
    const [only, ...others] = this.roots;
    return only !== undefined && others.length === 0 ? tableNamed(world, only) : undefined;
  }

  /** The tables that a level and the inner levels of its reductions read. */
  tablesUnder(level: Level): readonly Table[] {
    const own = [...level.leaves.values()].flatMap((leaf): readonly Table[] => {
      if (leaf.kind === 'reduction') return this.tablesUnder(leaf.inner);
      const table = leaf.kind === 'aggregate' ? this.tableOf(leaf) : undefined;
      return table === undefined ? [] : [table];
    });
    const base = level.isEmpty() ? this.baseOf(level) : undefined;
    return base === undefined ? own : [...own, base];
  }
}

/** Names that rows are grouped by: where a bridge leads to one, its child. */
export function grouped({ reaches }: Context, points: readonly Point[]): readonly string[] {
  return [...new Set(points.map((each) => (each.via === null ? each.name : (reaches.childOf(each) ?? each.name))))];
}

/** Codes of all that keeps a level, and those under it, from being answered, short of its numbers. */
export function causesOf(context: Context, sources: Sources, level: Level): ReadonlySet<string> {
  const codes = new Set(level.codes);
  const add = (more: Iterable<string>) => {
    for (const code of more) codes.add(code);
  };
  for (const leaf of level.leaves.values()) {
    if (leaf.kind === 'aggregate') add(ofAggregate(context, sources, level, leaf));
  }
  if (level.isEmpty()) {
    const table = sources.baseOf(level);
    add(table === undefined ? ['ROWS_AMBIGUOUS'] : unreached(context, table, grouped(context, level.points), []));
  }
  add(undetermined(context, level, sources.tablesUnder(level)));
  for (const inner of level.inside()) add(causesOf(context, sources, inner));
  return codes;
}

function ofAggregate(context: Context, sources: Sources, level: Level, aggregate: Aggregate): readonly string[] {
  const { world, reaches, question } = context;
  const { operator, families, argument, weight, order, combine, sumsPeriod } = aggregate;
  const table = sources.tableOf(aggregate);
  if (table === undefined) return ['ROWS_AMBIGUOUS'];
  const codes: string[] = [];
  const names = grouped(context, level.points);
  const carried = world.dimensions.map(({ name }) => name).filter((name) => ownPlace(table, name) !== undefined);
  const kept = [...level.names, ...pinned(question.where)];
  const blocked = argument === null ? [] : blockedFamilies(world, reaches, { operator, families, carried, kept });
  const summed = sumsPeriod ? blockedFamilies(world, reaches, { operator: 'SUM', families, carried, kept }) : [];
  // Rows of one period are summed across all but the order, which stays within its period.
  const crossed = [...blocked, ...summed.filter((name) => order === null || name !== familyOf(world, order))];
  if (crossed.length > 0 && world.blocked === 'refuse') codes.push('BLOCKED_REDUCTION');
  if (order !== null && combine === null) {
    const given = [...level.names, order];
    if (!table.grain.every((name) => reaches.determines(given, name))) codes.push('INPUT_GRAIN_AMBIGUOUS');
  }
  if (question.from !== null && question.from !== table.name) codes.push('NOT_IN_SCHEMA');
  const inputs = [argument, weight].flatMap(namesIn).filter((name) => !context.isFamily(name));
  return [...codes, ...unreached(context, table, names, order === null ? inputs : [...inputs, order])];
}

/** Why a table does not reach what rows are grouped by, what WHERE names, or what an operator takes. */
function unreached(
  context: Context,
  table: Table,
  names: readonly string[],
  inputs: readonly string[],
): readonly string[] {
  const { world, reaches, question } = context;
  const codeFor = (name: string, otherwise: string): readonly string[] => {
    const reach = reaches.from(table, name);
    if (reach.kind !== 'refused') return [];
    if (reach.code !== 'unreachable') return [reach.code];
    return [reaches.fansOut(table, name) ? 'FAN_OUT' : otherwise];
  };
  const filtered = [...namesIn(question.where), ...(context.isScoped(table) ? namesIn(world.filter) : [])];
  return [
    ...names.flatMap((name) => codeFor(name, 'UNREACHABLE_ANCHOR')),
    ...filtered.flatMap((name) => codeFor(name, 'FILTER_UNREACHABLE')),
    ...inputs.flatMap((name) => codeFor(name, 'UNREACHABLE_ANCHOR')),
  ];
}

/** Why the anchor of a level does not determine what an expression names. */
function undetermined({ world, reaches }: Context, level: Level, tables: readonly Table[]): readonly string[] {
  const { names } = level;
  const levelOf = (name: string) => {
    const type = world.dimensions.find((each) => each.name === name)?.type;
    return type?.kind === 'date' ? type.level : null;
  };
  // Weeks nest in no other period.
  const isWeekly = names.some((name) => levelOf(name) === 'week');
  return [...level.determined].flatMap((name) => {
    if (reaches.isContradictedFrom(names, name)) return ['FD_CONTRADICTED'];
    if (!reaches.determines(names, name))
      return [
        isWeekly && ['month', 'quarter', 'year'].includes(levelOf(name) ?? '')
          ? 'UNREACHABLE_ANCHOR'
          : 'NOT_DETERMINED',
      ];
    return tables.every((table) => reaches.agreesOn(table, names, name)) ? [] : ['AMBIGUOUS_PATH'];
  });
}

/** Codes with which a level, and those under it, may be refused too. */
export function doubtsOf(level: Level, sources: Sources): ReadonlySet<string> {
  return new Set([
    ...level.doubts,
    ...calendarDoubts(level, sources),
    ...level.inside().flatMap((each) => [...doubtsOf(each, sources)]),
  ]);
}

/**
 * Windows take the anchor's other calendar dimensions for those of the axis. Where rows have one in a column of its own
 * that says otherwise, the question may be refused, whether or not two rows of one period meet in it.
 */
function calendarDoubts(level: Level, sources: Sources): ReadonlySet<string> {
  const { context, leaves, names } = level;
  const { reaches } = context;
  const axes = [...leaves.values()].flatMap((leaf) =>
    leaf.kind === 'window' && leaf.axis !== null ? [leaf.axis.name] : [],
  );
  const isDoubtful = axes.some((axis) =>
    names.some((name) => {
      const [path] = name === axis ? [] : reaches.pathsFrom([axis], name);
      return (
        path !== undefined &&
        sources.tablesUnder(level).some(
          (table) =>
            isReached(context, table, [axis, name]) &&
            table.rows.some((row) => {
              const over = climbed(reaches.valueIn(table, row, axis), path);
              return keyOf(over) !== keyOf(reaches.valueIn(table, row, name));
            }),
        )
      );
    }),
  );
  return new Set(isDoubtful ? ['FD_CONTRADICTED'] : []);
}

/** Whether rows have the names without a bridge. */
function isReached({ reaches }: Context, table: Table, names: readonly string[]): boolean {
  return names.every((name) => reaches.from(table, name).kind !== 'refused');
}
