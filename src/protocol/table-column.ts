import type { Batch, DictionaryColumn } from '../columns/column.ts';
import { columnOf } from '../columns/column.ts';
import type { LogicalType } from '../columns/logical-type.ts';
import type { Input } from '../resolution/access.ts';

/** A loaded column as checks name it: its name in the source and its type. */
export interface TableColumn {
  readonly column: string;
  readonly type: LogicalType;
}

/** The column itself as an input of a request, without climbs. */
export function ownInput(name: string, { column, type }: TableColumn): Input {
  return { name, type, access: { column, columnType: type, steps: [] } };
}

/** A key column of a decoded result. Throws `RangeError` where it is not in dictionary form: a defect. */
export function keyColumn(batch: Batch, name: string): DictionaryColumn {
  const column = columnOf(batch, name);
  if (column.form !== 'dictionary')
    throw new RangeError(`batch: key ${name} is in ${column.form} form, not dictionary`);
  return column;
}
