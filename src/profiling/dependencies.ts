import { type ConflictMemory, conflictMemory, conflictsOf, violationsOf } from './conflicts.ts';
import { type Codes, type LeftSides, orderBy, PairSides, singleSides } from './left-sides.ts';
import { type Pace, PIECE_ROWS } from './pace.ts';
import type { Dependencies, Dependency, ProfileValue } from './profile.ts';
import { rightSidesOf } from './right-sides.ts';

/** A column as the search sees it. */
export interface SearchedColumn extends Codes {
  readonly name: string;
  /** Rows of each code. */
  readonly counts: Int32Array;
  readonly nulls: number;
  /** Every value has a code. */
  readonly isCoded: boolean;
  readonly print: (code: number) => ProfileValue;
}

/** Columns on a left side, at most. */
export const ARITY = 2;

/** Violations among the rows that test a candidate, at most, for it to be told. */
export const NEAR_LIMIT = 0.01;

/** Columns that are also paired on a left side, at most: those with the fewest distinct values. */
export const PAIRED_COLUMNS = 24;

/** Candidates told, at most. */
const CANDIDATES = 100;

/** Steps that a search over so many columns tells of, at most. */
export function searchSteps(columns: number): number {
  const paired = Math.min(columns, PAIRED_COLUMNS);
  return columns + (paired * (paired - 1)) / 2;
}

/** Searches the columns of one table. `onStep` hears the left side looked at next. */
export async function findDependencies(
  columns: readonly SearchedColumn[],
  rowCount: number,
  pace: Pace,
  onStep: (left: readonly string[]) => void = () => {},
): Promise<Dependencies> {
  return new Search(columns, rowCount, pace, onStep).run();
}

/** One search: left sides of one column, then of two, so that what is found of the smaller bounds the larger. */
class Search {
  private readonly columns: readonly SearchedColumn[];
  private readonly rowCount: number;
  private readonly pace: Pace;
  private readonly onStep: (left: readonly string[]) => void;
  private readonly memory: ConflictMemory;
  private readonly numbers: Int32Array;
  private readonly keys: string[][] = [];
  private readonly found: Dependency[] = [];
  /** left → rights that a candidate holds for, and those for which it nearly does. */
  private readonly held = new Map<SearchedColumn, Set<SearchedColumn>>();
  private readonly near = new Map<SearchedColumn, Set<SearchedColumn>>();

  constructor(
    columns: readonly SearchedColumn[],
    rowCount: number,
    pace: Pace,
    onStep: (left: readonly string[]) => void,
  ) {
    this.columns = columns;
    this.rowCount = rowCount;
    this.pace = pace;
    this.onStep = onStep;
    this.memory = conflictMemory(rowCount);
    this.numbers = new Int32Array(rowCount);
  }

  async run(): Promise<Dependencies> {
    const { rowCount } = this;
    const varied = this.columns.filter((column) => !isConstant(column) && rowCount > 1);
    const coded = varied.filter(({ isCoded }) => isCoded);
    const lefts = coded.filter((column) => !isUnique(column, rowCount));
    const rights = coded.filter((column) => column.nulls > 0 || !isUnique(column, rowCount));
    this.keys.push(...varied.filter((c) => c.nulls === 0 && isUnique(c, rowCount)).map(({ name }) => [name]));
    for (const left of lefts) {
      this.onStep([left.name]);
      await this.single(left, rights);
    }
    const bySize = lefts.toSorted((a, b) => a.size - b.size);
    const paired = bySize.slice(0, PAIRED_COLUMNS);
    // The finer one leads: among the rows of one of its values there are few of the other's.
    for (const [at, first] of paired.entries()) await this.pairs(first, paired.slice(0, at), rights);
    const ordered = this.found.toSorted(
      (a, b) => Number(b.holds) - Number(a.holds) || a.left.length - b.left.length || b.testedRows - a.testedRows,
    );
    return {
      arity: ARITY,
      nearLimit: NEAR_LIMIT,
      constants: rowCount > 1 ? this.columns.filter(isConstant).map(({ name }) => name) : [],
      keys: this.keys,
      candidates: ordered.slice(0, CANDIDATES),
      omitted: Math.max(0, ordered.length - CANDIDATES),
      leftOut: [
        ...varied.flatMap((column) =>
          column.isCoded ? [] : [{ column: column.name, reason: 'it has too many distinct values to be counted' }],
        ),
        ...bySize.slice(PAIRED_COLUMNS).map(({ name }) => {
          return { column: name, reason: `only the ${PAIRED_COLUMNS} columns with the fewest values are paired` };
        }),
      ],
    };
  }

