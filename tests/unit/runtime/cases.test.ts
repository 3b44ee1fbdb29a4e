import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { installationOf, type Question } from '../../cases/case.ts';
import { CASES } from '../../cases/cases.ts';
import { BACKENDS, startedInNode } from '../../support/backends.ts';
import { type NodeSession, openInNode } from '../../support/node-session.ts';

/** Every case, warm (hints filled, conditions verified) and cold; on each backend the engine on, twice, and off. */
describe.each(CASES.map((each) => ({ case: each, name: each.name })))('case $name', ({ case: given }) => {
  const open = (warmUp: 'await' | 'off') =>
    openInNode({
      installation: installationOf(given),
      collections: { 'case/': given.collection },
      files: Object.fromEntries(Object.entries(given.tables).map(([name, text]) => [`${name}.csv`, text])),
      warmUp,
      startBackend: (name) => startedInNode(name),
    });

  describe.each(['warm', 'cold'] as const)('%s', (state) => {
    let session: NodeSession;
    beforeAll(async () => {
      session = await open(state === 'warm' ? 'await' : 'off');
    });
    afterAll(() => session.close());

    test.each(given.questions.map((question) => ({ question, query: question.query })))(
      '$query',
      async ({ question }) => {
        for (const [engine, time] of [
          [true, 'first'],
          [true, 'again'],
          [false, 'off'],
        ] as const) {
          const answer = await session.query(question.query, { engine });
          expectAnswer(question, answer, time);
          if (!('code' in answer)) expectOrigin(question, answer, state, time);
        }
      },
    );
  });

  describe('on each backend', () => {
    let session: NodeSession;
    beforeAll(async () => {
      session = await open('off');
    });
    afterAll(() => session.close());

    test.each(BACKENDS)(
      '$name, with no entry, with those of the questions before, and the engine off',
      async ({ name }) => {
        await session.service.evict(null);
        for (const question of given.questions) {
          for (const [engine, time] of [
            [false, 'off'],
            [true, 'first'],
            [true, 'again'],
          ] as const) {
            const answer = await session.query(question.query, { engine, backend: name });
            expectAnswer(question, answer, `${question.query} ${time}`);
          }
        }
        for (const question of given.questions) {
          await session.service.evict(null);
          const answer = await session.query(question.query, { engine: true, backend: name });
          expectAnswer(question, answer, `${question.query} with no entry`);
        }
      },
    );

    test.each(BACKENDS)('$name, from each entry alone that the questions leave', async ({ name }) => {
      await session.service.evict(null);
      for (const question of given.questions) {
        for (const other of given.questions) {
          // Whatever the one question leaves is all that the other may be served from.
          await session.service.evict(null);
          await session.query(other.query, { engine: true, backend: name });
          const answer = await session.query(question.query, { engine: true, backend: name });
          expectAnswer(question, answer, `${question.query} after ${other.query}`);
        }
      }
    });
  });
});

type Answered = Awaited<ReturnType<NodeSession['query']>>;

function expectAnswer(question: Question, answer: Answered, time: string): void {
  if ('code' in question) {
    expect(answer, time).toMatchObject({ code: question.code });
    if (question.suggestions === undefined) return;
    expect(answer, time).toMatchObject({ parameters: { suggestions: question.suggestions } });
    return;
  }
  if ('code' in answer) throw new Error(`${question.query} (${time}): ${answer.code} ${answer.message}`);
  expect(answer.rows, time).toEqual(question.rows);
}

function expectOrigin(
  question: Question,
  answer: Exclude<Answered, { readonly code: string }>,
  state: 'warm' | 'cold',
  time: 'first' | 'again' | 'off',
): void {
  if ('code' in question) return;
  if (time === 'off') {
    expect(answer.served_from).toBe('backend');
    const schema = answer.provenance.series[0]?.atoms[0]?.schema;
    if (question.schema !== undefined && state === 'warm') expect(schema).toBe(question.schema);
    return;
  }
  if (question.isNeverKept) expect(answer.served_from).toBe('engine_backend');
  else if (time === 'again') expect(answer.served_from).toBe('engine_cache');
  else if (state === 'warm' && question.servedFrom !== undefined) expect(answer.served_from).toBe(question.servedFrom);
}
