import type { Column, DictionaryColumn } from '../columns/column.ts';
import { type LogicalType, printType } from '../columns/logical-type.ts';
import type { Scalar } from '../columns/scalar.ts';
import { type CellReading, readCellText } from './cell-text.ts';
import { type ColumnPlace, type Converted, cellAt } from './column-place.ts';
import { sourceError } from './source-error.ts';

/** Reads each distinct text once, then spreads what it means over the rows. */
export function convertTexts(raw: DictionaryColumn, wanted: LogicalType, place: ColumnPlace): Converted {
  if (wanted.kind === 'text') return { column: { ...raw, type: wanted }, notFinite: 0, rounded: 0 };
  const meanings: (Scalar | null)[] = raw.values.map((text, code) => {
    const reading = readCellText(String(text), wanted);
    if (reading.is === 'value') return reading.value;
    if (reading.is === 'notFinite') return null;
    throw fault(reading, wanted, place, raw.codes.indexOf(code), String(text));
  });
  return { ...spread(raw, meanings, wanted), rounded: 0 };
}

function spread(
  raw: DictionaryColumn,
  meanings: readonly (Scalar | null)[],
  type: LogicalType,
): { readonly column: Column; readonly notFinite: number } {
  const rows = raw.codes.length;
  const values = new Float64Array(rows);
  const valid = new Uint8Array(rows).fill(1);
  const isLarge = meanings.some((meaning) => typeof meaning === 'bigint');
  const exact: bigint[] = isLarge ? new Array<bigint>(rows).fill(0n) : [];
  let notFinite = 0;
  let missing = 0;
  for (let row = 0; row < rows; row++) {
    const code = raw.codes[row] ?? -1;
    const meaning = code < 0 ? null : (meanings[code] ?? null);
    if (meaning === null) {
      valid[row] = 0;
      missing++;
      if (code >= 0) notFinite++;
    } else if (isLarge) {
      exact[row] = BigInt(meaning);
    } else {
      values[row] = Number(meaning);
    }
  }
  const shape = { type, valid: missing === 0 ? null : valid };
  return {
    column: isLarge ? { form: 'bigint', ...shape, values: exact } : { form: 'number', ...shape, values },
    notFinite,
  };
}

function fault(
  reading: Exclude<CellReading, { is: 'value' | 'notFinite' }>,
  wanted: LogicalType,
  place: ColumnPlace,
  row: number,
  text: string,
): Error {
  const cell = cellAt(place, row, text);
  switch (reading.is) {
    case 'wrong':
      return sourceError('WRONG_CELL', { ...cell, expected: reading.expected });
    case 'tooManyDigits':
      return sourceError('TOO_MANY_DIGITS', { ...cell, digits: reading.digits });
    case 'outOfRange':
      return sourceError('OUT_OF_RANGE', { ...cell, expected: `the 64 bits of ${printType(wanted)}` });
    case 'notAPeriod':
      return sourceError('NOT_A_PERIOD', { ...cell, level: wanted.kind === 'date' ? wanted.level : 'day' });
  }
}
