import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as tables from '../../../scripts/docs/tables.ts';
import { pages } from '../../../scripts/docs.mjs';
import { PROJECT } from '../../../scripts/project.mjs';

const rendered = pages(tables);

test.each([...rendered.keys()])('%s is what `npm run docs` writes', (path) => {
  expect(readFileSync(join(PROJECT, path), 'utf8')).toBe(rendered.get(path));
});

test('each row of a table has a cell for each column', () => {
  const uneven = [...rendered].flatMap(([path, text]) =>
    text
      .trimEnd()
      .split('\n\n')
      .flatMap((part) => {
        const widths = new Set(
          part.split('\n').map((line) => (line.startsWith('|') ? line.split(/(?<!\\)\|/).length : 0)),
        );
        return part.startsWith('|') && widths.size > 1 ? [`${path}: ${part.slice(0, 40)}`] : [];
      }),
  );
  expect(uneven).toEqual([]);
});

test('each operator, state, window and function has a row', () => {
  const text = [...rendered.values()].join('\n');
  const names = [
    ...Object.values(tables.OPERATORS),
    ...Object.values(tables.STATES),
    ...Object.values(tables.WINDOWS),
    ...tables.SCALAR_FUNCTIONS,
  ].map(({ name }) => name);
  expect(names.filter((name) => !text.split('\n').some((line) => line.startsWith(`| \`${name}`)))).toEqual([]);
});
