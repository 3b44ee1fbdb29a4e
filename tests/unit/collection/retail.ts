import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ManifestSource, SemanticManifest } from '../../../src/collection/manifest.ts';
import { manifestOf } from './compiled.ts';

const read = (path: string) => readFileSync(fileURLToPath(new URL(path, import.meta.url)), 'utf8');

/** The demo's documents, as committed. */
export const RETAIL_COLLECTION = read('../../../public/fixtures/retail/retail.coframe/ac.yaml');
export const RETAIL_INSTALLATION = read('../../../public/fixtures/retail/installation.coframe/installation.yaml');

/** What golden.json holds: the sources as they are found, and the fingerprint of the manifest over them. */
export interface Golden {
  readonly sources: readonly ManifestSource[];
  readonly fingerprint: string;
}

export const GOLDEN: Golden = JSON.parse(read('golden.json'));

/** The manifest of the retail collection. */
export function retailManifest(collection = RETAIL_COLLECTION): SemanticManifest {
  return manifestOf(collection, { installation: RETAIL_INSTALLATION, sources: GOLDEN.sources });
}
