import type { Schema, SemanticManifest } from '../collection/manifest.ts';
import { nearestNames } from '../collection/nearest-names.ts';
import type { AnchorPoint, Statement } from '../frameql/ast.ts';
import { rewrite } from '../frameql/rewrite.ts';
import type { Facts } from './facts.ts';
import type { Names } from './names.ts';
import { reach } from './reach.ts';
import { mentions, queryText, renamed } from './rewrite.ts';

/** What is known where a dimension is looked for. */
interface Around {
  readonly manifest: SemanticManifest;
  readonly facts: Facts;
  readonly names: Names;
  readonly statement: Statement;
}

/**
 * The dimensions that all of the schemas reach and that no anchor of the statement names yet: first those of the same
 * dimension family, then those of a near name, then others, and at last those that identify single rows. At most three.
 */
export function nearbyDimensions(
  { manifest, facts, statement }: Around,
  schemas: readonly Schema[],
  dimension: string,
): readonly string[] {
  const taken = new Set(anchorPoints(statement).map((each) => each.name));
  const family = manifest.dimensions.find((each) => each.name === dimension)?.family ?? null;
  const reachable = manifest.dimensions.filter(
    ({ name }) => !taken.has(name) && schemas.every((each) => reach(manifest, facts, each, name).kind === 'reached'),
  );
  const near = nearestNames(
    dimension,
    reachable.map((each) => each.name),
  );
  const rank = (each: (typeof reachable)[number]) => {
    if (family !== null && each.family === family) return 0;
    if (near.includes(each.name)) return 1;
    return schemas.some((schema) => schema.grain.join() === each.name) ? 3 : 2;
  };
  const ranked = reachable.map((each) => ({ name: each.name, rank: rank(each) }));
  return ranked
    .sort((a, b) => a.rank - b.rank)
    .slice(0, 3)
    .map((each) => each.name);
}

/** The root schemas of every metric family that the statement's series name, through formulas, and the one of FROM. */
export function schemasRead({ manifest, names, statement }: Around): readonly Schema[] {
  const read = new Set<string>(statement.from === null ? [] : [statement.from.name]);
  const add = (name: string) => {
    const meaning = names.meaningOf(name);
    if (meaning?.kind !== 'family') return;
    for (const family of meaning.families) {
      if (family.kind === 'derived') family.inputs.forEach(add);
      else read.add(family.root.schema);
    }
  };
  for (const { expr } of statement.items) {
    mentions(expr, (name) => {
      add(name);
      return false;
    });
  }
  return manifest.schemas.filter((each) => read.has(each.name));
}

/** The points of AT and of every inner anchor. */
export function anchorPoints({ items, anchor }: Statement): readonly AnchorPoint[] {
  const points = [...anchor.points];
  for (const { expr } of items) {
    rewrite(expr, (each) => {
      if (each.kind === 'at') points.push(...each.anchor.points);
      return undefined;
    });
  }
  return points;
}

/** The question with another dimension in the place of one, wherever it is shown or grouped by; WHERE keeps its words. */
export function dimensionInstead(statement: Statement, written: string, to: string): string {
  const { having } = statement;
  const isGone = having !== null && mentions(having, (name) => name === written);
  return queryText({ ...renamed(statement, written, to), where: statement.where, having: isGone ? null : having });
}
