import type { Span } from '../canon/issue.ts';
import type { Attestation } from '../collection/attestation.ts';
import { i4 } from '../collection/conditions.ts';
import type { Bridge } from '../collection/manifest.ts';
import type { AnchorPoint, Expr } from '../frameql/ast.ts';
import { outputName } from '../frameql/output-name.ts';
import { rewrite } from '../frameql/rewrite.ts';
import { fanOuts } from './membership.ts';
import type { MetricPlace } from './metric.ts';
import type { Names } from './names.ts';
import { dimensionInstead, nearbyDimensions, schemasRead } from './nearby.ts';
import { reach } from './reach.ts';
import type { Candidate, Obstacle } from './readings.ts';
import type { Remedy, Witness } from './refusal.ts';
import {
  joinedTerms,
  mentions,
  point,
  queryText,
  withDimension,
  withoutDimension,
  withoutItem,
  withPointInstead,
} from './rewrite.ts';
import { andTerms } from './where.ts';

type Unreached = Extract<Obstacle, { kind: 'anchor' | 'filter' | 'input' }>;

/** Says why the schema that should serve cannot, where the reader can act on it. */
export function tellObstacle(
  place: MetricPlace,
  series: string,
  at: Expr,
  candidate: Candidate,
  obstacle: Obstacle,
): undefined {
  switch (obstacle.kind) {
    case 'sibling':
      return tellNotInSchema(place, series, at, `is a pre-aggregate, and ${obstacle.reason}`, []);
    case 'unreadable': {
      const why = place.facts.unreadable.get(obstacle.source);
      const without = withoutSeries(place, at);
      if (why?.changed) {
        const parameters = { source: obstacle.source, ...why.changed };
        return place.causes.add('SOURCE_CHANGED', parameters, at.span, without);
      }
      const parameters = {
        source: obstacle.source,
        location: why?.location ?? '',
        reason: why?.reason ?? 'it has not been read yet',
        remedy: why?.remedy ?? 'Open the session again.',
      };
      return place.causes.add('SOURCE_UNREADABLE', parameters, at.span, without);
    }
    case 'anchor':
    case 'filter':
    case 'input':
      return tellUnreached(place, series, at, candidate, obstacle);
  }
}

/** FROM names a schema that does not hold the series; `holders`: those that do. */
export function tellNotInSchema(
  place: MetricPlace,
  series: string,
  at: Expr,
  reason: string | null,
  holders: readonly string[],
): undefined {
  const { statement } = place;
  const schema = place.from?.name ?? '';
  const remedies = [
    ...holders.map((name) => ({ label: `From ${name}`, query: queryText({ ...statement, from: point(name) }) })),
    { label: 'Let the rules choose the schema', query: queryText({ ...statement, from: null }) },
    ...withoutSeries(place, at),
  ];
  const span = statement.from?.span ?? at.span;
  return place.causes.add('NOT_IN_SCHEMA', { series, schema, reason, holders }, span, remedies);
}

