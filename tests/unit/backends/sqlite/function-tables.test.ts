import { afterAll, beforeAll, expect, it } from 'vitest';
import { generateAggregate } from '../../../../src/backends/sql/generate-aggregate.ts';
import { Connection } from '../../../../src/backends/sqlite/connection.ts';
import { SQLITE_DIALECT, storedType } from '../../../../src/backends/sqlite/dialect.ts';
import { DAY, DOUBLE, decimal, INT64, TEXT } from '../../../../src/columns/logical-type.ts';
import type { Scalar } from '../../../../src/columns/scalar.ts';
import { map, own, request, states, values } from '../requests.ts';

let connection: Connection;
beforeAll(async () => {
  connection = await Connection.open();
});
afterAll(() => connection.close());

const ofType = (type: typeof TEXT, ...from: readonly Scalar[]) => ({ type, from });

// Without it, each of 523,023 rows read all of 3,000 values: minutes.
it.each([
  ofType(TEXT, 'a', 'b'),
  ofType(INT64, 1, 2n ** 60n),
  ofType(decimal(2), 150, -1),
  ofType(DOUBLE, 0.5, 1e300),
  ofType(DAY, -1, 19_782),
])('the table of a function of $type.kind is searched by an index', ({ type, from }) => {
  const table = `t_${type.kind}`;
  connection.run(`CREATE TABLE "${table}" ("x" ${storedType(type)})`);
  const x = own('x', type);
  const mapped = map(
    x,
    from.map((value, i) => [value, `to ${i}`]),
    TEXT,
  );
  const asked = request(table, { inputs: [x], values: values(mapped), states: states(['rows', null]) });
  const plan: string[] = [];
  connection.query(`EXPLAIN QUERY PLAN ${generateAggregate(asked, SQLITE_DIALECT)}`, (row) => {
    plan.push(String(row.at(-1)));
  });
  expect(plan.join('\n')).toMatch(/SEARCH j1 USING AUTOMATIC COVERING INDEX \(child=\?\)/);
});
