import { DataType, tableFromIPC, type Vector } from 'apache-arrow';
import type { CalendarLevel } from '../../columns/calendar.ts';
import { type LogicalType, parseType, period, printType } from '../../columns/logical-type.ts';
import { integerScalar, type Scalar } from '../../columns/scalar.ts';

/** What a column is in the answer. */
export type ColumnRole = 'anchor' | 'determined' | 'series';

/** A column of a finished answer, read value by value: nothing is decoded that is not on screen. */
export interface FrameColumn {
  readonly name: string;
  readonly type: LogicalType;
  /** The type as a person writes it; a period by its level, empty where the name says it. */
  readonly typeText: string;
  readonly role: ColumnRole;
  readonly read: (row: number) => Scalar | null;
}

/** The answer as the page reads it. */
export interface FrameView {
  readonly rowCount: number;
  readonly columns: readonly FrameColumn[];
}

const LEVELS: readonly CalendarLevel[] = ['day', 'week', 'month', 'quarter', 'year'];

/**
 * Opens the Arrow IPC stream of an answer. Each field's metadata says its type, level and role. Throws `TypeError`
 * where a field has no type that Coframe writes.
 */
export function openFrame(ipc: ArrayBuffer): FrameView {
  const table = tableFromIPC(new Uint8Array(ipc));
  const columns = table.schema.fields.map((field, index) => {
    const vector = table.getChildAt(index);
    const type = fieldType(field.name, field.metadata);
    if (vector === null) throw new TypeError(`answer: column ${field.name} has no values`);
    return {
      name: field.name,
      type,
      typeText: type.kind === 'date' ? levelText(field.name, type.level) : printType(type),
      role: fieldRole(field.metadata.get('coframe.role')),
      read: valueReader(vector, type),
    };
  });
  return { rowCount: table.numRows, columns };
}

/** A period is told by its level, unless its name says that already. */
function levelText(name: string, level: CalendarLevel): string {
  if (level === 'day') return 'date';
  return name === level ? '' : level;
}

function fieldType(name: string, metadata: ReadonlyMap<string, string>): LogicalType {
  const written = metadata.get('coframe.type');
  const type = written === undefined ? undefined : parseType(written);
  if (type === undefined) throw new TypeError(`answer: column ${name} has the type ${written ?? '(none)'}`);
  const level = LEVELS.find((each) => each === metadata.get('coframe.level'));
  return type.kind === 'date' && level !== undefined ? period(level) : type;
}

function fieldRole(written: string | undefined): ColumnRole {
  return written === 'anchor' || written === 'determined' ? written : 'series';
}

function valueReader(vector: Vector, type: LogicalType): (row: number) => Scalar | null {
  if (DataType.isDecimal(vector.type)) return decimalReader(vector);
  const convert = converter(type);
  return (row) => {
    const value: unknown = vector.get(row);
    return value === null || value === undefined ? null : convert(value);
  };
}

/** Turns what Arrow yields for a type into the one form of its value. */
function converter(type: LogicalType): (value: unknown) => Scalar {
  switch (type.kind) {
    case 'text':
      return String;
    case 'bool':
      return Boolean;
    case 'double':
      return Number;
    case 'int64':
    case 'decimal':
      return (value) => (typeof value === 'bigint' ? integerScalar(value) : Number(value));
    case 'date':
      // Arrow yields a Date32 as milliseconds of its midnight in UTC.
      return (value) => Math.round(Number(value) / 86_400_000);
  }
}

/** Reads the words of a decimal itself: what Arrow yields for one is an object without a plain integer in it. */
function decimalReader(vector: Vector): (row: number) => Scalar | null {
  return (row) => {
    let local = row;
    for (const chunk of vector.data) {
      if (local < chunk.length) {
        const words: unknown = chunk.values;
        if (!(words instanceof Uint32Array)) throw new TypeError('answer: a decimal is not held in 32-bit words');
        const { stride } = chunk;
        return chunk.getValid(local) ? wideInteger(words.subarray(local * stride, (local + 1) * stride)) : null;
      }
      local -= chunk.length;
    }
    return null;
  };
}

/** A little-endian two's complement integer of 32-bit words. */
function wideInteger(words: Uint32Array): number | bigint {
  let value = 0n;
  for (let index = words.length - 1; index >= 0; index--) value = (value << 32n) | BigInt(words[index] ?? 0);
  return integerScalar(BigInt.asIntN(32 * words.length, value));
}
