import { tableFromIPC, type Vector } from 'apache-arrow';

/** Milliseconds of a day. */
const DAY = 86_400_000;

type Cell = string | number | boolean | null;

/**
 * The rows of an Arrow answer in the values of its JSON form, read with apache-arrow and the field metadata alone.
 * @param ipc one Arrow IPC stream
 */
export function rowsOfArrow(ipc: Uint8Array): {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
} {
  const table = tableFromIPC(ipc);
  const columns = table.schema.fields.map((field, index) => {
    const vector = table.getChildAt(index);
    if (vector === null) throw new Error(`column ${field.name} has no values`);
    return cellsOf(vector, field.metadata.get('coframe.type') ?? '', field.metadata.get('coframe.level') ?? 'day');
  });
  return {
    columns: table.schema.fields.map(({ name }) => name),
    rows: Array.from({ length: table.numRows }, (_, row) => columns.map((cells) => cells[row] ?? null)),
  };
}

function cellsOf(vector: Vector, type: string, level: string): readonly Cell[] {
  const digits = /^decimal\((\d+)\)$/.exec(type)?.[1];
  return Array.from(vector, (value: unknown): Cell => {
    if (value === null || value === undefined) return null;
    if (digits !== undefined) return Number(integerOf(value)) / 10 ** Number(digits);
    if (type === 'date') return periodOf(new Date(Number(value)), level);
    return typeof value === 'bigint' ? Number(value) : value === true || value === false ? value : scalarOf(value);
  });
}

/** A period as its first day says it; an ISO week is of the year that its Thursday lies in. */
function periodOf(first: Date, level: string): string {
  const day = first.toISOString().slice(0, 10);
  switch (level) {
    case 'day':
      return day;
    case 'week': {
      const thursday = new Date(first.getTime() + 3 * DAY);
      const newYear = Date.UTC(thursday.getUTCFullYear(), 0, 1);
      const week = 1 + Math.floor((thursday.getTime() - newYear) / (7 * DAY));
      return `${thursday.getUTCFullYear()}-W${String(week).padStart(2, '0')}`;
    }
    case 'month':
      return day.slice(0, 7);
    case 'quarter':
      return `${day.slice(0, 4)}-Q${Math.floor(first.getUTCMonth() / 3) + 1}`;
    case 'year':
      return day.slice(0, 4);
    default:
      throw new Error(`${level} is no calendar level`);
  }
}

function scalarOf(value: unknown): Cell {
  if (typeof value === 'string' || typeof value === 'number') return value;
  throw new Error(`a text or a number was expected, found ${String(value)}`);
}

/** A 128-bit integer from its four little-endian words. */
function integerOf(value: unknown): bigint {
  if (!(value instanceof Uint32Array)) throw new Error(`the words of a decimal were expected, found ${String(value)}`);
  return BigInt.asIntN(
    128,
    value.reduceRight((sum, word) => (sum << 32n) | BigInt(word), 0n),
  );
}
