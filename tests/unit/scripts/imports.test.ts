import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkImports, violationsOf } from '../../../scripts/imports.mjs';

/** One import in one file, and what the complaint says; no complaint where it may stand. */
const CASES: readonly (readonly [file: string, text: string, complaint?: RegExp])[] = [
  // Layers: own folder and lower ones.
  ['src/planning/plan.ts', "import { a } from './atom.ts'"],
  ['src/planning/plan.ts', "import { a } from '../canon/issue.ts'"],
  ['src/engine/engine.ts', "import { a } from '../protocol/request.ts'"],
  ['src/canon/issue.ts', "import { a } from '../columns/column.ts'", /columns\/ stands above canon\//],
  ['src/frameql/parser.ts', "import { a } from '../collection/model.ts'", /collection\/ stands above frameql\//],
  ['src/engine/engine.ts', "import { a } from '../backends/sql/dialect.ts'", /backends\/ stands above engine\//],
  // Every way to name a module counts, types included.
  ['src/canon/issue.ts', "import type { A } from '../engine/entry.ts'", /engine\/ stands above/],
  ['src/canon/issue.ts', "import { type A } from '../engine/entry.ts'", /engine\/ stands above/],
  ['src/canon/issue.ts', "import '../engine/entry.ts'", /engine\/ stands above/],
  ['src/canon/issue.ts', "export { a } from '../engine/entry.ts'", /engine\/ stands above/],
  ['src/canon/issue.ts', "export {} from '../engine/entry.ts'", /engine\/ stands above/],
  ['src/canon/issue.ts', "export * from '../engine/entry.ts'", /engine\/ stands above/],
  ['src/canon/issue.ts', "export type * from '../engine/entry.ts'", /engine\/ stands above/],
  ['src/canon/issue.ts', "const a = await import('../engine/entry.ts')", /engine\/ stands above/],
  ['src/canon/issue.ts', "type A = import('../engine/entry.ts').A", /engine\/ stands above/],
  ['src/canon/issue.ts', "new URL('../engine/entry.ts', import.meta.url)", /engine\/ stands above/],
  ['src/canon/issue.ts', "// import '../engine/entry.ts'\nconst a = \"import '../engine/entry.ts'\""],
  ['src/canon/issue.ts', "import { sha256 } from '@noble/hashes/sha2.js'"],
  // Backends stand side by side.
  ['src/backends/duckdb/backend.ts', "import { a } from '../sql/statement.ts'"],
  ['src/backends/duckdb/backend.ts', "import { a } from './dialect.ts'"],
  ['src/backends/duckdb/backend.ts', "import { a } from '../sqlite/backend.ts'", /do not know each other/],
  ['src/backends/sql/statement.ts', "import { a } from '../duckdb/dialect.ts'", /do not know each other/],
  // Surfaces.
  ['src/ui/query/page.tsx', "import { a } from '../result/result.tsx'"],
  ['src/ui/query/page.tsx', "import type { Answer } from '../../runtime/api.ts'"],
  ['src/ui/query/page.tsx', "import { a } from '../../runtime/client.ts'"],
  ['src/ui/query/page.tsx', "import { a } from '../../frameql/tokens.ts'"],
  ['src/ui/grid/grid.tsx', "import { a } from '../../columns/column.ts'"],
  ['src/embed/coframe.ts', "export { open } from '../runtime/client.ts'"],
  ['src/ui/query/page.tsx', "import { a } from '../../frameql/parser.ts'", /client and types only/],
  ['src/ui/query/page.tsx', "import type { A } from '../../engine/entry.ts'", /client and types only/],
  ['src/ui/query/page.tsx', "import { a } from '../../runtime/session.ts'", /client and types only/],
  ['src/ui/query/page.tsx', "import { a } from '../../embed/coframe.ts'", /client and types only/],
  ['src/embed/coframe.ts', "import { a } from '../ui/shell/app.tsx'", /client and types only/],
  ['src/runtime/session.ts', "import { a } from '../ui/words/words.ts'", /ui\/ stands above runtime\//],
  // Workers.
  ['workers/engine.worker.ts', "import { a } from '../src/runtime/engine-service.ts'"],
  ['workers/engine.worker.ts', "import { a } from '../src/ui/shell/app.tsx'", /a worker has no page/],
  ['src/runtime/assets.ts', "import a from '../../workers/engine.worker.ts?worker&url'"],
  ['src/runtime/assets.ts', "import a from '../../workers/engine.worker.ts'", /are started, not imported/],
  ['src/runtime/client.ts', "import a from '../../workers/engine.worker.ts?worker&url'", /are started, not imported/],
  // Nothing outside the product, no folder without a place.
  ['src/canon/issue.ts', "import { a } from '../../scripts/digest.mjs'", /no part of the product/],
  ['src/sources/csv.ts', "import { a } from '../../tests/unit/rows.ts'", /no part of the product/],
  ['src/extras/thing.ts', "import { a } from '../canon/issue.ts'", /has no place among the layers/],
  ['src/canon/issue.ts', "import { a } from '../extras/thing.ts'", /extras\/ stands above/],
  // Names that collect leftovers.
  ['src/canon/utils.ts', '', /the name says nothing/],
  ['src/ui/grid/types.ts', '', /the name says nothing/],
  ['src/engine/helpers.ts', '', /the name says nothing/],
  ['src/columns/logical-type.ts', ''],
];

describe('imports', () => {
  for (const [file, text, complaint] of CASES) {
    it(`${complaint ? 'refuse' : 'allow'} in ${file}: ${text}`, () => {
      const messages = violationsOf(file, text).map(({ message }) => message);
      expect(messages).toEqual(complaint ? [expect.stringMatching(complaint)] : []);
    });
  }

  it('give the line', () => {
    expect(violationsOf('src/canon/issue.ts', "\n\nimport '../engine/entry.ts';\n")[0]?.line).toBe(3);
  });

  it('name the file that cannot be parsed', () => {
    expect(() => violationsOf('src/canon/issue.ts', 'import {')).toThrow(/^src\/canon\/issue\.ts: /);
  });

  it('are read from src/ and workers/, whatever else is there', async () => {
    const root = await mkdtemp(join(tmpdir(), 'coframe-imports-'));
    try {
      const files: [string, string][] = [
        ['src/canon/issue.ts', "import '../engine/entry.ts'"],
        ['src/ui/shell/app.tsx', 'export const App = () => <main />'],
        ['src/ui/shell/app.css', 'main {}'],
        ['workers/engine.worker.ts', "import '../src/ui/shell/app.tsx'"],
        ['scripts/utils.mjs', ''],
      ];
      for (const [name, text] of files) {
        await mkdir(dirname(join(root, name)), { recursive: true });
        await writeFile(join(root, name), text);
      }
      const { files: read, violations } = await checkImports(root);
      expect([read, violations.map(({ file }) => file)]).toEqual([
        3,
        ['src/canon/issue.ts', 'workers/engine.worker.ts'],
      ]);
    } finally {
      await rm(root, { recursive: true });
    }
  });
});