function tellUnreached(
  place: MetricPlace,
  series: string,
  at: Expr,
  candidate: Candidate,
  { kind, name: dimension, reach: found }: Unreached,
): undefined {
  const { causes, manifest } = place;
  const span = spanOf(place, at, kind, dimension);
  const without = withoutName(place, at, kind, dimension);
  switch (found.kind) {
    case 'contradicted': {
      const edge = manifest.fdDag.find((each) => each.id === found.edge);
      const finer = kind !== 'anchor' || edge === undefined ? [] : instead(place, dimension, [edge.child]);
      const violations = found.attestation.counts.violation_count ?? 0;
      const parameters = { series, dimension, edge: found.edge, violations };
      return causes.add('FD_CONTRADICTED', parameters, span, [...finer, ...without], witnessOf(found.attestation));
    }
    case 'ambiguous': {
      const children = manifest.fdDag.filter((each) => each.parent === dimension).map((each) => each.child);
      const finer = kind === 'anchor' ? instead(place, dimension, children) : [];
      const parameters = { series, dimension, paths: found.paths };
      return causes.add('AMBIGUOUS_PATH', parameters, span, [...finer, ...without], witnessOf(found.attestation));
    }
    case 'unreachable': {
      const bridges = fanOuts(manifest, place.facts, candidate.schema, dimension);
      const [bridge, ...others] = bridges;
      if (bridge !== undefined) return tellFanOut(place, series, dimension, kind, [bridge, ...others], span, without);
      const schemas = [candidate.schema.name];
      if (kind === 'filter') {
        return causes.add('FILTER_UNREACHABLE', { name: dimension, series, schemas }, span, without);
      }
      const reachable = kind === 'anchor' ? nearbyDimensions(place, schemasRead(place), dimension) : [];
      const remedies = [...instead(place, dimension, reachable), ...otherSchemas(place, dimension), ...without];
      return causes.add('UNREACHABLE_ANCHOR', { series, dimension, schemas, reachable }, span, remedies);
    }
  }
}

/** Membership is asked for on purpose or not at all: the witness shows keys that would count more than once. */
function tellFanOut(
  place: MetricPlace,
  series: string,
  dimension: string,
  kind: Unreached['kind'],
  bridges: readonly [Bridge, ...Bridge[]],
  span: Span,
  without: readonly Remedy[],
): undefined {
  const [bridge] = bridges;
  const functional = i4(bridge.id);
  const attestation = place.facts.attestations.get(functional.key);
  if (attestation === undefined) place.wanting.push(functional);
  const remedies = bridges.flatMap((each) => onPurpose(place, dimension, kind, each));
  const vias = bridges.map((each) => each.via);
  const parameters = {
    series,
    dimension,
    child: bridge.child,
    bridges: [bridge.via, ...vias.slice(1)] as const,
    clause: kind === 'anchor' ? ('AT' as const) : kind === 'filter' ? ('WHERE' as const) : ('operator' as const),
  };
  const witness = attestation === undefined ? null : witnessOf(attestation);
  return place.causes.add('FAN_OUT', parameters, span, [...remedies, ...without], witness);
}

/** The question with membership through a bridge: in the anchor; for a filter there too, with its terms in HAVING. */
function onPurpose(
  place: MetricPlace,
  dimension: string,
  kind: Unreached['kind'],
  { child, via }: Bridge,
): readonly Remedy[] {
  const { statement } = place;
  const label = `Count each ${child} in every ${dimension} that ${via} gives it`;
  switch (kind) {
    case 'anchor': {
      const written = writtenPoint(place, dimension);
      if (written === undefined) return [];
      const query = queryText(withPointInstead(statement, written, { ...written, via: point(via) }));
      return [{ label, query }];
    }
    case 'filter': {
      const isMeant = (name: string) => logicalName(place.names, name) === dimension;
      const terms = andTerms(statement.where);
      const moved = terms.filter((term) => mentions(term, isMeant));
      const where = joinedTerms(terms.filter((term) => !moved.includes(term)));
      const having = joinedTerms([...andTerms(statement.having), ...moved]);
      const isThere = statement.anchor.points.some((each) => each.via !== null && isMeant(each.name));
      const anchored = isThere ? statement : withDimension(statement, dimension, via);
      const query = queryText({ ...anchored, where, having });
      return [{ label: isThere ? 'Keep the rows with HAVING' : `${label}, and keep the rows with HAVING`, query }];
    }
    case 'input':
      return [{ label: `Over the rows of ${via}`, query: queryText({ ...statement, from: point(via) }) }];
  }
}

/** The counterexamples of an attestation, where it has some. */
export function witnessOf(attestation: Attestation): Witness | null {
  return attestation.examples.rows.length === 0 ? null : attestation.examples;
}

