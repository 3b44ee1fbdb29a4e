import { i4 } from '../collection/conditions.ts';
import { edgeNamed } from '../collection/fd-dag.ts';
import type { MetricFamily, RootFamily } from '../collection/manifest.ts';
import type { LogicalType } from '../columns/logical-type.ts';
import type { Expr } from '../frameql/ast.ts';
import { childrenOf } from '../frameql/children.ts';
import { printExpr } from '../frameql/printer.ts';
import { operatorNamed } from '../operators/catalog.ts';
import type { Expression } from '../operators/expression.ts';
import type { WindowCall } from '../operators/window.ts';
import { windowNamed } from '../operators/window.ts';
import { type Aggregate, AggregateList } from './aggregate.ts';
import type { ReadPoint } from './anchor.ts';
import { requireCalendarAgreement } from './calendar-agreement.ts';
import { schemaNamed } from './edge-step.ts';
import { statusOf } from './facts.ts';
import { literalInstead } from './literal-remedies.ts';
import { type MetricPlace, resolveMetric, resolveRows } from './metric.ts';
import type { MeaningKind } from './names.ts';
import { dimensionInstead } from './nearby.ts';
import { witnessOf } from './obstacle.ts';
import { readFamily, readOperatorCall } from './operator-call.ts';
import type { Determined, Reading, Reduction, Replica, ResolvedLevel, ResolvedMetric } from './query.ts';
import type { QueryContext } from './query-context.ts';
import { anchorPathsAgree, climbFromAnchor, contradictedFromAnchor, printEdges } from './reach.ts';
import type { Remedy } from './refusal.ts';
import { readReplica } from './replica.ts';
import { callAt, mentions, point, queryText, queryWith, renamed, withDimension, withoutItem } from './rewrite.ts';
import { type AtExpr, type CallExpr, type NameExpr, type Scope, typeExpression } from './typing.ts';
import { readWindow } from './window-call.ts';

/** What a name of a level (`#0`, …) is made of, for those who must know whether it may be added up. */
export interface Leaf {
  readonly families: readonly RootFamily[];
  /** A number of rows or values: counts add up whatever their family lists. */
  readonly isCount: boolean;
  /** A value repeated at every row that its own anchor covers. */
  readonly isReplica: boolean;
}

/** A reduction or replica whose own level is settled when the whole statement has been read. */
type Unsettled<Part extends { readonly name: string }, Key extends keyof Part> = Omit<Part, Key> & {
  readonly reader: LevelReader;
};
export type UnsettledReduction = Unsettled<Reduction<ResolvedMetric, Reading>, 'inner'>;
export type UnsettledReplica = Unsettled<Replica<ResolvedMetric, Reading>, 'level'>;

/** Reads the expressions of one level, and collects what they are made of. */
export class LevelReader {
  readonly context: QueryContext;
  readonly points: readonly ReadPoint[];
  /** Windows look over the rows of the Frame; a level inside an operator or under @ has none. */
  readonly isFrame: boolean;
  readonly aggregates: AggregateList;
  readonly reductions = new Map<string, UnsettledReduction>();
  readonly replicas = new Map<string, UnsettledReplica>();
  readonly windows = new Map<string, WindowCall>();
  readonly determined = new Map<string, Determined>();
  readonly leaves = new Map<string, Leaf>();
  /** Where each determined name is first written. */
  private readonly written = new Map<string, Expr>();

  constructor(context: QueryContext, points: readonly ReadPoint[], isFrame: boolean) {
    this.context = context;
    this.points = points;
    this.isFrame = isFrame;
    this.aggregates = new AggregateList(context.nextName);
  }

  /** The names of the level's anchor. */
  get anchor(): readonly string[] {
    return this.points.map((each) => each.name);
  }

  /** The typed expression over the level's names; undefined after a cause was added. */
  read(expr: Expr): Expression | undefined {
    return typeExpression(expr, this.scope(), this.context.causes);
  }

