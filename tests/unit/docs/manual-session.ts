import { readFile } from 'node:fs/promises';
import type { Example } from '../../../scripts/docs/manual-examples.mjs';
import { flightsInstallation } from '../../support/flights.ts';
import {
  type NodeInstallation,
  type NodeSession,
  openInNode,
  retailInstallation,
  valueIn,
} from '../../support/node-session.ts';
import { printedAnswer } from './printed-answer.ts';
import { printedExplanation } from './printed-explanation.ts';
import { TINY } from './tiny-collection.ts';

export type ManualCollection = Example['collection'];

/** The collections that the manual asks, open. */
export interface ManualSessions {
  /** The answer as the manual shows it. */
  ask(collection: ManualCollection, statement: string): Promise<string>;
  /** What a statement is refused with before data are touched; null: nothing. */
  refusalOf(statement: string): Promise<{ readonly code: string; readonly remedies: readonly string[] } | null>;
  close(): Promise<void>;
}

/** Opens the retail chain, the sample of the flights, and the tables that the manual prints. */
export async function openManual(): Promise<ManualSessions> {
  const sessions = {
    retail: await openInNode({ ...(await wholeRetail()), warmUp: 'off' }),
    flights: await openInNode({ ...(await flightsInstallation('sample', 'arquero')), warmUp: 'off' }),
    tiny: await openInNode(TINY),
  };
  return {
    ask: (collection, statement) => ask(sessions[collection], statement),
    refusalOf: async (statement) => {
      const diagnosis = valueIn(await sessions.retail.service.check(statement));
      if (diagnosis.ok) return null;
      const { code, remedies } = diagnosis.refusal;
      return { code, remedies: remedies.map(({ query }) => query) };
    },
    close: async () => {
      await Promise.all(Object.values(sessions).map((session) => session.close()));
    },
  };
}

async function ask(session: NodeSession, statement: string): Promise<string> {
  if (statement.startsWith('EXPLAIN')) {
    const told = valueIn(await session.service.explain(statement));
    return told.mood === 'explain' ? printedExplanation(told) : printedAnswer(told, [], statement);
  }
  const answer = await session.query(statement);
  const diagnosis = valueIn(await session.service.check(statement));
  return printedAnswer(answer, diagnosis.ok ? diagnosis.preview.columns : [], statement);
}

/** The retail chain with its promotions. */
async function wholeRetail(): Promise<NodeInstallation> {
  const given = await retailInstallation();
  const promotions = new URL('../../../public/fixtures/retail/product_promotions.csv', import.meta.url);
  return {
    ...given,
    files: { ...given.files, '../product_promotions.csv': new Uint8Array(await readFile(promotions)) },
  };
}
