import type { JSHandle, Page } from 'playwright-core';
import type {
  Answer,
  ArrowAnswer,
  Explanation,
  OpenOptions,
  QueryOptions,
  Refusal,
  Session,
} from '../../../src/runtime/api.ts';

/** A session that lives in a page, held from the test. */
export type SessionHandle = JSHandle<Session>;

/** The options of `open` that can be handed to a page as data. */
export type PlainOpenOptions = Pick<
  OpenOptions,
  'installation' | 'collections' | 'base' | 'assets' | 'engine' | 'store' | 'warmUp'
> & { readonly files?: Readonly<Record<string, string | { readonly text: string }>> };

/** The session that the page itself shows; it is there when warm-up has ended. */
export function pageSession(page: Page): Promise<SessionHandle> {
  return page.evaluateHandle(() => {
    const session = globalThis.coframe?.session;
    if (session === undefined) throw new Error('the page has no session');
    return session;
  });
}

/** A further session in the page, opened through `globalThis.coframe.open`. Close it with `closeSession`. */
export function openSession(page: Page, options: PlainOpenOptions): Promise<SessionHandle> {
  return page.evaluateHandle((options) => {
    if (globalThis.coframe === undefined) throw new Error('the page has no coframe');
    return globalThis.coframe.open(options);
  }, options);
}

/** The demo once more: the installation that the page shows, in a session of its own. */
export async function openDemo(
  page: Page,
  options: Omit<PlainOpenOptions, 'installation'> = {},
): Promise<SessionHandle> {
  const installation = await page.evaluate(
    () => new URL('fixtures/retail/installation.coframe/installation.yaml', document.baseURI).href,
  );
  return openSession(page, { installation, ...options });
}

/** Ends a session and its workers. */
export async function closeSession(session: SessionHandle): Promise<void> {
  await session.evaluate((each) => each.close());
  await session.dispose();
}

/** Asks a session, in the JSON form. */
export function ask(
  session: SessionHandle,
  text: string,
  options: Pick<QueryOptions, 'engine' | 'backend'> = {},
): Promise<Answer | Refusal | Explanation> {
  return session.evaluate((each, [text, options]) => each.query(text, options), [text, options] as const);
}

/** Asks for numbers; throws where the question is refused. */
export async function askForRows(
  session: SessionHandle,
  text: string,
  options: Pick<QueryOptions, 'engine' | 'backend'> = {},
): Promise<Answer> {
  return answered(text, await ask(session, text, options));
}

/** The answer; throws with the refusal's own words where there is none. */
export function answered<Reply extends Answer | ArrowAnswer>(
  text: string,
  reply: Reply | Refusal | Explanation,
): Reply {
  if (reply.mood === 'explain') throw new Error(`${text}: it was explained, not answered`);
  if ('code' in reply) throw new Error(`${text}: ${reply.code} ${reply.message}`);
  return reply;
}

/** How every atom of an answer came, each way once. */
export function pathsOf(answer: Pick<Answer, 'provenance'>): readonly string[] {
  return [...new Set(answer.provenance.series.flatMap(({ atoms }) => atoms.map(({ path }) => path)))];
}
