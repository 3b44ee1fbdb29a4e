import type { RootFamily, SemanticManifest } from '../collection/manifest.ts';
import type { Facts } from '../resolution/facts.ts';
import { determines } from '../resolution/reach.ts';

/** One anchor at which a family is to be kept, and the question that asks for it. */
export interface Hint {
  readonly family: string;
  readonly anchor: readonly string[];
  readonly query: string;
}

/** The declared hints, finest first, so that coarser ones roll up instead of scanning. */
export function hintsOf(manifest: SemanticManifest, facts: Facts): readonly Hint[] {
  const hints = manifest.metricFamilies.flatMap((family) =>
    family.kind === 'root'
      ? family.materializeAt.map((anchor) => ({
          family: family.name,
          anchor,
          query: hintQuery(family, anchor),
        }))
      : [],
  );
  const finer = (a: Hint, b: Hint) => b.anchor.every((name) => determines(manifest, facts, a.anchor, name));
  // A hint goes after every hint that determines it: count those, which orders any chain of them.
  const rank = (hint: Hint) =>
    hints.filter((other) => other !== hint && finer(other, hint) && !finer(hint, other)).length;
  return [...hints].sort((a, b) => rank(a) - rank(b) || b.anchor.length - a.anchor.length);
}

/** The question whose states a hint keeps: the family's bare name, of its root's rows. */
export function hintQuery({ name, root }: RootFamily, anchor: readonly string[]): string {
  return `SELECT ${quoted(name)} FROM ${quoted(root.schema)} AT (${anchor.map(quoted).join(', ')})`;
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
