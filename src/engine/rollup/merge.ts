import type { Column } from '../../columns/column.ts';
import { flatColumn } from '../../compose/flat-column.ts';
import type { Grouping } from '../../compose/grouping.ts';
import { addGroups } from '../../compose/state/add.ts';
import { extremeGroups } from '../../compose/state/extreme.ts';
import { mergeMoments } from '../../compose/state/moments.ts';
import { periodGroups } from '../../compose/state/period.ts';
import { multiplyGroups } from '../../compose/state/product.ts';
import { mergeSketches } from '../../compose/state/sketches.ts';
import { STATES, type StateArgument, type StateName } from '../../operators/state.ts';

/**
 * A state's columns merged within each group, in the order of `grouping.groups`: the state of the union of the group's
 * rows. NULL states are skipped; a group without any other is NULL, or 0 where the state over no rows is. Throws
 * `RangeError` where the state does not merge or lacks a column or its argument.
 */
export function mergeState(
  state: StateName,
  argument: StateArgument | null,
  columns: readonly Column[],
  grouping: Grouping,
): Column[] {
  const merged = mergeGroups(state, argument, columns, grouping);
  return merged.map((column, i) => {
    const type = columns[i]?.type ?? column.type;
    // Over no rows such a state is 0, which is how NULL is held already.
    return STATES[state].empty === 'zero' && column.form !== 'dictionary'
      ? { ...column, type, valid: null }
      : { ...column, type };
  });
}

function mergeGroups(
  state: StateName,
  argument: StateArgument | null,
  columns: readonly Column[],
  grouping: Grouping,
): readonly Column[] {
  const at = (position: number) => columnAt(state, columns, position);
  const { merge } = STATES[state];
  switch (merge) {
    case null:
      throw new RangeError(`roll-up: the state ${state} does not merge`);
    case 'union':
      return [];
    case 'add':
      return [addGroups(at(0), null, grouping)];
    case 'min':
    case 'max':
      return [extremeGroups(at(0), merge, grouping)];
    case 'multiply':
      return multiplyGroups(flatColumn(at(0)), flatColumn(at(1)), grouping);
    case 'moments':
      return mergeMoments([flatColumn(at(0)), flatColumn(at(1)), flatColumn(at(2))], grouping);
    case 'hyperloglog':
    case 'ddsketch':
      return [mergeSketches(at(0), merge, grouping)];
    case 'first':
    case 'last': {
      if (argument?.kind !== 'period') throw new RangeError(`roll-up: the state ${state} needs its order`);
      const { combine } = argument;
      return periodGroups({ side: merge, combine, order: at(0), value: at(1), counts: null }, grouping);
    }
  }
}

function columnAt(state: StateName, columns: readonly Column[], position: number): Column {
  const column = columns[position];
  if (column === undefined) throw new RangeError(`roll-up: the state ${state} has no column ${position}`);
  return column;
}
