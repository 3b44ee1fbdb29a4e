import type { CompileContext } from './draft.ts';

/**
 * Several families of one name: with roots in different schemas they are cousins, which is a finding (a question
 * chooses by FROM); any other pair is a name declared twice.
 */
export function checkFamilyNames({ document, positions, report }: CompileContext): void {
  const groups = new Map<string, number[]>();
  (document.metric_families ?? []).forEach(({ name }, index) => {
    groups.set(name, [...(groups.get(name) ?? []), index]);
  });
  for (const [name, indexes] of groups) {
    const roots = new Map<string, number>();
    for (const index of indexes) {
      const family = document.metric_families?.[index];
      const place = positions.value(['metric_families', index, 'name']);
      // A formula has no root to choose by, so it shares its name with nothing.
      const root = family?.derived === undefined ? family?.family_root?.schema : undefined;
      const first = root === undefined || roots.size === 0 ? indexes[0] : roots.get(root);
      if (first !== undefined && first !== index) {
        const firstLine = positions.value(['metric_families', first, 'name']).line;
        report.issue('DUPLICATE_NAME', { kind: 'metric family', name, firstLine }, place);
      } else if (root !== undefined) {
        roots.set(root, index);
      }
    }
    if (roots.size < 2) continue;
    const [, second] = indexes;
    const place = positions.value(['metric_families', second ?? 0, 'name']);
    report.finding('COUSINS', { name, roots: [...roots.keys()].sort() }, place);
  }
}
