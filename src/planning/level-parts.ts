import { columnsOf, type Expression } from '../operators/expression.ts';
import type { WindowCall } from '../operators/window.ts';
import type { Step } from '../resolution/access.ts';
import type { Level, Reduction } from '../resolution/query.ts';

/** All metrics of a level and of those under it. */
export function allMetrics<Metric, Rows>(level: Level<Metric, Rows>): readonly Metric[] {
  return [...level.metrics, ...levelsUnder(level).flatMap(allMetrics)];
}

/** All reductions of a level and of those under it. */
export function allReductions<Metric, Rows>(level: Level<Metric, Rows>): readonly Reduction<Metric, Rows>[] {
  return [...level.reductions, ...levelsUnder(level).flatMap(allReductions)];
}

/** The steps along which the determined names of a level and of those under it are climbed to. */
export function determinedSteps<Metric, Rows>(level: Level<Metric, Rows>): readonly Step[] {
  return [...level.determined.flatMap((each) => each.steps), ...levelsUnder(level).flatMap(determinedSteps)];
}

/** What an expression over a level is computed from: metrics, and coordinates where a level has nothing else. */
export function partsOf<Metric extends { readonly name: string }, Rows>(
  level: Level<Metric, Rows>,
  windows: readonly WindowCall[],
  expression: Expression,
): { readonly metrics: readonly Metric[]; readonly coordinates: readonly Rows[] } {
  const metrics = new Set<Metric>();
  const coordinates = new Set<Rows>();
  const visit = (at: Level<Metric, Rows>, each: Expression): void => {
    if (at.coordinates !== null) coordinates.add(at.coordinates);
    for (const name of columnsOf(each)) {
      const metric = at.metrics.find((candidate) => candidate.name === name);
      if (metric !== undefined) metrics.add(metric);
      const reduction = at.reductions.find((candidate) => candidate.name === name);
      for (const { input } of reduction?.states ?? []) if (reduction && input) visit(reduction.inner, input);
      const replica = at.replicas.find((candidate) => candidate.name === name);
      if (replica !== undefined) visit(replica.level, replica.value);
      const window = at === level ? windows.find((candidate) => candidate.name === name) : undefined;
      if (window !== undefined) visit(at, window.input);
    }
  };
  visit(level, expression);
  return { metrics: [...metrics], coordinates: [...coordinates] };
}

function levelsUnder<Metric, Rows>(level: Level<Metric, Rows>): readonly Level<Metric, Rows>[] {
  return [...level.reductions.map(({ inner }) => inner), ...level.replicas.map((replica) => replica.level)];
}
