import { warmUpOf } from './campaign.ts';
import { printedRows } from './compare.ts';
import { printQuestion } from './question.ts';
import { Reference } from './reference/answer.ts';
import { render } from './render.ts';
import type { Scene } from './shrink.ts';

/** A scene as a test to paste: what was opened, what was asked, and the only right answer. */
export function regressionText({ world, question }: Scene, code: string | null): string {
  const { installation, collection, files } = render(world);
  const expected = new Reference(world).answer(question);
  const bytes = Object.entries(files).map(([path, file]) => {
    const text =
      typeof file === 'string' ? lines(file) : `Buffer.from('${Buffer.from(file).toString('base64')}', 'base64')`;
    return `    ${JSON.stringify(path)}: ${text},`;
  });
  const right =
    code !== null
      ? `expect(answer).toMatchObject({ code: '${code}' });`
      : expected.kind === 'refused'
        ? `expect(answer).toMatchObject({ code: '${[...expected.codes].join(' | ')}' });`
        : `expect(answer).toMatchObject({ rows: ${expected.kind === 'frame' ? JSON.stringify(printedRows(expected.rows)) : '[]'} });`;
  return [
    `test.each(BACKENDS)('… on $name', async ({ name }) => {`,
    '  const session = await openInNode({',
    `    installation: ${lines(installation)},`,
    `    collections: { 'world/': ${lines(collection)} },`,
    '    files: {',
    ...bytes,
    '    },',
    `    warmUp: '${warmUpOf(world.seed)}',`,
    '  });',
    '  for (const engine of [false, true, true]) {',
    `    const answer = await session.query(${JSON.stringify(printQuestion(question))}, { backend: name, engine });`,
    `    ${right}`,
    '  }',
    '  await session.close();',
    '});',
  ].join('\n');
}

function lines(text: string): string {
  return `[${text
    .split('\n')
    .map((line) => JSON.stringify(line))
    .join(', ')}].join('\\n')`;
}
