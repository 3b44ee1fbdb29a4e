import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BackendName } from '../../../../src/protocol/backend.ts';
import type { Answer, Disclosure, Refusal } from '../../../../src/runtime/api.ts';
import { type NodeSession, openInNode, valueIn } from '../../../support/node-session.ts';
import { DISCLOSURE_CASES } from './cases.ts';
import { faultyInstallation } from './faulty.ts';

/** What a number that is wrong, or may be, is told with. */
const CRITICAL: ReadonlySet<Disclosure['code']> = new Set<Disclosure['code']>([
  'blocked_reduction',
  'contradicted_condition',
]);

/** Told of a session whose files or storage are not as they should be: see bad-input-changed and bad-input-storage. */
const OF_THE_SESSION: readonly Disclosure['code'][] = ['source_assumed_unchanged', 'storage_full'];

/** Every way to a number: computed and kept, from what is kept, and each backend with the engine off. */
const PATHS: readonly { readonly engine: boolean; readonly backend?: BackendName }[] = [
  { engine: true },
  { engine: true },
  { engine: false },
  { engine: false, backend: 'sqlite' },
  { engine: false, backend: 'arquero' },
];

describe('what is told with an answer', () => {
  let session: NodeSession;

  beforeAll(async () => {
    session = await openInNode(faultyInstallation());
  }, 60_000);

  afterAll(() => session.close());

  test.each(DISCLOSURE_CASES)('is the same on every path: $query', async ({ query, rows, level, told }) => {
    for (const path of PATHS) {
      const answer = answered(await session.query(query, path));
      expect(answer.disclosures.map(({ code, message }) => [code, message])).toEqual(told);
      expect(answer.disclosures.map(({ critical }) => critical)).toEqual(told.map(([code]) => CRITICAL.has(code)));
      expect(answer).toMatchObject({ level, mood: told.length > 0 ? 'disclose' : 'serve' });
      expectClose(answer.rows, rows);
    }
  });

  test('a sum that crosses a block is never kept', async () => {
    await session.query('SELECT SUM(stock) AT store');
    const entries = valueIn(await session.service.entries());
    const sums = entries.filter(({ family, state }) => family === 'stock' && state === 'sum');
    // Those of single months cross nothing.
    expect(sums.filter(({ anchor }) => !anchor.includes('month'))).toEqual([]);
    expect(await session.query('SELECT SUM(stock) AT store')).toMatchObject({ served_from: 'engine_backend' });
  });

  test('the question that looks past a filter runs, and keeps the same rows', async () => {
    const cuts = DISCLOSURE_CASES.flatMap(({ told }) => told.filter(([code]) => code === 'window_cut'));
    const pasts = cuts.flatMap(([, message]) => /HAVING: `(.*)`\.$/.exec(message)?.[1] ?? []);
    expect(pasts.length).toBeGreaterThan(0);
    for (const past of pasts) {
      const answer = answered(await session.query(past));
      expect(answer.disclosures.map(({ code }) => code)).not.toContain('window_cut');
    }
    // The look-back finds January where WHERE would have cut it off.
    const [january] = pasts;
    expect(answered(await session.query(january ?? '')).rows).toEqual([['2024-02', 45]]);
  });
});

test('a store that is full is told with what is computed, not with what is kept', async () => {
  const whole = faultyInstallation();
  const installation = whole.installation.replace('{enabled: true}', '{enabled: true, max_bytes_per_ac: 1}');
  const session = await openInNode({ ...whole, installation });
  try {
    for (const query of ['SELECT stock AT store', 'SELECT MAX(stock) AS most AT month']) {
      const answer = answered(await session.query(query));
      expect(answer.disclosures.map(({ code }) => code)).toEqual(['storage_full']);
    }
  } finally {
    await session.close();
  }
});

test('each code is told by at least two questions', () => {
  const codes: Record<Disclosure['code'], number> = {
    blocked_reduction: 0,
    contradicted_condition: 0,
    rows_outside_path: 0,
    approximate: 0,
    held_off_rows: 0,
    membership_excess: 0,
    nulls_skipped: 0,
    source_assumed_unchanged: 0,
    storage_full: 0,
    window_cut: 0,
  };
  for (const { told } of DISCLOSURE_CASES) for (const code of new Set(told.map(([each]) => each))) codes[code] += 1;
  const rare = Object.entries(codes).filter(([, count]) => count < 2);
  expect(rare.map(([code]) => code)).toEqual(OF_THE_SESSION);
});

/** Doubles to nine digits: backends add them in different orders. */
function expectClose(rows: Answer['rows'], expected: Answer['rows']): void {
  const rounded = (each: Answer['rows']) =>
    each.map((row) => row.map((cell) => (typeof cell === 'number' ? Number(cell.toPrecision(9)) : cell)));
  expect(rounded(rows)).toEqual(rounded(expected));
}

function answered(answer: Answer | Refusal): Answer {
  if (!('code' in answer)) return answer;
  throw new Error(`${answer.code}: ${answer.message}`);
}
