import type { Column, DictionaryColumn } from '../columns/column.ts';
import { STATES, type StateName } from '../operators/state.ts';
import { dictionaryKey, groupRows } from './grouping.ts';
import { stackColumns } from './stack.ts';
import { takeCodes, takeRows } from './take.ts';

/** One atom's columns, taken apart: its coordinate in the common order of the anchor's dimensions, and its state. */
export interface JoinPart {
  readonly key: string;
  readonly state: StateName;
  readonly rowCount: number;
  readonly coordinate: readonly DictionaryColumn[];
  readonly columns: readonly Column[];
}

/** All atoms on one set of coordinates: `states` by atom key. */
export interface Joined {
  readonly rowCount: number;
  readonly coordinate: readonly DictionaryColumn[];
  readonly states: ReadonlyMap<string, readonly Column[]>;
}

/**
 * The full outer join of atoms on their coordinate, NULL equal to NULL. Where an atom has no row its state columns hold
 * the state's value over no rows (0 or NULL). Atoms on the same coordinates in the same order are not copied. An empty
 * coordinate gives exactly one row. Throws `RangeError` where an atom has two rows at one coordinate, or a column's
 * length is not the atom's.
 */
export function joinStates(parts: readonly JoinPart[]): Joined {
  const [first, ...others] = parts;
  if (first === undefined) throw new RangeError('join: no atom to take coordinates from');
  const isWhole = first.coordinate.length > 0 || first.rowCount === 1;
  if (isWhole && others.every((part) => sameCoordinates(first, part))) {
    const states = new Map(parts.map(({ key, columns }) => [key, columns]));
    return { rowCount: first.rowCount, coordinate: first.coordinate, states };
  }
  return outerJoin(parts, first.coordinate.length);
}

function outerJoin(parts: readonly JoinPart[], dimensions: number): Joined {
  const stacked = Array.from({ length: dimensions }, (_, d) =>
    stackColumns(parts.map((part) => coordinateOf(part, d))),
  );
  const total = parts.reduce((sum, part) => sum + part.rowCount, 0);
  const { groupOf, size, groups, rows } = groupRows(stacked.map(dictionaryKey), total, null);
  const positions = new Int32Array(size).fill(-1);
  for (let i = 0; i < groups.length; i++) positions[groups[i] ?? 0] = i;

  const states = new Map<string, readonly Column[]>();
  let offset = 0;
  for (const part of parts) {
    const sources = new Int32Array(groups.length).fill(-1);
    for (let row = 0; row < part.rowCount; row++) {
      const position = positions[groupOf[offset + row] ?? -1] ?? -1;
      if (sources[position] !== -1) throw new RangeError(`join: atom ${part.key} has two rows at one coordinate`);
      sources[position] = row;
    }
    offset += part.rowCount;
    states.set(
      part.key,
      part.columns.map((column) => takeRows(column, sources, STATES[part.state].empty)),
    );
  }
  return { rowCount: groups.length, coordinate: stacked.map((column) => takeCodes(column, rows)), states };
}

function sameCoordinates(first: JoinPart, part: JoinPart): boolean {
  if (first === part) return true;
  return (
    part.rowCount === first.rowCount && first.coordinate.every((column, d) => sameColumn(column, coordinateOf(part, d)))
  );
}

function sameColumn(a: DictionaryColumn, b: DictionaryColumn): boolean {
  if (a === b) return true;
  if (a.values !== b.values) {
    if (a.values.length !== b.values.length) return false;
    for (let i = 0; i < a.values.length; i++) if (a.values[i] !== b.values[i]) return false;
  }
  if (a.codes !== b.codes) for (let i = 0; i < a.codes.length; i++) if (a.codes[i] !== b.codes[i]) return false;
  return true;
}

function coordinateOf(part: JoinPart, dimension: number): DictionaryColumn {
  const column = part.coordinate[dimension];
  if (column === undefined) throw new RangeError(`join: atom ${part.key} has no dimension number ${dimension}`);
  return column;
}
