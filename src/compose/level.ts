import type { Column, DictionaryColumn } from '../columns/column.ts';
import { columnOf } from '../columns/column.ts';
import type { Expression } from '../operators/expression.ts';
import type { WindowCall } from '../operators/window.ts';
import type { Atom } from '../planning/atom.ts';
import type { Metric, PlanLevel } from '../planning/plan.ts';
import type { Reduction, Replica } from '../resolution/query.ts';
import { climbSteps } from './climb.ts';
import { evaluate } from './evaluate.ts';
import { type Finishable, finish, overflowingRows } from './finish.ts';
import type { AtomStates, EdgeMap } from './frame.ts';
import { dictionaryKey, groupRows } from './grouping.ts';
import { type JoinPart, joinStates } from './join.ts';
import { matchRows } from './match.ts';
import { computeState } from './state/compute-state.ts';
import { takeCodes, takeRows } from './take.ts';
import { windowColumn } from './window/window.ts';

/** What composing a level reads. */
export interface LevelSources {
  readonly atoms: ReadonlyMap<string, Atom>;
  /** By entry key. */
  readonly states: ReadonlyMap<string, AtomStates>;
  readonly edgeMaps: ReadonlyMap<string, EdgeMap>;
}

/** A value outside int64, at rows of a level: `name` is the metric, reduction or series that has it. */
export class Overflow extends Error {
  override readonly name = 'Overflow';
  readonly of: string;
  readonly rows: Int32Array;
  readonly coordinate: readonly DictionaryColumn[];

  constructor(of: string, rows: Int32Array, coordinate: readonly DictionaryColumn[]) {
    super(`${of} is outside the 64-bit integers`);
    this.of = of;
    this.rows = rows;
    this.coordinate = coordinate;
  }
}

/**
 * A level with all its states on one set of coordinates; its columns are finished, climbed, reduced and repeated when they
 * are first asked for. Throws `RangeError` where states, an edge map or a name are missing, and `Overflow` where an exact
 * value that is asked for is outside int64.
 */
export class LevelFrame {
  readonly rowCount: number;
  /** In the order of the dimensions that it was made with. */
  readonly coordinate: readonly DictionaryColumn[];
  private readonly level: PlanLevel;
  private readonly windows: readonly WindowCall[];
  private readonly sources: LevelSources;
  private readonly states: ReadonlyMap<string, readonly Column[]>;
  private readonly named = new Map<string, Column>();

  /**
   * `dimensions`: the level's anchor in the order in which its coordinate stands; `beside`: coordinates that are wanted
   * whether or not the level has rows there, each once.
   */
  constructor(
    level: PlanLevel,
    dimensions: readonly string[],
    windows: readonly WindowCall[],
    sources: LevelSources,
    beside: Pick<JoinPart, 'coordinate' | 'rowCount'> | null = null,
  ) {
    this.level = level;
    this.windows = windows;
    this.sources = sources;
    const atoms = level.coordinates === null ? level.metrics.flatMap((metric) => metric.atoms) : [level.coordinates];
    const joined = joinStates([
      ...[...new Set(atoms)].map((key) => this.atomPart(key, dimensions)),
      ...level.reductions.flatMap((reduction) => this.reducedParts(reduction, dimensions)),
      ...(beside === null ? [] : [{ ...beside, key: 'beside', state: 'coordinates' as const, columns: [] }]),
    ]);
    this.rowCount = joined.rowCount;
    this.coordinate = joined.coordinate;
    this.states = joined.states;
    dimensions.forEach((name, d) => {
      const column = joined.coordinate[d];
      if (column !== undefined) this.named.set(name, column);
    });
  }

  /** The column of a dimension, determined name, metric, reduction, replica or window. */
  column(name: string): Column {
    const known = this.named.get(name);
    if (known !== undefined) return known;
    const made = this.make(name);
    this.named.set(name, made);
    return made;
  }

  /** An expression over the level's names. */
  evaluate(expression: Expression): Column {
    return evaluate(expression, (name) => this.column(name), this.rowCount);
  }

  /** The column, if every exact value of it is inside int64. */
  checked(of: string, column: Column): Column {
    const rows = overflowingRows(column);
    if (rows.length > 0) throw new Overflow(of, rows, this.coordinate);
    return column;
  }

