import { expect, test } from 'vitest';
import { DISCLOSURE_EXAMPLES } from '../../../scripts/docs/disclosure-examples.mjs';
import { CRITICAL_DISCLOSURES } from '../../../scripts/docs/disclosures.mjs';
import { openInNode } from '../../support/node-session.ts';
import { faultyInstallation } from '../runtime/disclosures/faulty.ts';

test('each example is told as it is', async () => {
  const session = await openInNode(faultyInstallation());
  try {
    for (const [code, { query, message }] of Object.entries(DISCLOSURE_EXAMPLES)) {
      if (query === null) continue;
      const answer = await session.query(query);
      const told = 'disclosures' in answer ? answer.disclosures.find((each) => each.code === code) : undefined;
      expect(told, query).toMatchObject({ message, critical: CRITICAL_DISCLOSURES.has(code) });
    }
  } finally {
    await session.close();
  }
});