  private scope(): Scope {
    return {
      name: (expr) => {
        const meaning = this.context.names.meaningOf(expr.name);
        switch (meaning?.kind) {
          case 'dimension':
            return this.coordinate(expr, meaning.dimension.name, meaning.dimension.type);
          case 'attribute':
            return this.coordinate(expr, meaning.attribute.name, meaning.attribute.type);
          case 'family':
            return readFamily(this, expr);
          default:
            return this.unknown(expr, 'metric family, dimension or attribute');
        }
      },
      call: (expr: CallExpr) =>
        windowNamed(expr.callee) === undefined ? readOperatorCall(this, expr) : readWindow(this, expr),
      at: (expr: AtExpr) => readReplica(this, expr),
      literalRemedies: (compared, literal, type) => {
        const { manifest, statement } = this.context;
        return literalInstead(manifest, statement, compared, literal, type);
      },
    };
  }

  /** Asks for an operator over rows; the expression that stands for it. */
  aggregate(asked: Parameters<AggregateList['add']>[0]): Expression {
    const { name, type } = this.aggregates.add(asked);
    const isCount = asked.operator.empty === 'zero';
    this.leaves.set(name, { families: asked.families, isCount, isReplica: false });
    return { kind: 'column', name, type };
  }

  /** A dimension or attribute where a value stands: in the anchor, or determined by it. */
  coordinate(expr: NameExpr, name: string, type: LogicalType): Expression | undefined {
    if (!this.anchor.includes(name) && !this.determined.has(name)) {
      const { manifest, facts } = this.context;
      const climb = climbFromAnchor(manifest, facts, this.anchor, name);
      if (climb === undefined) return this.notDetermined(expr, name);
      const { from, steps } = climb;
      this.determined.set(name, { target: name, from, steps, type });
      this.written.set(name, expr);
      this.context.missing.push(...climb.missing);
      this.context.conditions.push(...climb.conditions);
    }
    return { kind: 'column', name, type };
  }

  /** The one family of a name; FROM chooses among cousins. Undefined after a cause was added. */
  family(expr: NameExpr): MetricFamily | undefined {
    const { names, statement, causes } = this.context;
    const meaning = names.meaningOf(expr.name);
    if (meaning?.kind !== 'family') return this.unknown(expr, 'metric family');
    const [first, ...cousins] = meaning.families;
    if (cousins.length === 0) return first;
    const from = statement.from?.name;
    const held = meaning.families.filter((family) => family.kind === 'root' && family.root.schema === from);
    if (held.length === 1 && held[0] !== undefined) return held[0];
    const schemas = meaning.families.flatMap((family) => (family.kind === 'root' ? [family.root.schema] : []));
    const isOther = (name: string) => name !== expr.name && names.meaningOf(name)?.kind === 'family';
    const alone = statement.items.filter((item) => !mentions(item.expr, isOther));
    const remedies = schemas.flatMap((schema) => {
      const from = { ...statement, from: point(schema) };
      const whole = { label: `From ${schema}`, query: queryText(from) };
      if (alone.length === 0 || alone.length === statement.items.length) return [whole];
      return [whole, { label: `From ${schema}, without other series`, query: queryText({ ...from, items: alone }) }];
    });
    return causes.add('COUSINS', { name: expr.name, schemas }, expr.span, remedies);
  }

  /** Refuses a name that means nothing; `kinds`: what could stand there. */
  unknown(
    expr: NameExpr,
    kind: string,
    kinds: readonly MeaningKind[] = ['family', 'dimension', 'attribute'],
  ): undefined {
    const { names, statement, causes } = this.context;
    const suggestions = names.suggest(expr.name, kinds);
    const remedies = suggestions.map((name) => ({
      label: `Use ${name}`,
      query: queryText(renamed(statement, expr.name, name)),
    }));
    return causes.add('UNKNOWN_NAME', { name: expr.name, kind, suggestions }, expr.span, remedies);
  }

  /** The schemas of all roots that the level and those under it read. */
  roots(): ReadonlySet<string> {
    const own = this.aggregates.all().flatMap((each) => each.families[0]?.root.schema ?? []);
    const under = [...this.reductions.values(), ...this.replicas.values()].flatMap(({ reader }) => [...reader.roots()]);
    return new Set([...own, ...under]);
  }

  /** Whether anything is computed at the level or under it. */
  isEmpty(): boolean {
    return this.aggregates.all().length === 0 && this.reductions.size === 0;
  }

