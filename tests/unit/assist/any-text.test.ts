import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EngineService } from '../../../src/runtime/engine-service.ts';
import { valueIn } from '../../support/node-session.ts';
import { STATEMENTS, STRAY } from '../frameql/corpus.ts';
import { RetailEditor } from './retail.ts';

let retail: RetailEditor;

beforeAll(async () => {
  retail = await RetailEditor.open();
});

afterAll(async () => {
  await retail?.close();
});

/** Asks everything at a place; throws where an answer is not within the text. */
async function askAll(service: EngineService, text: string, offset: number): Promise<void> {
  const within = (span: { readonly from: number; readonly to: number } | null) => {
    if (span === null) return;
    const fits = 0 <= span.from && span.from <= span.to && span.to <= text.length;
    if (!fits) throw new RangeError(`${span.from}–${span.to} is not within a text of ${text.length}`);
  };
  const completions = valueIn(await service.complete(text, offset));
  within(completions);
  if (completions !== null && (offset < completions.from || completions.to < offset)) {
    throw new RangeError('what is completed is not where the caret is');
  }
  for (const { insert, caret } of completions?.items ?? []) {
    if (caret < 0 || caret > insert.length) throw new RangeError(`a caret at ${caret} of ${insert.length}`);
  }
  within(valueIn(await service.describe(text, offset)));
  const signature = valueIn(await service.signature(text, offset));
  within(signature);
  if (signature?.active != null && signature.parameters[signature.active] === undefined) {
    throw new RangeError('an argument that the call does not have');
  }
  const definition = valueIn(await service.definition(text, offset));
  within(definition);
  if (definition?.kind === 'text') within(definition.at);
  const formatted = valueIn(await service.format(text, offset));
  if (formatted.ok) expect(formatted.caret).toBeLessThanOrEqual(formatted.text.length);
}

const cutStatement = fc
  .constantFrom(...STATEMENTS, ...STRAY)
  .chain((statement) => fc.nat(statement.length).map((length) => statement.slice(0, length)));

test('at the end of any prefix of a statement everything answers, within the text', async () => {
  await fc.assert(
    fc.asyncProperty(cutStatement, (text) => askAll(retail.session.service, text, text.length)),
    { numRuns: 300 },
  );
});

test('and anywhere in a prefix', async () => {
  const placed = cutStatement.chain((text) => fc.nat(text.length).map((offset) => ({ text, offset })));
  await fc.assert(
    fc.asyncProperty(placed, ({ text, offset }) => askAll(retail.session.service, text, offset)),
    { numRuns: 300 },
  );
});

test('and in pieces of statements in any order', async () => {
  const piece = fc.constantFrom(
    ...['SELECT', 'AT', 'WHERE', 'ORDER BY', 'LIMIT 3 PER', 'WITH', 'FROM', 'HAVING', 'region', 'revenue', 'SUM(', '('],
    ...[
      ')',
      ',',
      '@',
      '=',
      "'2024-01'",
      "'",
      '"',
      '"a b"',
      '12',
      '--',
      '/*',
      '.',
      ';',
      '=>',
      'IN (',
      'BETWEEN',
      'AND',
      'VIA',
    ],
    ...['CASE WHEN', 'NOT', 'IS', 'DATE', '{', '}', '\n', '😀', '\u0000'],
  );
  const texts = fc.array(piece, { maxLength: 14 }).map((pieces) => pieces.join(' '));
  const placed = texts.chain((text) => fc.nat(text.length).map((offset) => ({ text, offset })));
  await fc.assert(
    fc.asyncProperty(placed, ({ text, offset }) => askAll(retail.session.service, text, offset)),
    { numRuns: 400 },
  );
});
