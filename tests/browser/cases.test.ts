import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Answer } from '../../src/runtime/api.ts';
import { installationOf, type Question } from '../cases/case.ts';
import { CASES } from '../cases/cases.ts';
import { TestBrowser } from './support/browser.ts';
import type { FreshPage } from './support/fresh-page.ts';
import { ask, closeSession, openSession, type SessionHandle } from './support/session.ts';

/** Each case is asked with the engine on, twice, and off: what is stored must answer as what is computed does. */
const TIMES = [
  { time: 'first', engine: true },
  { time: 'again', engine: true },
  { time: 'off', engine: false },
] as const;

type Time = (typeof TIMES)[number]['time'];

let browser: TestBrowser;

beforeAll(async () => {
  browser = await TestBrowser.launch();
});

afterAll(async () => {
  await browser?.close();
});

// Warm: hints are filled and conditions verified. Cold: a profile of its own, in which nothing was ever stored.
describe.each(['warm', 'cold'] as const)('%s', (state) => {
  let fresh: FreshPage;

  beforeAll(async () => {
    fresh = await browser.freshPage();
    await fresh.openPage();
  });

  afterAll(async () => {
    expect(fresh.errors).toEqual([]);
    await fresh.close();
  });

  describe.each(CASES.map((each) => ({ name: each.name, given: each })))('case $name', ({ given }) => {
    let session: SessionHandle;

    beforeAll(async () => {
      session = await openSession(fresh.page, {
        installation: { text: installationOf(given) },
        collections: { 'case/': { text: given.collection } },
        files: Object.fromEntries(Object.entries(given.tables).map(([name, text]) => [`${name}.csv`, { text }])),
        warmUp: state === 'warm' ? 'await' : 'off',
      });
    });

    afterAll(() => closeSession(session));

    test.each(given.questions.map((question) => ({ query: question.query, question })))(
      '$query',
      async ({ question }) => {
        for (const { time, engine } of TIMES) {
          const reply = await ask(session, question.query, { engine });
          if ('code' in question) {
            expect(reply, time).toMatchObject({ code: question.code });
            const { suggestions } = question;
            if (suggestions !== undefined) expect(reply, time).toMatchObject({ parameters: { suggestions } });
          } else {
            expect(reply, time).toMatchObject({ rows: question.rows });
            if ('rows' in reply) expectOrigin(question, reply, state, time);
          }
        }
      },
    );
  });
});

function expectOrigin(
  question: Extract<Question, { rows: unknown }>,
  answer: Answer,
  state: 'warm' | 'cold',
  time: Time,
): void {
  switch (time) {
    case 'first':
      if (state === 'warm' && question.servedFrom !== undefined) {
        expect(answer.served_from, time).toBe(question.servedFrom);
      }
      return;
    case 'again':
      expect(answer.served_from, time).toBe(question.isNeverKept ? 'engine_backend' : 'engine_cache');
      return;
    case 'off':
      expect(answer.served_from, time).toBe('backend');
      if (state === 'warm' && question.schema !== undefined) {
        expect(answer.provenance.series[0]?.atoms[0]?.schema, time).toBe(question.schema);
      }
  }
}
