import type { Condition } from '../collection/attestation.ts';
import { i4 } from '../collection/conditions.ts';
import { edgeNamed } from '../collection/fd-dag.ts';
import type { Schema, SemanticManifest } from '../collection/manifest.ts';
import type { LogicalType } from '../columns/logical-type.ts';
import type { Expr, NamedPoint, SelectItem, Statement } from '../frameql/ast.ts';
import { astFingerprint } from '../frameql/canonical.ts';
import { outputName } from '../frameql/output-name.ts';
import { parse } from '../frameql/parser.ts';
import { printExpr, printStatement } from '../frameql/printer.ts';
import { rewrite } from '../frameql/rewrite.ts';
import { columnsOf, type Expression } from '../operators/expression.ts';
import { readAnchor } from './anchor.ts';
import { type Facts, statusOf } from './facts.ts';
import { type MetricPlace, resolveMetric, resolveRows, witnessOf } from './metric.ts';
import { type Names, namesOf } from './names.ts';
import { outputClauses } from './output.ts';
import type { Decision, FrameColumn, Proof, Reading, ResolvedMetric, ResolvedQuery } from './query.ts';
import { anchorPathsAgree, climbFromAnchor, contradictedFromAnchor, printEdges, unique } from './reach.ts';
import { proofsOf } from './readings.ts';
import type { Cause, Remedy } from './refusal.ts';
import { point, queryText, withDimension } from './rewrite.ts';
import { SeriesReader } from './series.ts';
import { Causes, type NameExpr } from './typing.ts';
import { filterTerms } from './where.ts';

export type Resolution =
  | { readonly ok: true; readonly query: ResolvedQuery }
  /** The first cause speaks; the others are listed. Never empty. */
  | { readonly ok: false; readonly causes: readonly [Cause, ...Cause[]] };

/**
 * Settles every name of a statement by the four rules: name, applicability, reachability, coherence and cost. Pure:
 * what is not attested yet is taken as declared and listed in `missing`. Remedies are complete queries that resolve.
 */
export function resolve(manifest: SemanticManifest, facts: Facts, statement: Statement): Resolution {
  const resolution = new Resolver(manifest, facts, statement).resolve();
  if (resolution.ok) return resolution;
  const [first, ...rest] = resolution.causes;
  return { ok: false, causes: [{ ...first, remedies: runningRemedies(manifest, facts, first.remedies) }, ...rest] };
}

/** Keeps the remedies that run, each query once: each is parsed and resolved as if it had been asked. */
export function runningRemedies(
  manifest: SemanticManifest,
  facts: Facts,
  remedies: readonly Remedy[],
): readonly Remedy[] {
  const running = new Map<string, Remedy>();
  for (const remedy of remedies) {
    const parsed = parse(remedy.query);
    if (parsed.ok && new Resolver(manifest, facts, parsed.statement).resolve().ok) running.set(remedy.query, remedy);
  }
  return [...running.values()];
}

class Resolver {
  private readonly causes = new Causes();
  private readonly names: Names;
  private readonly missing: Condition[] = [];
  private readonly conditions: Condition[] = [];
  private readonly decisions: Decision[] = [];
  private readonly proofs: Proof[] = [];
  /** Determined names in use, by logical name. */
  private readonly determined = new Map<string, Extract<FrameColumn, { kind: 'determined' }>>();
  /** Where each of them is first written. */
  private readonly written = new Map<string, Expr>();
  private anchor: readonly string[] = [];
  private readonly manifest: SemanticManifest;
  private readonly facts: Facts;
  private readonly statement: Statement;

  constructor(manifest: SemanticManifest, facts: Facts, statement: Statement) {
    this.manifest = manifest;
    this.facts = facts;
    this.statement = statement;
    this.names = namesOf(manifest);
  }

