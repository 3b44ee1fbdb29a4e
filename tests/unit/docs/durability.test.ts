import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PROJECT } from '../../../scripts/project.mjs';

const page = await readFile(join(PROJECT, 'docs/durability.md'), 'utf8');

/** Rows of the page's tables that name tests, cell by cell. */
const rows = page
  .split('\n')
  .filter((line) => line.startsWith('|') && !/^\|(?:-|\s*(?:no )?promise|\s*(?:what|fault))/.test(line))
  .map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );

describe('docs/durability.md', () => {
  test('promises something, each with a sentence, a file and a test', () => {
    expect(rows.length).toBeGreaterThan(40);
    for (const row of rows) {
      expect(row, row.join(' | ')).toEqual([
        expect.stringMatching(/^[A-Z].*\.$/),
        expect.stringMatching(/^`tests\/.*\.ts`$/),
        expect.stringMatching(/^`.+`$/),
      ]);
    }
  });

  test.each(rows.map(([, file = '', title = '']) => ({ file: file.slice(1, -1), title: title.slice(1, -1) })))(
    '$file has: $title',
    async ({ file, title }) => {
      const text = await readFile(join(PROJECT, file), 'utf8');
      // As the first thing that a test, or a case of the contract, is given.
      const quoted = title.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
      expect(text).toMatch(new RegExp(`(?:\\(|name: |name:\\s+)\\s*'${quoted}'`));
    },
  );
});
