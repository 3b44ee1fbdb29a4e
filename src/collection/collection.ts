import { type CollectionDocument, collectionSchema } from './collection-schema.ts';
import type { CollectionIssue } from './issues.ts';
import { Report } from './report.ts';
import { readYaml } from './yaml/document.ts';
import type { Positions } from './yaml/positions.ts';
import { validate } from './yaml/validate.ts';

/** A collection as its YAML declares it, not yet compiled: the document with the place of every node. */
export interface CollectionModel {
  readonly name: string;
  readonly document: CollectionDocument;
  readonly positions: Positions;
}

export type LoadedCollection =
  | { readonly ok: true; readonly model: CollectionModel }
  | { readonly ok: false; readonly issues: readonly CollectionIssue[] };

/** Reads ac.yaml; `file` is the name that messages give it. Returns everything wrong with its form, or the model. */
export function loadCollection(text: string, file: string): LoadedCollection {
  const read = readYaml(text, file);
  if (!read.ok) return read;
  const { positions } = read;
  const report = new Report();
  const document = validate(collectionSchema, read.value, positions, report);
  if (document !== undefined) refuseAbsent(document, positions, report);
  if (document === undefined || report.failed) return { ok: false, issues: report.issues };
  return { ok: true, model: { name: document.name, document, positions } };
}

/** What the language has and this version does not. */
function refuseAbsent(document: CollectionDocument, positions: Positions, report: Report): void {
  document.metric_families?.forEach((family, index) => {
    if (family.operators === undefined) return;
    const remedy = 'Take `operators` out; each operator has one binding.';
    const place = positions.key(['metric_families', index, 'operators']);
    report.issue('NOT_IN_THIS_VERSION', { feature: '`operators` on a family', remedy }, place);
  });
}