  private async single(left: SearchedColumn, rights: readonly SearchedColumn[]): Promise<void> {
    const sides = singleSides(left, left.counts, this.numbers);
    for (const right of rights) {
      if (right === left) continue;
      const candidate = await this.candidate([left], sides, right);
      if (candidate === null) continue;
      const known = candidate.holds ? this.held : this.near;
      known.set(left, (known.get(left) ?? new Set()).add(right));
      this.found.push(candidate);
    }
    await this.pace.beat();
  }

  /** Left sides of a column with each of some others. */
  private async pairs(
    first: SearchedColumn,
    others: readonly SearchedColumn[],
    rights: readonly SearchedColumn[],
  ): Promise<void> {
    // Where one determines the other, the pair says no more than that one by itself.
    const seconds = others.filter((each) => !this.held.get(first)?.has(each) && !this.held.get(each)?.has(first));
    const order = seconds.length === 0 ? null : orderBy(first, first.counts);
    if (order === null) return;
    for (const second of seconds) {
      const left = this.columns.filter((each) => each === first || each === second);
      this.onStep(left.map(({ name }) => name));
      await this.pair(left, new PairSides(first.counts, second, order, this.numbers), rights);
    }
  }

  private async pair(
    left: readonly SearchedColumn[],
    sides: PairSides,
    rights: readonly SearchedColumn[],
  ): Promise<void> {
    const open = rights.filter((right) => !left.some((each) => each === right || this.held.get(each)?.has(right)));
    const some = Math.min(this.rowCount, Math.max(PIECE_ROWS, Math.ceil(this.rowCount / 8)));
    sides.extend(some);
    await this.pace.beat();
    const alive = some < this.rowCount && sides.testedRows > 0 ? await this.notRefuted(sides, open) : open;
    // That two rows agree is known by now: with nothing left to try, the rest of the rows says nothing more.
    if (sides.testedRows > 0 && alive.length === 0) return;
    sides.extend(this.rowCount);
    await this.pace.beat();
    if (sides.testedRows === 0) {
      if (sides.withNull === 0) this.keys.push(left.map(({ name }) => name));
      return;
    }
    for (const right of alive) {
      const candidate = await this.candidate(left, sides, right);
      if (candidate === null) continue;
      if (candidate.holds || !left.some((each) => this.near.get(each)?.has(right))) this.found.push(candidate);
    }
  }

  /** The right sides with fewer violations among the rows numbered so far than would be told of all rows. */
  private async notRefuted(sides: LeftSides, rights: readonly SearchedColumn[]): Promise<readonly SearchedColumn[]> {
    const bound = Math.floor(NEAR_LIMIT * this.rowCount);
    const alive: SearchedColumn[] = [];
    for (const right of rights) {
      if ((await conflictsOf(sides, right, bound, this.memory, this.pace)) <= bound) alive.push(right);
    }
    return alive;
  }

  /** null: it neither holds nor nearly does. */
  private async candidate(
    left: readonly SearchedColumn[],
    sides: LeftSides,
    right: SearchedColumn,
  ): Promise<Dependency | null> {
    const { testedRows } = sides;
    const bound = Math.floor(NEAR_LIMIT * testedRows);
    const conflicts = await conflictsOf(sides, right, bound, this.memory, this.pace);
    if (conflicts > bound) return null;
    const holds = conflicts === 0;
    const { examplePlace, violations, violatingGroups } = await violationsOf(sides, right, holds, this.pace);
    if (violations > bound) return null;
    const exampleRow = sides.order?.[examplePlace] ?? examplePlace;
    return {
      left: left.map(({ name }) => name),
      right: right.name,
      holds,
      groups: sides.count,
      testedRows,
      violations,
      violatingGroups,
      example: {
        left: left.map(({ codes, print }) => {
          const code = codes[exampleRow] ?? -1;
          return code < 0 ? null : print(code);
        }),
        right: rightSidesOf(sides, examplePlace, right),
      },
    };
  }
}

function isConstant({ size, nulls }: SearchedColumn): boolean {
  return size + (nulls > 0 ? 1 : 0) <= 1;
}

/** Whether no two rows have the same value, NULL aside. */
function isUnique({ size, nulls }: SearchedColumn, rowCount: number): boolean {
  return size === rowCount - nulls;
}