  resolve(): Resolution {
    const { manifest, facts, statement, causes } = this;
    const from = this.fromSchema();
    const anchor = readAnchor(this.names, statement, statement.anchor, causes);
    this.anchor = anchor.map((each) => each.name);
    const filter = filterTerms(manifest, this.names, statement.where, statement, causes);
    const declared = filterTerms(manifest, this.names, manifest.filter, null, new Causes());
    const reader = new SeriesReader(this.names, statement, causes, (expr, name, type) =>
      this.coordinate(expr, name, type, true),
    );
    const items = statement.items.map((item) => ({ item, column: this.column(item, reader) }));
    const columns = items.flatMap(({ column }) => column ?? []);
    const place: MetricPlace = {
      manifest,
      facts,
      names: this.names,
      anchor: this.anchor,
      filter,
      declared,
      statement,
      from,
      causes,
    };
    const roots = new Set(reader.aggregates.flatMap((each) => each.families[0]?.root.schema ?? []));
    const metrics: ResolvedMetric[] = [];
    // A series that was refused might have told whose rows are counted; asking for FROM would hide why it was.
    const refused = items.flatMap(({ item, column }) => (column === undefined ? [item.expr] : []));
    const isUntold = roots.size === 0 && from === null && refused.some((expr) => this.namesFamily(expr));
    for (const aggregate of reader.aggregates) {
      if (isUntold && aggregate.families.length === 0) continue;
      const settled = resolveMetric(place, aggregate, roots);
      if (settled === undefined) continue;
      metrics.push(settled.metric);
      this.decisions.push(settled.decision);
      this.missing.push(...settled.missing);
    }
    const coordinates = this.coordinatesOf(place, reader);
    for (const { label, readings } of metrics) this.requireAgreement(label, readings[0]);
    if (coordinates !== null) this.requireAgreement('A Frame without series', coordinates);
    const shown = this.frameColumns(anchor, columns);
    const clauses = outputClauses(statement, shown, this.anchor, this.names, causes);
    const [first, ...rest] = [...causes.list].sort((a, b) => a.span.from - b.span.from);
    if (first !== undefined) return { ok: false, causes: [first, ...rest] };
    const readings = [...metrics.map((metric) => metric.readings[0]), ...(coordinates === null ? [] : [coordinates])];
    for (const reading of readings) this.proofs.push(...proofsOf(facts, reading));
    return {
      ok: true,
      query: {
        canonical: printStatement(statement),
        astFingerprint: astFingerprint(statement),
        manifestFingerprint: manifest.fingerprint,
        anchor: coordinateOf(shown),
        columns: shown,
        metrics,
        coordinates,
        filter,
        ...clauses,
        decisions: this.decisions,
        proofs: uniqueProofs(this.proofs),
        missing: unique(this.missing),
        conditions: unique(this.conditions),
        lineage: lineageOf(shown, metrics),
        derived: reader.derived,
      },
    };
  }

  private namesFamily(expr: Expr): boolean {
    let found = false;
    rewrite(expr, (each) => {
      if (each.kind === 'name' && this.names.meaningOf(each.name)?.kind === 'family') found = true;
      return undefined;
    });
    return found;
  }

  private fromSchema(): Schema | null {
    const { from } = this.statement;
    if (from === null) return null;
    const schema = this.manifest.schemas.find((each) => each.name === from.name);
    if (schema !== undefined) return schema;
    const schemas = this.manifest.schemas.map((each) => each.name);
    const remedies = [{ label: 'Let the rules choose', query: queryText({ ...this.statement, from: null }) }];
    this.causes.add('UNKNOWN_NAME', { name: from.name, kind: 'schema', suggestions: schemas }, from.span, remedies);
    return null;
  }

