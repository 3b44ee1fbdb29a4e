import type { SemanticManifest } from '../collection/manifest.ts';
import { namesOf } from '../resolution/names.ts';
import type { FilterTerm } from '../resolution/query.ts';
import { Causes } from '../resolution/typing.ts';
import { filterTerms } from '../resolution/where.ts';

/** The AND terms of the collection's filter. Throws `RangeError` where they do not type: compiling lets none such through. */
export function declaredTerms(manifest: SemanticManifest): readonly FilterTerm[] {
  const causes = new Causes();
  const terms = filterTerms(manifest, namesOf(manifest), manifest.filter, null, causes);
  const [first] = causes.list;
  if (first !== undefined) throw new RangeError(`manifest: its filter does not hold together: ${first.message}`);
  return terms;
}
