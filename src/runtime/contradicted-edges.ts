import type { SemanticManifest } from '../collection/manifest.ts';
import type { ContradictedEdge } from '../engine/why-not.ts';
import type { Facts } from '../resolution/facts.ts';
import { contradictedFromAnchor, printEdges } from '../resolution/reach.ts';

/** The edges that serving may name as a reason: those that would lead on if the data did not contradict them. */
export function contradictedEdges(manifest: SemanticManifest, facts: Facts): ContradictedEdge {
  return (names, target) => {
    const found = contradictedFromAnchor(manifest, facts, names, target);
    const edge = manifest.fdDag.find(({ id }) => id === found?.edge);
    return edge && printEdges([edge]);
  };
}