  /** Settles from where everything is read. `roots`: of the whole statement; `untold`: whose rows are counted is not known. */
  settle(roots: ReadonlySet<string>, untold: boolean): ResolvedLevel {
    const { context } = this;
    const place = this.place();
    const metrics = this.aggregates.all().flatMap((aggregate) => {
      if (untold && aggregate.families.length === 0) return [];
      return this.settleMetric(place, aggregate, roots) ?? [];
    });
    const reductions = [...this.reductions.values()].map(({ reader, ...reduction }) => ({
      ...reduction,
      inner: reader.settle(roots, untold),
    }));
    const replicas = [...this.replicas.values()].map(({ reader, ...replica }) => ({
      ...replica,
      level: reader.settle(roots, untold),
    }));
    const coordinates = this.isEmpty() && context.causes.list.length === 0 ? this.settleRows(place, roots) : null;
    const level: ResolvedLevel = {
      anchor: this.points.map(({ name, type }) => ({ name, type })),
      metrics,
      coordinates,
      reductions,
      replicas,
      determined: [...this.determined.values()],
    };
    const readings = readingsUnder(level);
    for (const { label, reading } of readings) this.requireAgreement(label, reading);
    requireCalendarAgreement(this, readings);
    return level;
  }

  private place(): MetricPlace {
    const { manifest, facts, reaches, names, filter, declared, statement, from, causes, wanting } = this.context;
    const memberships = this.points.flatMap((each) => each.membership ?? []);
    const grouped = this.points.map((each) => each.membership?.child ?? each.name);
    return {
      manifest,
      facts,
      reaches,
      names,
      anchor: [...new Set(grouped)],
      memberships,
      points: this.points,
      filter,
      declared,
      statement,
      from,
      causes,
      wanting,
    };
  }

  private settleMetric(
    place: MetricPlace,
    aggregate: Aggregate,
    roots: ReadonlySet<string>,
  ): ResolvedMetric | undefined {
    const settled = resolveMetric(place, aggregate, roots);
    if (settled === undefined) return undefined;
    this.context.decisions.push(settled.decision);
    this.context.missing.push(...settled.missing);
    for (const family of settled.blocked) this.context.blocked.add(family);
    return settled.metric;
  }

  private settleRows(place: MetricPlace, roots: ReadonlySet<string>): Reading | null {
    const settled = resolveRows(place, roots);
    if (settled === undefined) return null;
    this.context.decisions.push(settled.decision);
    this.context.missing.push(...settled.missing);
    return settled.reading;
  }

  /** Refuses a name that the anchor does not determine; where it was declared to, the edge that does not hold tells why. */
  private notDetermined(expr: NameExpr, name: string): undefined {
    const { manifest, facts, statement, causes } = this.context;
    const { anchor } = this;
    const add = manifest.attributes.find((each) => each.name === name)?.of ?? name;
    const added = [
      { label: `Add ${add} to AT`, query: queryText(withDimension(statement, add)) },
      ...manifest.bridges.map(({ child, via }) => ({
        label: `Count each ${child} in every ${add} that ${via} gives it`,
        query: queryText(withDimension(statement, add, via)),
      })),
    ];
    const broken = contradictedFromAnchor(manifest, facts, anchor, name);
    if (broken === undefined) {
      if (this.outOfWeek(expr, name)) return undefined;
      const remedies = [...added, ...this.rowByRow(expr), ...this.without(name, expr)];
      return causes.add('NOT_DETERMINED', { name, anchor }, expr.span, remedies);
    }
    const { from, edge, attestation } = broken;
    const violations = attestation.counts.violation_count ?? 0;
    return causes.add(
      'FD_CONTRADICTED',
      { series: from, dimension: name, edge, violations },
      expr.span,
      [...added, ...this.without(name, expr)],
      witnessOf(attestation),
    );
  }

  /** Weeks nest in no other period: whether a period is asked for that only a week could lead to; a cause was added then. */
  private outOfWeek(expr: NameExpr, name: string): boolean {
    const { manifest, statement, causes } = this.context;
    const week = manifest.dimensions.find((each) => each.level === 'week' && this.anchor.includes(each.name));
    const wanted = manifest.dimensions.find((each) => each.name === name)?.level;
    const isCoarser = wanted === 'month' || wanted === 'quarter' || wanted === 'year';
    if (week === undefined || !isCoarser) return false;
    const finer = manifest.fdDag.flatMap((edge) =>
      edge.kind === 'calendar' && edge.parent === week.name ? [edge.child] : [],
    );
    const remedies = [
      ...finer.map((to) => ({ label: `At ${to} instead`, query: dimensionInstead(statement, week.name, to) })),
      ...this.without(name, expr),
    ];
    const item = statement.items.find((each) => mentionsNode(each.expr, expr));
    const series = item === undefined ? name : printExpr(item.expr);
    causes.add(
      'UNREACHABLE_ANCHOR',
      { series, dimension: name, schemas: [week.name], reachable: finer },
      expr.span,
      remedies,
    );
    return true;
  }