  /** One SELECT item as a column of the Frame; undefined after a cause was added. */
  private column(item: SelectItem, reader: SeriesReader): FrameColumn | undefined {
    const { expr } = item;
    if (expr.kind === 'name') {
      const meaning = this.names.meaningOf(expr.name);
      if (meaning?.kind === 'dimension' || meaning?.kind === 'attribute') {
        const named = meaning.kind === 'dimension' ? meaning.dimension : meaning.attribute;
        const name = item.alias?.name ?? expr.name;
        if (this.anchor.includes(named.name)) return { kind: 'anchor', name, dimension: named.name, type: named.type };
        if (this.coordinate(expr, named.name, named.type, false) === undefined) return undefined;
        const determined = this.determined.get(named.name);
        return determined && { ...determined, name, hidden: false };
      }
    }
    const expression = reader.read(expr);
    if (expression === undefined) return undefined;
    const name = outputName(item);
    if (name === null) {
      const named = { ...item, alias: point('value') };
      const items = this.statement.items.map((each) => (each === item ? named : each));
      const remedies = [{ label: 'Name it', query: queryText({ ...this.statement, items }) }];
      this.causes.add('ALIAS_REQUIRED', { expression: printExpr(expr) }, item.span, remedies);
      return undefined;
    }
    return { kind: 'series', name, expression, type: expression.type };
  }

  /** A dimension or attribute where a value stands: in the anchor, or determined by it. */
  private coordinate(expr: NameExpr, name: string, type: LogicalType, hidden: boolean): Expression | undefined {
    if (!this.anchor.includes(name) && !this.determined.has(name)) {
      const climb = climbFromAnchor(this.manifest, this.facts, this.anchor, name);
      if (climb === undefined) return this.notDetermined(expr, name);
      const { from, steps } = climb;
      this.determined.set(name, { kind: 'determined', name, target: name, hidden, from, steps, type });
      this.written.set(name, expr);
      this.missing.push(...climb.missing);
      this.conditions.push(...climb.conditions);
    }
    return { kind: 'column', name, type };
  }

  /** Refuses a name that the anchor does not determine; where it was declared to, the edge that does not hold tells why. */
  private notDetermined(expr: NameExpr, name: string): undefined {
    const { manifest, facts, statement, anchor } = this;
    const add = manifest.attributes.find((each) => each.name === name)?.of ?? name;
    const added = { label: `Add ${add} to AT`, query: queryText(withDimension(statement, add)) };
    const broken = contradictedFromAnchor(manifest, facts, anchor, name);
    if (broken === undefined) return this.causes.add('NOT_DETERMINED', { name, anchor }, expr.span, [added]);
    const { from, edge, attestation } = broken;
    const violations = attestation.counts.violation_count ?? 0;
    return this.causes.add(
      'FD_CONTRADICTED',
      { series: from, dimension: name, edge, violations },
      expr.span,
      [added, ...this.without(name, expr)],
      witnessOf(attestation),
    );
  }

  /** The question without the item that is this expression, where there is one and another is left. */
  private without(name: string, expr: Expr | undefined): readonly Remedy[] {
    const items = this.statement.items.filter((item) => item.expr !== expr);
    if (items.length === 0 || items.length === this.statement.items.length) return [];
    return [{ label: `Without ${name}`, query: queryText({ ...this.statement, items }) }];
  }

  /** Of several ways from the anchor to a determined name the shortest serves, once they are attested to agree (I6). */
  private requireAgreement(series: string, reading: Reading): void {
    const { manifest, facts } = this;
    const schema = manifest.schemas.find((each) => each.name === reading.schema);
    if (schema === undefined) throw new RangeError(`manifest: there is no schema ${reading.schema}`);
    for (const { target } of this.determined.values()) {
      const agree = anchorPathsAgree(manifest, facts, schema, this.anchor, target);
      if (agree === null) continue;
      const attestation = facts.attestations.get(agree.key);
      if (attestation?.status === 'contradicted') {
        const paths = agree.paths.map((path) => printEdges(path.flatMap((id) => edgeNamed(manifest, id) ?? [])));
        const expr = this.written.get(target);
        const { span } = expr ?? this.statement;
        const remedies = this.without(target, expr);
        this.causes.add('AMBIGUOUS_PATH', { series, dimension: target, paths }, span, remedies, witnessOf(attestation));
        continue;
      }
      this.conditions.push(agree);
      const edges = agree.paths.flat().flatMap((id) => edgeNamed(manifest, id) ?? []);
      const untested = edges.filter((edge) => edge.kind === 'lookup').map((edge) => i4(edge.id));
      const missing = untested.filter((each) => statusOf(facts, each) === 'untested');
      // Whether paths agree is only worth asking of edges that hold; contradicted ones drop out first.
      this.missing.push(...missing);
      if (attestation === undefined && missing.length === 0) this.missing.push(agree);
    }
  }

