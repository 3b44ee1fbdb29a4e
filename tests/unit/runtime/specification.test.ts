import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { installationOf } from '../../cases/case.ts';
import { MARKET } from '../../cases/specification/market.ts';
import { NUMBERS } from '../../cases/specification/numbers.ts';
import type { Rule, World } from '../../cases/specification/rule.ts';
import { STOCK } from '../../cases/specification/stock.ts';
import { TRADE } from '../../cases/specification/trade.ts';
import { WINDOWS } from '../../cases/specification/windows.ts';
import { BACKENDS, startedInNode } from '../../support/backends.ts';
import { type NodeSession, openInNode, valueIn } from '../../support/node-session.ts';

const WORLDS: readonly World[] = [MARKET, WINDOWS, STOCK, NUMBERS, TRADE];

/** Each rule on every backend: the engine off, on, and on again, when its entries answer. */
describe.each(WORLDS.map((world) => ({ world, name: world.name })))('$name', ({ world }) => {
  let session: NodeSession;
  beforeAll(async () => {
    session = await openInNode({
      installation: installationOf(world),
      collections: { 'case/': world.collection },
      files: Object.fromEntries(Object.entries(world.tables).map(([name, text]) => [`${name}.csv`, text])),
      warmUp: 'off',
      startBackend: (name) => startedInNode(name),
    });
  });
  afterAll(() => session.close());

  test.each(world.rules.map((rule) => ({ rule, name: rule.rule })))('$name', async ({ rule }) => {
    await expectTypes(session, rule);
    // What is refused before a number is read is the same whoever would compute.
    const isEarly = 'code' in rule && rule.code !== 'OVERFLOW';
    for (const { name: backend } of isEarly ? BACKENDS.slice(0, 1) : BACKENDS) {
      for (const engine of [false, true, true]) {
        const answer = await session.query(rule.query, { engine, backend });
        expectAnswer(rule, answer, `${rule.query} on ${backend}, engine ${engine ? 'on' : 'off'}`);
      }
      await session.service.evict(null);
    }
  });
});

type Answered = Awaited<ReturnType<NodeSession['query']>>;

function expectAnswer(rule: Rule, answer: Answered, where: string): void {
  if ('code' in rule) {
    expect('code' in answer ? answer.code : answer.rows, where).toBe(rule.code);
    if (rule.others !== undefined && 'code' in answer) {
      expect(
        answer.others.map((each) => each.code),
        where,
      ).toEqual(rule.others);
    }
    return;
  }
  if ('code' in answer) throw new Error(`${where}: ${answer.code} ${answer.message}`);
  if (rule.columns !== undefined) expect(answer.columns, where).toEqual(rule.columns);
  expect(answer.rows, where).toEqual(
    rule.rows.map((row) =>
      row.map((cell) => (Number.isInteger(cell) ? cell : typeof cell === 'number' ? near(cell) : cell)),
    ),
  );
  if (rule.disclosed !== undefined) {
    expect(answer.disclosures.map((each) => each.code).sort(), where).toEqual(rule.disclosed);
  }
}

function near(value: number) {
  return expect.closeTo(value, 12);
}

async function expectTypes(session: NodeSession, rule: Rule): Promise<void> {
  if ('code' in rule || rule.types === undefined) return;
  const diagnosis = valueIn(await session.service.check(rule.query));
  if (!diagnosis.ok) throw new Error(`${rule.query}: ${diagnosis.refusal.message}`);
  expect(diagnosis.preview.columns.map((each) => each.type)).toEqual(rule.types);
}
