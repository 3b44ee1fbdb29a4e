import { loadCollection } from '../../../src/collection/collection.ts';
import { type Compiled, compileCollection } from '../../../src/collection/compile-collection.ts';
import { loadInstallation } from '../../../src/collection/installation.ts';
import type { ManifestSource, SemanticManifest } from '../../../src/collection/manifest.ts';
import { INSTALLATION, SOURCES } from './checks/check-case.ts';

/** Compiles the text of a collection; throws with its messages where the documents themselves are not valid. */
export function compiled(
  collection: string,
  {
    installation = INSTALLATION,
    sources = SOURCES,
  }: { installation?: string; sources?: readonly ManifestSource[] } = {},
): Compiled {
  const model = loadCollection(collection, 'ac.yaml');
  const around = loadInstallation(installation, 'installation.yaml');
  if (!model.ok) throw new Error(model.issues.map(({ message }) => message).join('\n'));
  if (!around.ok) throw new Error(around.issues.map(({ message }) => message).join('\n'));
  return compileCollection({ collection: model.model, installation: around.model, sources });
}

/** The manifest of a collection that compiles. */
export function manifestOf(collection: string, options: Parameters<typeof compiled>[1] = {}): SemanticManifest {
  const result = compiled(collection, options);
  if (!result.ok) throw new Error(result.issues.map(({ message }) => message).join('\n'));
  return result.manifest;
}