/** The words that name the dimension: in the anchor, in WHERE or inside the operator. */
function spanOf(place: MetricPlace, at: Expr, kind: Unreached['kind'], name: string): Span {
  switch (kind) {
    case 'anchor':
      return writtenPoint(place, name)?.span ?? place.statement.anchor.span;
    case 'filter': {
      const { where } = place.statement;
      return (where && nameSpan(place.names, where, name)) ?? place.statement.span;
    }
    case 'input':
      return nameSpan(place.names, at, name) ?? at.span;
  }
}

function nameSpan(names: Names, expr: Expr, name: string): Span | undefined {
  let span: Span | undefined;
  rewrite(expr, (each) => {
    if (each.kind === 'name' && logicalName(names, each.name) === name) span ??= each.span;
    return undefined;
  });
  return span;
}

/** The point of the level's anchor that is this dimension, or a membership of it. */
function writtenPoint(place: MetricPlace, name: string): AnchorPoint | undefined {
  return place.points.find((each) => each.name === name || each.membership?.child === name)?.point;
}

function logicalName(names: Names, written: string): string {
  const meaning = names.meaningOf(written);
  if (meaning?.kind === 'dimension') return meaning.dimension.name;
  return meaning?.kind === 'attribute' ? meaning.attribute.name : written;
}

/** The question at other dimensions in the place of one of the anchor. */
function instead(place: MetricPlace, dimension: string, others: readonly string[]): readonly Remedy[] {
  const written = writtenPoint(place, dimension)?.name;
  if (written === undefined) return [];
  return others.map((name) => ({
    label: `At ${name} instead`,
    query: dimensionInstead(place.statement, written, name),
  }));
}

/** FROM may be what stands in the way: the question without it, and from each schema that has the dimension. */
function otherSchemas(place: MetricPlace, dimension: string): readonly Remedy[] {
  const { statement, from, manifest, facts } = place;
  if (from === null) return [];
  const reaching = manifest.schemas.filter((each) => reach(manifest, facts, each, dimension).kind === 'reached');
  return [
    { label: 'Let the rules choose the schema', query: queryText({ ...statement, from: null }) },
    ...reaching.map(({ name }) => ({ label: `From ${name}`, query: queryText({ ...statement, from: point(name) }) })),
  ];
}

/** The question without the dimension where it stands in the way, and without the series that does not reach it. */
function withoutName(place: MetricPlace, at: Expr, kind: Unreached['kind'], dimension: string): readonly Remedy[] {
  const { statement, names } = place;
  switch (kind) {
    case 'anchor':
      return [...withoutPoint(place, dimension), ...withoutSeries(place, at)];
    case 'filter': {
      const isMeant = (name: string) => logicalName(names, name) === dimension;
      const where = joinedTerms(andTerms(statement.where).filter((term) => !mentions(term, isMeant)));
      const query = queryText({ ...statement, where });
      return [{ label: `Without the filter on ${dimension}`, query }, ...withoutSeries(place, at)];
    }
    case 'input':
      return withoutSeries(place, at);
  }
}

function withoutPoint(place: MetricPlace, dimension: string): readonly Remedy[] {
  const { statement } = place;
  const written = writtenPoint(place, dimension);
  if (written === undefined) return [];
  const isOuter = statement.anchor.points.includes(written);
  const coarser = isOuter ? withoutDimension(statement, written.name) : withPointInstead(statement, written, null);
  return coarser === null ? [] : [{ label: `Without ${dimension}`, query: queryText(coarser) }];
}

/** The question without the item in which the series stands. */
export function withoutSeries({ statement }: MetricPlace, at: Expr): readonly Remedy[] {
  return statement.items.flatMap((item) => {
    let isInside = false;
    rewrite(item.expr, (each) => {
      if (each === at || each.span.from === at.span.from) isInside = true;
      return undefined;
    });
    const rest = isInside ? withoutItem(statement, item) : null;
    return rest === null ? [] : [{ label: `Without ${outputName(item) ?? 'that series'}`, query: queryText(rest) }];
  });
}
