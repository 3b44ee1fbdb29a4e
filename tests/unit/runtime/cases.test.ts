import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { installationOf, type Question } from '../../cases/case.ts';
import { CASES } from '../../cases/cases.ts';
import { type NodeSession, openInNode } from '../../support/node-session.ts';

/** Every case, warm (hints filled, conditions verified) and cold; the engine on, twice, and off. */
describe.each(CASES.map((each) => ({ case: each, name: each.name })))('case $name', ({ case: given }) => {
  describe.each(['warm', 'cold'] as const)('%s', (state) => {
    let session: NodeSession;
    beforeAll(async () => {
      session = await openInNode({
        installation: installationOf(given),
        collections: { 'case/': given.collection },
        files: Object.fromEntries(Object.entries(given.tables).map(([name, text]) => [`${name}.csv`, text])),
        warmUp: state === 'warm' ? 'await' : 'off',
      });
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
          if ('code' in question) {
            expect(answer, time).toMatchObject({ code: question.code });
            if (question.suggestions !== undefined) {
              expect(answer).toMatchObject({ parameters: { suggestions: question.suggestions } });
            }
            continue;
          }
          if ('code' in answer) throw new Error(`${question.query} (${time}): ${answer.code} ${answer.message}`);
          expect(answer.rows, time).toEqual(question.rows);
          expectOrigin(question, answer, state, time);
        }
      },
    );
  });
});

function expectOrigin(
  question: Extract<Question, { rows: unknown }>,
  answer: {
    readonly served_from: string;
    readonly provenance: { readonly series: readonly { readonly atoms: readonly { readonly schema: string }[] }[] };
  },
  state: 'warm' | 'cold',
  time: 'first' | 'again' | 'off',
): void {
  if (time === 'off') {
    expect(answer.served_from).toBe('backend');
    const schema = answer.provenance.series[0]?.atoms[0]?.schema;
    if (question.schema !== undefined && state === 'warm') expect(schema).toBe(question.schema);
    return;
  }
  if (time === 'again') expect(answer.served_from).toBe('engine_cache');
  else if (state === 'warm' && question.servedFrom !== undefined) expect(answer.served_from).toBe(question.servedFrom);
}