  /** A formula over metrics and a name of their rows, summed row by row: each row knows the name. */
  private rowByRow(expr: NameExpr): readonly Remedy[] {
    const { names, statement } = this.context;
    const item = statement.items.find((each) => mentionsNode(each.expr, expr));
    if (item === undefined || item.expr === expr || hasCall(item.expr)) return [];
    if (!mentions(item.expr, (name) => names.meaningOf(name)?.kind === 'family')) return [];
    const summed: CallExpr = { ...callAt('SUM', '', item.expr), args: [item.expr] };
    return [{ label: 'Sum it row by row', query: queryWith(statement, item.expr, summed) }];
  }

  /** The question without the item that is this expression, where there is one and another is left. */
  private without(name: string, expr: Expr | undefined): readonly Remedy[] {
    const { statement } = this.context;
    const item = statement.items.find((each) => each.expr === expr);
    const rest = item === undefined ? null : withoutItem(statement, item);
    return rest === null ? [] : [{ label: `Without ${name}`, query: queryText(rest) }];
  }

  /** Of several ways from the anchor to a determined name the shortest serves, once they are attested to agree (I6). */
  private requireAgreement(series: string, reading: Reading): void {
    const { manifest, facts, causes, conditions, missing, statement } = this.context;
    const schema = schemaNamed(manifest, reading.schema);
    for (const { target } of this.determined.values()) {
      const agree = anchorPathsAgree(manifest, facts, schema, this.anchor, target);
      if (agree === null) continue;
      const attestation = facts.attestations.get(agree.key);
      if (attestation?.status === 'contradicted') {
        const paths = agree.paths.map((path) => printEdges(path.flatMap((id) => edgeNamed(manifest, id) ?? [])));
        const expr = this.written.get(target);
        const { span } = expr ?? statement;
        const remedies = this.without(target, expr);
        causes.add('AMBIGUOUS_PATH', { series, dimension: target, paths }, span, remedies, witnessOf(attestation));
        continue;
      }
      conditions.push(agree);
      const edges = agree.paths.flat().flatMap((id) => edgeNamed(manifest, id) ?? []);
      const untested = edges.filter((edge) => edge.kind === 'lookup').map((edge) => i4(edge.id));
      const unknown = untested.filter((each) => statusOf(facts, each) === 'untested');
      // Whether paths agree is only worth asking of edges that hold; contradicted ones drop out first.
      missing.push(...unknown);
      if (attestation === undefined && unknown.length === 0) missing.push(agree);
    }
  }
}

function mentionsNode(expr: Expr, node: Expr): boolean {
  return expr === node || childrenOf(expr).some((each) => mentionsNode(each, node));
}

function hasCall(expr: Expr): boolean {
  return expr.kind === 'at' || (expr.kind === 'call' && !isScalar(expr.callee)) || childrenOf(expr).some(hasCall);
}

function isScalar(callee: string): boolean {
  return operatorNamed(callee) === undefined && windowNamed(callee) === undefined;
}

/** The chosen reading of everything that a level and the inner levels of its reductions read, with what it is of. */
export function readingsUnder(level: ResolvedLevel): readonly { readonly label: string; readonly reading: Reading }[] {
  return [
    ...level.metrics.map(({ label, readings }) => ({ label, reading: readings[0] })),
    ...(level.coordinates === null ? [] : [{ label: 'A Frame without series', reading: level.coordinates }]),
    ...level.reductions.flatMap(({ inner }) => readingsUnder(inner)),
  ];
}

/** The same with the levels of replicas. */
export function allReadings(level: ResolvedLevel): readonly Reading[] {
  return [
    ...level.metrics.map(({ readings }) => readings[0]),
    ...(level.coordinates === null ? [] : [level.coordinates]),
    ...level.reductions.flatMap(({ inner }) => allReadings(inner)),
    ...level.replicas.flatMap((replica) => allReadings(replica.level)),
  ];
}
