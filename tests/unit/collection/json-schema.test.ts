import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { documentSchema, SCHEMA_FILES } from '../../../scripts/json-schema.mjs';
import { collectionSchema } from '../../../src/collection/collection-schema.ts';
import { installationSchema } from '../../../src/collection/installation-schema.ts';

const published = (path: string): unknown =>
  JSON.parse(readFileSync(fileURLToPath(new URL(`../../../${path}`, import.meta.url)), 'utf8'));

test.each([
  [SCHEMA_FILES.collection, 'Coframe Analytic Collection (ac.yaml)', collectionSchema],
  [SCHEMA_FILES.installation, 'Coframe installation (installation.yaml)', installationSchema],
])('%s is what `node scripts/json-schema.mjs` writes', (path, title, schema) => {
  expect(published(path)).toEqual(JSON.parse(JSON.stringify(documentSchema(title, schema))));
});

test('every mapping is closed and every key says what it is for', () => {
  const missing: string[] = [];
  const visit = (node: unknown, path: string) => {
    if (typeof node !== 'object' || node === null) return;
    if ('properties' in node && typeof node.properties === 'object' && node.properties !== null) {
      if (!('additionalProperties' in node) || node.additionalProperties !== false) missing.push(`${path}: open`);
      for (const [key, property] of Object.entries(node.properties)) {
        if (typeof property !== 'object' || property === null || !('description' in property))
          missing.push(`${path}.${key}`);
      }
    }
    for (const [key, child] of Object.entries(node)) visit(child, `${path}.${key}`);
  };
  for (const path of Object.values(SCHEMA_FILES)) visit(published(path), path);
  expect(missing).toEqual([]);
});
