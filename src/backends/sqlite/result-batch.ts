import type { Batch, Column } from '../../columns/column.ts';
import { exactDigits, type LogicalType } from '../../columns/logical-type.ts';
import { integerScalar } from '../../columns/scalar.ts';
import { TextColumnBuilder } from '../../columns/text-column.ts';
import type { SqlValue } from './connection.ts';

/** Gathers the rows of a statement into columns. Exact numbers come as doubles that hold them, or as text. */
export class ResultBatch {
  readonly #columns: readonly { readonly name: string; readonly builder: ColumnBuilder }[];
  #rowCount = 0;

  constructor(columns: readonly { readonly name: string; readonly type: LogicalType }[]) {
    this.#columns = columns.map(({ name, type }) => ({ name, builder: builderOf(type) }));
  }

  push(row: readonly SqlValue[]): void {
    for (let i = 0; i < this.#columns.length; i++) this.#columns[i]?.builder.push(row[i] ?? null);
    this.#rowCount++;
  }

  batch(): Batch {
    const fields = this.#columns.map(({ name, builder }) => ({ name, column: builder.column() }));
    return { rowCount: this.#rowCount, fields };
  }
}

interface ColumnBuilder {
  push(value: SqlValue): void;
  column(): Column;
}

function builderOf(type: LogicalType): ColumnBuilder {
  if (type.kind !== 'text') return new NumberBuilder(type);
  const texts = new TextColumnBuilder();
  return { push: (value) => texts.push(value === null ? null : String(value)), column: () => texts.column() };
}

class NumberBuilder implements ColumnBuilder {
  readonly #type: LogicalType;
  readonly #isExact: boolean;
  readonly #values: (number | bigint)[] = [];
  readonly #valid: number[] = [];
  #hasNull = false;
  #hasLarge = false;

  constructor(type: LogicalType) {
    this.#type = type;
    this.#isExact = exactDigits(type) !== undefined;
  }

  push(value: SqlValue): void {
    const number = value === null ? 0 : this.#isExact && typeof value === 'string' ? integerOf(value) : Number(value);
    this.#values.push(number);
    this.#valid.push(value === null ? 0 : 1);
    if (value === null) this.#hasNull = true;
    if (typeof number === 'bigint') this.#hasLarge = true;
  }

  column(): Column {
    const valid = this.#hasNull ? Uint8Array.from(this.#valid) : null;
    return this.#hasLarge
      ? { form: 'bigint', type: this.#type, values: this.#values.map(BigInt), valid }
      : { form: 'number', type: this.#type, values: Float64Array.from(this.#values, Number), valid };
  }
}

function integerOf(text: string): number | bigint {
  return text.length < 16 ? Number(text) : integerScalar(BigInt(text));
}
