import { DAY, decimal, type LogicalType, TEXT } from '../src/columns/logical-type.ts';
import type { AggregateRequest } from '../src/protocol/request.ts';
import type { Input } from '../src/resolution/access.ts';

/** The sum of the revenue by some keys: as a backend is asked, and as one who uses a library by itself would ask. */
export interface Question {
  readonly request: AggregateRequest;
  /** Columns to group by, of the transactions joined with the stores where `climbs`. */
  readonly columns: readonly string[];
  readonly climbs: boolean;
}

export type Shape = 'region' | 'region-day' | 'store-sku';

const MONEY = decimal(2);

const REGION: Input = {
  name: 'region',
  type: TEXT,
  access: {
    column: 'store_id',
    columnType: TEXT,
    steps: [
      {
        kind: 'lookup',
        edge: 'store→region via stores',
        schema: 'stores',
        source: 'stores',
        childColumn: 'store_id',
        parentColumn: 'region',
        childType: TEXT,
        type: TEXT,
      },
    ],
  },
};

export const QUESTIONS: Readonly<Record<Shape, Question>> = {
  region: question([REGION]),
  'region-day': question([REGION, own('day', DAY)]),
  'store-sku': question([own('store_id', TEXT), own('sku', TEXT)]),
};

/** The question as SQL that every database takes. */
export function naturalSql({ columns, climbs }: Question): string {
  const keys = columns.join(', ');
  const from = climbs ? 'transactions JOIN stores USING (store_id)' : 'transactions';
  return `SELECT ${keys}, sum(revenue) AS revenue FROM ${from} GROUP BY ${keys}`;
}

function question(keys: readonly Input[]): Question {
  const revenue = own('revenue', MONEY);
  const names = keys.map(({ name }) => name);
  return {
    request: {
      table: 'transactions',
      inputs: [...keys, revenue],
      keys: names,
      values: [],
      filter: null,
      states: [{ name: 's0', state: 'sum', input: { kind: 'column', name: 'revenue', type: MONEY }, inputType: MONEY }],
    },
    columns: names,
    climbs: keys.some(({ access }) => access.steps.length > 0),
  };
}

function own(name: string, type: LogicalType): Input {
  return { name, type, access: { column: name, columnType: type, steps: [] } };
}
