import type { Column, DictionaryColumn, NumberColumn } from '../../columns/column.ts';
import { toDictionary } from '../../columns/dictionary.ts';
import { DOUBLE } from '../../columns/logical-type.ts';
import type { WindowCall } from '../../operators/window.ts';
import { doubleArithmetic } from '../double-arithmetic.ts';
import { type ColumnLookup, evaluate } from '../evaluate.ts';
import { exactQuotient } from '../exact-arithmetic.ts';
import { flatColumn, withZeros } from '../flat-column.ts';
import { dictionaryKey, type Grouping, groupRows } from '../grouping.ts';
import { takeRows } from '../take.ts';
import { neighbourRows } from './neighbour.ts';
import { rankColumn } from './rank.ts';
import { rollingColumn } from './rolling.ts';
import { runningSum } from './running-sum.ts';
import { trackOf } from './track.ts';

/** The finished rows that a window looks at, in any order. */
export interface WindowFrame {
  readonly columns: ColumnLookup;
  readonly rowCount: number;
  /** The anchor's columns in the order shown: together they tell each row from every other. */
  readonly coordinate: readonly DictionaryColumn[];
}

/**
 * The window's value in each row of the Frame, of the type of the call. Exact sums stay exact whatever their size:
 * whether one is outside int64 is for the caller to tell. Rows without a period have no value along the axis and are
 * nobody's neighbour. Throws `RangeError` where the partition leaves two rows of one period together, `TypeError`
 * where the call has no axis that its window needs: defects of the caller.
 */
export function windowColumn(call: WindowCall, frame: WindowFrame): Column {
  const input = evaluate(call.input, frame.columns, frame.rowCount);
  const keys = call.partition.map((name) => dictionaryKey(toDictionary(frame.columns(name))));
  const partition = groupRows(keys, frame.rowCount, null);
  switch (call.window) {
    case 'RANK':
    case 'DENSE_RANK':
    case 'ROW_NUMBER':
      return rankColumn(call.window, input, partition, frame.coordinate);
    default:
      return alongAxis(call, call.window, input, frame, partition);
  }
}

type AxisWindow = Exclude<WindowCall['window'], 'RANK' | 'DENSE_RANK' | 'ROW_NUMBER'>;

function alongAxis(
  call: WindowCall,
  window: AxisWindow,
  input: Column,
  frame: WindowFrame,
  partition: Grouping,
): Column {
  if (call.axis === null) throw new TypeError(`window: ${window} without an axis`);
  const { dimension, level } = call.axis;
  const track = trackOf(toDictionary(frame.columns(dimension)), partition);
  const shifted = (direction: 1 | -1) =>
    takeRows(input, neighbourRows(track, call.step ?? level, direction * call.count, frame.rowCount));
  const rolling = (rolled: 'sum' | 'avg' | 'min' | 'max') =>
    rollingColumn(rolled, flatColumn(input), track, level, call.count);
  switch (window) {
    case 'LAG':
      return shifted(-1);
    case 'LEAD':
      return shifted(1);
    case 'PCT_CHANGE':
      return relativeChange(input, shifted(-1));
    case 'CUMSUM':
      return runningSum(flatColumn(input), track, call.reset);
    case 'ROLLING_SUM':
      return rolling('sum');
    case 'ROLLING_AVG':
      return rolling('avg');
    case 'ROLLING_MIN':
      return rolling('min');
    case 'ROLLING_MAX':
      return rolling('max');
  }
}

/** now ÷ then − 1: one exact division, then doubles; NULL where there is no then, or it is 0. */
function relativeChange(now: Column, then: Column): NumberColumn {
  const ratio =
    now.type.kind === 'double'
      ? doubleArithmetic('/', flatColumn(now), flatColumn(then))
      : exactQuotient(flatColumn(now), flatColumn(then));
  const values = ratio.values.map((value) => value - 1);
  return { form: 'number', type: DOUBLE, values: withZeros(values, ratio.valid), valid: ratio.valid };
}
