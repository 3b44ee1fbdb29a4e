import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BackendName } from '../../../src/protocol/backend.ts';
import type { Answer } from '../../../src/runtime/api.ts';
import { type NodeSession, openInNode, retailInstallation } from '../../support/node-session.ts';

/** The canonical retail questions, and how many rows each has. */
const QUESTIONS = [
  ['plain group', 'SELECT region, revenue FROM transactions AT region', 3],
  ['climbs in two dimensions', 'SELECT category, region, revenue, cost AT (category, region)', 36],
  [
    'derived with filter',
    "SELECT region, month, profit FROM transactions AT (region, month) WHERE category <> 'Dairy' AND year = 2024",
    36,
  ],
  [
    'HAVING, ORDER, LIMIT',
    'SELECT store, revenue, orders AT store HAVING revenue > 500000 ORDER BY revenue DESC LIMIT 5',
    5,
  ],
  [
    'limit_per_top3_stores_per_region',
    'SELECT region, store, revenue AT (region, store) ORDER BY region, revenue DESC LIMIT 3 PER (region)',
    9,
  ],
  [
    'average and distinct',
    'SELECT category, AVG(revenue) AS mean, MEDIAN(revenue) AS middle, buyers, COUNT(*) AS n FROM transactions AT category',
    12,
  ],
] as const;

const PAIRS: readonly (readonly [BackendName, BackendName])[] = [
  ['duckdb', 'sqlite'],
  ['duckdb', 'arquero'],
  ['sqlite', 'arquero'],
];

describe.each(QUESTIONS)('%s', (_, question, rowCount) => {
  it.each(PAIRS)('%s = %s', async (first, second) => {
    const [a, b] = [await answer(first, question), await answer(second, question)];
    expect(a.row_count).toBe(rowCount);
    expect(b.columns).toEqual(a.columns);
    expect(b.rows.length).toBe(a.rows.length);
    for (const [i, row] of a.rows.entries()) {
      for (const [place, cell] of row.entries()) {
        const other = b.rows[i]?.[place];
        const isDouble = ['mean', 'middle'].includes(a.columns[place] ?? '');
        if (!isDouble) expect(other, `row ${i}, ${a.columns[place]}`).toBe(cell);
        else
          expect(Math.abs(Number(other) - Number(cell)), `row ${i}`).toBeLessThanOrEqual(1e-9 * Math.abs(Number(cell)));
      }
    }
  });
});

let session: NodeSession;
const answers = new Map<string, Promise<Answer>>();
beforeAll(async () => {
  session = await openInNode({ ...(await retailInstallation()), warmUp: 'off' });
});
afterAll(() => session.close());

/** Straight from one engine; each is asked once. */
function answer(backend: BackendName, question: string): Promise<Answer> {
  const key = `${backend} ${question}`;
  const asked = answers.get(key) ?? ask(backend, question);
  answers.set(key, asked);
  return asked;
}

async function ask(backend: BackendName, question: string): Promise<Answer> {
  const found = await session.query(question, { backend, engine: false });
  if (!('rows' in found)) throw new Error(`${backend}: ${found.message}`);
  expect(found.provenance.backend).toBe(backend);
  expect(found.served_from).toBe('backend');
  return found;
}