  /** Anchor dimensions that are not listed lead; then the items as listed; then what only expressions need. */
  private frameColumns(
    anchor: readonly { readonly name: string; readonly type: LogicalType; readonly point: NamedPoint }[],
    columns: readonly FrameColumn[],
  ): readonly FrameColumn[] {
    const listed = new Set(columns.flatMap((column) => (column.kind === 'anchor' ? [column.dimension] : [])));
    const leading = anchor
      .filter((each) => !listed.has(each.name))
      .map((each): FrameColumn => ({ kind: 'anchor', name: each.point.name, dimension: each.name, type: each.type }));
    const shown = [...leading, ...columns];
    const climbed = new Set(columns.flatMap((column) => (column.kind === 'determined' ? [column.target] : [])));
    const unseen = [...this.determined.values()].filter((each) => !climbed.has(each.target));
    this.refuseCollisions(shown);
    return [...shown, ...unseen.map((each) => ({ ...each, hidden: true }))];
  }

  private refuseCollisions(columns: readonly FrameColumn[]): void {
    const seen = new Set<string>();
    for (const { name } of columns) {
      if (!seen.has(name)) {
        seen.add(name);
        continue;
      }
      const same = this.statement.items.filter((item) => outputName(item) === name);
      const item = same[same.length - 1];
      const span = item?.span ?? this.statement.span;
      const items = this.statement.items.map((each) => (each === item ? { ...each, alias: point(`${name}_2`) } : each));
      const remedies =
        item === undefined ? [] : [{ label: `Name it ${name}_2`, query: queryText({ ...this.statement, items }) }];
      this.causes.add('NAME_COLLISION', { name }, span, remedies);
    }
  }

  /** Without any aggregate, the Frame lists the coordinates of one schema. */
  private coordinatesOf(place: MetricPlace, reader: SeriesReader): Reading | null {
    if (reader.aggregates.length > 0 || this.causes.list.length > 0) return null;
    const settled = resolveRows(place);
    if (settled === undefined) return null;
    this.decisions.push(settled.decision);
    this.missing.push(...settled.missing);
    return settled.reading;
  }
}

/** The anchor's dimensions in the order shown, each once: one may be shown under several names. */
function coordinateOf(columns: readonly FrameColumn[]): ResolvedQuery['anchor'] {
  const anchor = new Map<string, LogicalType>();
  for (const column of columns) if (column.kind === 'anchor') anchor.set(column.dimension, column.type);
  return [...anchor].map(([name, type]) => ({ name, type }));
}

function uniqueProofs(proofs: readonly Proof[]): readonly Proof[] {
  return [...new Map(proofs.map((each) => [`${each.kind} ${each.subject}`, each])).values()];
}

function lineageOf(
  columns: readonly FrameColumn[],
  metrics: readonly ResolvedMetric[],
): Readonly<Record<string, readonly string[]>> {
  const lineage: Record<string, readonly string[]> = {};
  for (const column of columns) {
    if (column.kind !== 'series') continue;
    const used = new Set(columnsOf(column.expression));
    const sources = metrics.filter((metric) => used.has(metric.name)).flatMap((metric) => metric.readings[0].lineage);
    lineage[column.name] = [...new Set(sources)].sort();
  }
  return lineage;
}
