import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CLARIFYING, REFUSAL_MESSAGES, type RefusalCode } from '../../../../src/resolution/refusal.ts';
import type { Answer, Refusal } from '../../../../src/runtime/api.ts';
import { type NodeSession, openInNode } from '../../../support/node-session.ts';
import { UNBOUND } from '../../resolution/unbound.ts';
import { BLOCKS_REFUSALS } from './blocks.ts';
import { installed, type Market } from './case.ts';
import { COLUMNS_REFUSALS } from './columns.ts';
import { FRAME_REFUSALS } from './frame.ts';
import { MEMBERSHIP_REFUSALS } from './membership.ts';
import { NAMES_REFUSALS } from './names.ts';
import { OPERATORS_REFUSALS } from './operators.ts';
import { REACH_REFUSALS } from './reach.ts';
import { SOURCES_REFUSALS } from './sources.ts';
import { TYPES_REFUSALS } from './type-mismatch.ts';

const CASES = [
  ...NAMES_REFUSALS,
  ...COLUMNS_REFUSALS,
  ...BLOCKS_REFUSALS,
  ...OPERATORS_REFUSALS,
  ...TYPES_REFUSALS,
  ...REACH_REFUSALS,
  ...MEMBERSHIP_REFUSALS,
  ...FRAME_REFUSALS,
  ...SOURCES_REFUSALS,
];

const MARKETS = [...new Set(CASES.map((each) => each.market ?? 'whole'))];

describe.each(MARKETS)('questions of the market: %s', (market: Market) => {
  let session: NodeSession;

  beforeAll(async () => {
    session = await openInNode(installed(market));
  }, 60_000);

  afterAll(() => session.close());

  const cases = CASES.filter((each) => (each.market ?? 'whole') === market);

  test.each(cases)('$code: $query', async ({ query, code, at, message, remedies, rows, witness, others }) => {
    const refusal = refused(await session.query(query));
    expect(refusal).toMatchObject({ code, message, mood: CLARIFYING.has(code) ? 'clarify' : 'refuse' });
    expect(query.slice(refusal.span.from, refusal.span.to)).toBe(at);
    expect(refusal.remedies.map((remedy) => remedy.query)).toEqual(remedies);
    expect(refusal.others.map((other) => other.code)).toEqual(others ?? []);
    const shown = refusal.witness && [refusal.witness.columns, ...refusal.witness.rows];
    expect(shown).toEqual(witness);
    expect(message).toMatch(/[.?]$/);
    for (const [place, remedy] of remedies.entries()) {
      const answer = answered(await session.query(remedy));
      if (place === 0) expect(answer.rows).toEqual(rows);
    }
  });
});

test('each code is tested at least twice', () => {
  const tested = new Map<string, Set<string>>();
  for (const { code, query } of [...CASES, ...UNBOUND]) tested.set(code, (tested.get(code) ?? new Set()).add(query));
  const codes = Object.keys(REFUSAL_MESSAGES);
  expect(codes.filter((code) => (tested.get(code)?.size ?? 0) < 2)).toEqual([]);
});

test('a code that clarifies gives its choices', () => {
  const silent = (code: RefusalCode) =>
    CASES.filter((each) => each.code === code).every(({ remedies }) => remedies.length === 0);
  expect([...CLARIFYING].filter(silent)).toEqual([]);
});

function refused(answer: Answer | Refusal): Refusal {
  if ('code' in answer) return answer;
  throw new Error(`answered: ${JSON.stringify(answer.rows).slice(0, 200)}`);
}

function answered(answer: Answer | Refusal): Answer {
  if (!('code' in answer)) return answer;
  throw new Error(`${answer.code}: ${answer.message}`);
}