  private make(name: string): Column {
    const { level } = this;
    const metric = level.metrics.find((each) => each.name === name);
    if (metric !== undefined) return this.checked(name, finish(finishable(metric), this.stateColumns(metric.atoms)));
    const reduction = level.reductions.find((each) => each.name === name);
    if (reduction !== undefined) {
      const columns = this.stateColumns(reduction.states.map((_, i) => partKey(reduction, i)));
      return this.checked(name, finish(finishableReduction(reduction), columns));
    }
    const replica = level.replicas.find((each) => each.name === name);
    if (replica !== undefined) return this.repeated(replica);
    const determined = level.determined.find((each) => each.target === name);
    if (determined !== undefined) {
      return climbSteps(this.dimension(determined.from), determined.steps, this.sources.edgeMaps);
    }
    const window = this.windows.find((each) => each.name === name);
    if (window !== undefined) {
      const { rowCount, coordinate } = this;
      const columns = (each: string) => this.column(each);
      return this.checked(name, windowColumn(window, { columns, rowCount, coordinate }));
    }
    throw new RangeError(`compose: no ${name}; there is ${[...this.named.keys()].join(', ')}`);
  }

  private stateColumns(keys: readonly string[]): readonly Column[] {
    return keys.flatMap((key) => {
      const columns = this.states.get(key);
      if (columns === undefined) throw new RangeError(`compose: no states of ${key}`);
      return columns;
    });
  }

  private dimension(name: string): DictionaryColumn {
    return dictionary(this.column(name), name);
  }

  /**
   * The value of a coarser level at each row, looked up by the dimensions of its anchor. Where only other series have rows
   * it is the value over no rows: a count is 0 there.
   */
  private repeated({ level, value }: Replica<Metric, string>): Column {
    const dimensions = level.anchor.map((each) => each.name);
    const wanted = dimensions.map((name) => this.dimension(name));
    const valuesOf = (coarser: LevelFrame, rows: Int32Array) => takeRows(coarser.evaluate(value), rows);
    const rowsIn = (coarser: LevelFrame) => matchRows(wanted, this.rowCount, coarser.coordinate, coarser.rowCount);
    const coarser = new LevelFrame(level, dimensions, [], this.sources);
    const rows = rowsIn(coarser);
    if (!rows.includes(-1)) return valuesOf(coarser, rows);
    const { rows: firsts } = groupRows(wanted.map(dictionaryKey), this.rowCount, null);
    const coordinate = wanted.map((column) => takeCodes(column, firsts));
    const whole = new LevelFrame(level, dimensions, [], this.sources, { coordinate, rowCount: firsts.length });
    return valuesOf(whole, rowsIn(whole));
  }

  /** An atom's columns by place: its anchor first, then its state's (a dimension may bear a state column's name). */
  private atomPart(key: string, dimensions: readonly string[]): JoinPart {
    const atom = this.sources.atoms.get(key);
    const batch = this.sources.states.get(key)?.batch;
    if (atom === undefined || batch === undefined) throw new RangeError(`compose: no states for atom ${key}`);
    const anchor = batch.fields.slice(0, atom.anchor.length);
    return {
      key,
      state: atom.state,
      rowCount: batch.rowCount,
      coordinate: dimensions.map((name) =>
        dictionary(columnOf({ rowCount: batch.rowCount, fields: anchor }, name), name),
      ),
      columns: batch.fields.slice(atom.anchor.length).map(({ column }) => column),
    };
  }

  /** The states of a reduction, one part each: the rows of its inner level, grouped by the outer dimensions. */
  private reducedParts(reduction: Reduction<Metric, string>, dimensions: readonly string[]): readonly JoinPart[] {
    const { inner, states } = reduction;
    const names = inner.anchor.map((each) => each.name);
    const frame = new LevelFrame(inner, names, [], this.sources);
    const keys = dimensions.map((name) => frame.dimension(name));
    const grouping = groupRows(keys.map(dictionaryKey), frame.rowCount, null);
    const coordinate = keys.map((key) => takeCodes(key, grouping.rows));
    return states.map(({ state, argument, input }, i) => {
      const order = argument?.kind === 'period' ? frame.column(argument.order) : null;
      const values = input === null ? null : frame.evaluate(input);
      const use = { state, argument, inputType: input?.type ?? null };
      const columns = computeState(use, { values, counts: null, order }, grouping);
      return { key: partKey(reduction, i), state, rowCount: grouping.groups.length, coordinate, columns };
    });
  }
}

/** The key under which the i-th state of a reduction is joined. */
function partKey({ name }: Reduction<Metric, string>, i: number): string {
  return `${name}/${i}`;
}

function finishable({ name, operator, type, states, q }: Metric): Finishable {
  return { name, operator, type, states, parameters: { q } };
}

function finishableReduction({ name, operator, type, states, q }: Reduction<Metric, string>): Finishable {
  return { name, operator, type, states: states.map((use) => use.state), parameters: { q } };
}

function dictionary(column: Column, name: string): DictionaryColumn {
  if (column.form === 'dictionary') return column;
  throw new RangeError(`compose: dimension ${name} is in ${column.form} form; expected dictionary form`);
}
