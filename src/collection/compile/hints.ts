import { compareCodePoints } from '../../canon/code-point.ts';
import type { MetricFamilyDocument } from '../collection-schema.ts';
import type { Schema } from '../manifest.ts';
import { nearestNames } from '../nearest-names.ts';
import type { NodePath } from '../yaml/positions.ts';
import type { CompileContext } from './draft.ts';
import { reaches, type Structure } from './structure.ts';

/** The anchors to materialise a family at: each sorted, all sorted, none twice. */
export function hintsOf(
  { positions, report }: CompileContext,
  structure: Structure,
  family: MetricFamilyDocument,
  path: NodePath,
  root: Schema,
): readonly (readonly string[])[] {
  const anchors = new Map<string, readonly string[]>();
  family.cache_hint?.materialize_at.forEach((anchor, index) => {
    anchor.forEach((dimension, at) => {
      const place = positions.value([...path, 'cache_hint', 'materialize_at', index, at]);
      if (!structure.dimensions.has(dimension)) {
        const of = structure.attributes.get(dimension)?.of;
        const suggestions = of === undefined ? nearestNames(dimension, structure.dimensions.keys()) : [of];
        const usedBy = `A cache hint of \`${family.name}\``;
        report.issue('UNKNOWN_DIMENSION', { name: dimension, usedBy, suggestions }, place);
      } else if (structure.sound && !reaches(structure, root, dimension)) {
        const parameters = { family: family.name, anchor, dimension, root: root.name };
        report.issue('HINT_UNREACHABLE', parameters, place);
      }
    });
    const sorted = [...new Set(anchor)].sort(compareCodePoints);
    anchors.set(JSON.stringify(sorted), sorted);
  });
  return [...anchors].sort(([a], [b]) => compareCodePoints(a, b)).map(([, anchor]) => anchor);
}
