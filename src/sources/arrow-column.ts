import { type Data, type DataType, DateUnit, Precision, TimeUnit, Type } from 'apache-arrow';
import { decodeColumn, decodeIntegers } from '../columns/arrow-decode.ts';
import type { BigIntColumn, Column, NumberColumn } from '../columns/column.ts';
import { BOOL, DAY, DOUBLE, decimal, INT64, type LogicalType, TEXT } from '../columns/logical-type.ts';

const MILLISECONDS_A_DAY = 86_400_000;

/** What an Arrow type is read as; undefined for types that are no text, number, boolean or date. */
export function naturalType(type: DataType): LogicalType | undefined {
  switch (type.typeId) {
    case Type.Null:
    case Type.Utf8:
    case Type.LargeUtf8:
    case Type.Utf8View:
      return TEXT;
    case Type.Dictionary: {
      const dictionary: unknown = 'dictionary' in type ? type.dictionary : undefined;
      const isText =
        typeof dictionary === 'object' &&
        dictionary !== null &&
        'typeId' in dictionary &&
        (dictionary.typeId === Type.Utf8 || dictionary.typeId === Type.LargeUtf8);
      return isText ? TEXT : undefined;
    }
    case Type.Int:
      return INT64;
    case Type.Float:
      return 'precision' in type && type.precision === Precision.HALF ? undefined : DOUBLE;
    case Type.Decimal:
      return 'scale' in type && typeof type.scale === 'number' && type.scale >= 0 ? decimal(type.scale) : undefined;
    case Type.Bool:
      return BOOL;
    case Type.Date:
      return DAY;
    case Type.Timestamp:
      return offsetMinutes(zoneOf(type)) === undefined ? undefined : DAY;
    default:
      return undefined;
  }
}

/** One column from its Arrow chunks, in its natural type; timestamps and 64-bit dates are the civil date they print. */
export function arrowColumn(
  chunks: readonly Data<DataType>[],
  rows: number,
  arrowType: DataType,
  type: LogicalType,
  name: string,
): Column {
  if (arrowType.typeId === Type.Null) {
    return { form: 'dictionary', type, codes: new Int32Array(rows).fill(-1), values: [] };
  }
  const perDay = unitsPerDay(arrowType);
  if (perDay === undefined) return decodeColumn(chunks, rows, type, name);
  const instants = decodeIntegers(chunks, rows, INT64, name);
  const shift = (BigInt(offsetMinutes(zoneOf(arrowType)) ?? 0) * perDay) / 1440n;
  return toDays(instants, perDay, shift);
}

/** Ticks of a day in a timestamp's or 64-bit date's unit; undefined for other types. */
function unitsPerDay(type: DataType): bigint | undefined {
  const unit: unknown = 'unit' in type ? type.unit : undefined;
  if (type.typeId === Type.Date) return unit === DateUnit.MILLISECOND ? BigInt(MILLISECONDS_A_DAY) : undefined;
  if (type.typeId !== Type.Timestamp) return undefined;
  switch (unit) {
    case TimeUnit.SECOND:
      return 86_400n;
    case TimeUnit.MILLISECOND:
      return 86_400_000n;
    case TimeUnit.MICROSECOND:
      return 86_400_000_000n;
    default:
      return 86_400_000_000_000n;
  }
}

function toDays(instants: NumberColumn | BigIntColumn, perDay: bigint, shift: bigint): Column {
  const values = new Float64Array(instants.values.length);
  const divisor = Number(perDay);
  for (let row = 0; row < values.length; row++) {
    const instant = instants.values[row] ?? 0;
    if (typeof instant === 'number' && shift === 0n) {
      // Both are safe integers: the quotient's floor is exact where the remainder is, so divide what is divisible.
      const remainder = ((instant % divisor) + divisor) % divisor;
      values[row] = (instant - remainder) / divisor;
    } else {
      const exact = BigInt(instant) + shift;
      const remainder = ((exact % perDay) + perDay) % perDay;
      values[row] = Number((exact - remainder) / perDay);
    }
  }
  return { form: 'number', type: DAY, values, valid: instants.valid };
}

function zoneOf(type: DataType): string | null {
  return 'timezone' in type && typeof type.timezone === 'string' && type.timezone !== '' ? type.timezone : null;
}

/**
 * Minutes that a zone's clock is ahead of UTC: 0 without a zone and for UTC. Undefined for named zones, whose clock
 * depends on the date: which day such a file prints is not told by the file.
 */
function offsetMinutes(zone: string | null): number | undefined {
  if (zone === null || /^(?:utc|etc\/utc|gmt|z)$/i.test(zone)) return 0;
  const match = /^([+-])(\d{2}):?(\d{2})$/.exec(zone);
  if (match === null) return undefined;
  return (match[1] === '-' ? -1 : 1) * (60 * Number(match[2]) + Number(match[3]));
}
