import { type Recommendation, type RecommendationThresholds, recommendations } from '../engine/recommendation.ts';
import { planText } from './execute.ts';
import { hintQuery } from './hints.ts';
import type { OpenCollection } from './open-session.ts';

/** The anchors of a collection worth a hint; none while the engine is off. Throws a `ThresholdError`. */
export function recommendAnchors(
  { host, parts }: OpenCollection,
  thresholds: Partial<RecommendationThresholds>,
): readonly Recommendation[] {
  const { manifest, now } = host.environment;
  const facts = host.facts();
  return recommendations(
    {
      manifest,
      facts,
      entries: parts?.entries.all() ?? [],
      hintAtoms: (family, anchor) => {
        const planned = planText({ manifest, facts: () => facts }, hintQuery(family, anchor));
        return planned.ok ? planned.plan.atoms : null;
      },
      now: now(),
    },
    thresholds,
  );
}
