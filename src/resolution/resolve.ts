import type { Condition } from '../collection/attestation.ts';
import type { Schema, SemanticManifest } from '../collection/manifest.ts';
import { nearestNames } from '../collection/nearest-names.ts';
import type { LogicalType } from '../columns/logical-type.ts';
import type { Expr, SelectItem, Statement } from '../frameql/ast.ts';
import { astFingerprint } from '../frameql/canonical.ts';
import { expandDefinitions } from '../frameql/macros.ts';
import { outputName } from '../frameql/output-name.ts';
import { parse } from '../frameql/parser.ts';
import { printExpr, printStatement } from '../frameql/printer.ts';
import { rewrite } from '../frameql/rewrite.ts';
import { readAnchor } from './anchor.ts';
import type { Facts } from './facts.ts';
import { allReadings, LevelReader } from './level.ts';
import { outputClauses } from './output.ts';
import { pastFilter } from './past-filter.ts';
import { freeName, proposedName } from './proposed-name.ts';
import type { FrameColumn, Named, Proof, ResolvedQuery } from './query.ts';
import { QueryContext } from './query-context.ts';
import { unique } from './reach.ts';
import { proofsOf } from './readings.ts';
import { type Cause, CLARIFYING, type RefusalCode, type Remedy } from './refusal.ts';
import { point, queryText, takenNames, withNames } from './rewrite.ts';
import { Causes } from './typing.ts';
import { filterTerms } from './where.ts';

export type Resolution =
  | { readonly ok: true; readonly query: ResolvedQuery }
  | {
      readonly ok: false;
      /** The first cause speaks; the others are listed. Never empty. */
      readonly causes: readonly [Cause, ...Cause[]];
      /** Checks whose counterexamples the refusal would show; once they are attested, resolving again shows them. */
      readonly wanting: readonly Condition[];
    };

/**
 * Settles every name of a statement by the four rules: name, applicability, reachability, coherence and cost. Pure:
 * what is not attested yet is taken as declared and listed in `missing`. Remedies are complete queries that resolve.
 */
export function resolve(manifest: SemanticManifest, facts: Facts, statement: Statement): Resolution {
  const resolution = resolveOnce(manifest, facts, statement);
  if (resolution.ok) return resolution;
  const [first, ...rest] = resolution.causes;
  const from = { code: first.code, causes: resolution.causes.length };
  const { remedies, wanting } = runningRemedies(manifest, facts, first.remedies, from);
  return {
    ...resolution,
    causes: [{ ...first, remedies }, ...rest],
    wanting: unique([...resolution.wanting, ...wanting]),
  };
}

/** Why a statement would be refused, without working out what to do about it; empty where it would not be. */
export function objectionsTo(manifest: SemanticManifest, facts: Facts, statement: Statement): readonly Cause[] {
  const resolution = resolveOnce(manifest, facts, statement);
  return resolution.ok ? [] : resolution.causes;
}

/** How many causes a remedy may mend one after the other. */
const MOST_STEPS = 8;

/**
 * The remedies that run, each query once: each is parsed and resolved as if it had been asked. One that mends its cause,
 * while others are left, is followed by a remedy of the next, as long as each step leaves fewer causes, or mends a name,
 * behind which others may have been hidden. Where the question would be asked back, only its reader can choose.
 * `wanting`: what the remedies would have attested before they read; one that it contradicts will be gone.
 */
export function runningRemedies(
  manifest: SemanticManifest,
  facts: Facts,
  remedies: readonly Remedy[],
  from: Mended = { code: 'SYNTAX', causes: Number.POSITIVE_INFINITY },
): { readonly remedies: readonly Remedy[]; readonly wanting: readonly Condition[] } {
  const running = new Map<string, Remedy>();
  const wanting: Condition[] = [];
  remedies.forEach((remedy, place) => {
    const mended = runningRemedy(manifest, facts, remedy, from, place);
    if (mended === undefined || running.has(mended.remedy.query)) return;
    running.set(mended.remedy.query, mended.remedy);
    wanting.push(...mended.missing);
  });
  return { remedies: [...running.values()], wanting: unique(wanting) };
}

/** What a remedy set out to mend: the cause that spoke, and how many there were. */
interface Mended {
  readonly code: RefusalCode;
  readonly causes: number;
}

/** `place`: of the remedy among its cause's; where the next cause is of the same kind, so is its remedy. */
function runningRemedy(
  manifest: SemanticManifest,
  facts: Facts,
  remedy: Remedy,
  from: Mended,
  place: number,
  step = 1,
): { readonly remedy: Remedy; readonly missing: readonly Condition[] } | undefined {
  const parsed = parse(remedy.query);
  if (!parsed.ok || step > MOST_STEPS) return undefined;
  const resolution = resolveOnce(manifest, facts, parsed.statement);
  if (resolution.ok) return { remedy, missing: resolution.query.missing };
  const [cause, ...others] = resolution.causes;
  const { code, remedies } = cause;
  const causes = 1 + others.length;
  const isFewer = causes < from.causes || from.code === 'UNKNOWN_NAME';
  const isAsked = CLARIFYING.has(code) && code !== from.code;
  const further = (code === from.code ? remedies[place] : undefined) ?? remedies[0];
  if (!isFewer || isAsked || further === undefined) return undefined;
  const label = remedy.label === further.label ? remedy.label : `${remedy.label}; ${lowerFirst(further.label)}`;
  return runningRemedy(manifest, facts, { label, query: further.query }, { code, causes }, place, step + 1);
}

function lowerFirst(text: string): string {
  return `${text.slice(0, 1).toLowerCase()}${text.slice(1)}`;
}

function resolveOnce(manifest: SemanticManifest, facts: Facts, written: Statement): Resolution {
  const expanded = expandDefinitions(written);
  if (expanded.ok) return resolveExpanded(new QueryContext(manifest, facts, expanded.statement), written);
  const context = new QueryContext(manifest, facts, written);
  const { span, found, expected, hint } = expanded.error;
  context.causes.add('SYNTAX', { found, expected, hint }, span);
  return refused(context);
}

function resolveExpanded(context: QueryContext, written: Statement): Resolution {
  const { manifest, facts, statement, causes } = context;
  refuseShadows(context, written);
  context.from = fromSchema(context);
  const anchor = readAnchor(context, statement.anchor);
  context.filter = filterTerms(manifest, context.names, statement.where, statement, causes);
  context.declared = filterTerms(manifest, context.names, manifest.filter, null, new Causes());
  const level = new LevelReader(context, anchor, true);
  const items = statement.items.map((item) => ({ item, column: frameColumn(context, level, item) }));
  const columns = items.flatMap(({ column }) => column ?? []);
  const roots = level.roots();
  // A series that was refused might have told whose rows are counted; asking for FROM would hide why it was.
  const failed = items.flatMap(({ item, column }) => (column === undefined ? [item.expr] : []));
  const untold = roots.size === 0 && context.from === null && failed.some((expr) => namesFamily(context, expr));
  if (context.isUnsettled) return refused(context);
  const settled = level.settle(roots, untold);
  const shown = [...leading(level, columns), ...columns];
  refuseCollisions(context, shown);
  const clauses = outputClauses(manifest, statement, shown, level.anchor, context.names, causes);
  if (causes.list.length > 0) return refused(context);
  for (const reading of allReadings(settled)) context.proofs.push(...proofsOf(facts, reading));
  return {
    ok: true,
    query: {
      canonical: printStatement({ ...written, explain: false }),
      astFingerprint: astFingerprint(written),
      manifestFingerprint: manifest.fingerprint,
      anchor: coordinateOf(shown),
      level: settled,
      windows: [...level.windows.values()],
      columns: shown,
      filter: context.filter,
      ...clauses,
      decisions: context.decisions,
      proofs: uniqueProofs(context.proofs),
      missing: unique(context.missing),
      conditions: unique(context.conditions),
      derived: context.derived,
      blocked: [...context.blocked],
      cuts: cutsOf(context, shown),
    },
  };
}

/** The cuts of windows, each with the question that looks past all of them, where that can be asked. */
function cutsOf({ manifest, facts, names, statement, cuts }: QueryContext, shown: readonly FrameColumn[]) {
  if (cuts.length === 0) return [];
  const columns = shown.map((column) => column.name);
  const past = pastFilter(names, statement, new Set(cuts.map((each) => each.name)), columns);
  const parsed = parse(past);
  const runs = parsed.ok && resolveOnce(manifest, facts, parsed.statement).ok;
  return cuts.map((each) => ({ ...each, past: runs ? past : null }));
}

/** What may only follow from an anchor that is not what was meant. */
const FOLLOWING: ReadonlySet<RefusalCode> = new Set<RefusalCode>([
  'NOT_DETERMINED',
  'NO_ORDER_AXIS',
  'NOTHING_REDUCED',
]);

function refused({ causes, wanting, isUnsettled }: QueryContext): Resolution {
  const told = isUnsettled ? causes.list.filter((each) => !FOLLOWING.has(each.code)) : causes.list;
  const [first, ...rest] = [...told].sort((a, b) => a.span.from - b.span.from);
  if (first === undefined) throw new RangeError('resolve: refused without a cause');
  return { ok: false, causes: [first, ...rest], wanting: unique(wanting) };
}

/** A definition may not bear a name that means something already. */
function refuseShadows({ names, causes, statement }: QueryContext, { definitions }: Statement): void {
  // The definitions stand in their places there, so that no name is left to be mistaken.
  const plain = { label: 'Write the definition in its place', query: queryText(statement) };
  for (const { name } of definitions) {
    if (names.meaningOf(name.name) !== undefined)
      causes.add('NAME_COLLISION', { name: name.name, between: 'definition' }, name.span, [plain]);
  }
}

function namesFamily({ names }: QueryContext, expr: Expr): boolean {
  let found = false;
  rewrite(expr, (each) => {
    if (each.kind === 'name' && names.meaningOf(each.name)?.kind === 'family') found = true;
    return undefined;
  });
  return found;
}

function fromSchema({ manifest, statement, causes }: QueryContext): Schema | null {
  const { from } = statement;
  if (from === null) return null;
  const schema = manifest.schemas.find((each) => each.name === from.name);
  if (schema !== undefined) return schema;
  const suggestions = nearestNames(
    from.name,
    manifest.schemas.map((each) => each.name),
  );
  const remedies = [
    ...suggestions.map((name) => ({ label: `From ${name}`, query: queryText({ ...statement, from: point(name) }) })),
    { label: 'Let the rules choose', query: queryText({ ...statement, from: null }) },
  ];
  causes.add('UNKNOWN_NAME', { name: from.name, kind: 'schema', suggestions }, from.span, remedies);
  return null;
}

/** One SELECT item as a column of the Frame; undefined after a cause was added. */
function frameColumn(context: QueryContext, level: LevelReader, item: SelectItem): FrameColumn | undefined {
  const { names, statement, causes } = context;
  const { expr } = item;
  if (expr.kind === 'name') {
    const meaning = names.meaningOf(expr.name);
    if (meaning?.kind === 'dimension' || meaning?.kind === 'attribute') {
      const named = meaning.kind === 'dimension' ? meaning.dimension : meaning.attribute;
      const name = item.alias?.name ?? expr.name;
      if (level.anchor.includes(named.name)) return { kind: 'anchor', name, dimension: named.name, type: named.type };
      if (level.coordinate(expr, named.name, named.type) === undefined) return undefined;
      return { kind: 'determined', name, target: named.name, type: named.type };
    }
  }
  const expression = level.read(expr);
  if (expression === undefined) return undefined;
  const name = outputName(item);
  if (name !== null) return { kind: 'series', name, expression, type: expression.type };
  const remedies = [{ label: 'Name it', query: queryText(withNames(statement)) }];
  const parameters = { expression: printExpr(expr), name: proposedName(expr, takenNames(statement)) };
  causes.add('ALIAS_REQUIRED', parameters, item.span, remedies);
  return undefined;
}

/** Anchor dimensions that are not listed lead the Frame. */
function leading(level: LevelReader, columns: readonly FrameColumn[]): readonly FrameColumn[] {
  const listed = new Set(columns.flatMap((column) => (column.kind === 'anchor' ? [column.dimension] : [])));
  return level.points
    .filter((each) => !listed.has(each.name))
    .map((each): FrameColumn => ({ kind: 'anchor', name: each.point.name, dimension: each.name, type: each.type }));
}

function refuseCollisions({ statement, causes }: QueryContext, columns: readonly FrameColumn[]): void {
  const seen = new Set<string>();
  for (const { name } of columns) {
    if (!seen.has(name)) {
      seen.add(name);
      continue;
    }
    const same = statement.items.filter((item) => outputName(item) === name);
    const item = same[same.length - 1];
    const span = item?.span ?? statement.span;
    const remedies = item === undefined ? [] : collisionRemedies(statement, item, name);
    causes.add('NAME_COLLISION', { name, between: 'columns' }, span, remedies);
  }
}

/** The column under the name that it has of itself, under a number, or left out where it is there already. */
function collisionRemedies(statement: Statement, item: SelectItem, name: string): readonly Remedy[] {
  const { items } = statement;
  const under = (alias: SelectItem['alias'], label: string) => ({
    label,
    query: queryText({ ...statement, items: items.map((each) => (each === item ? { ...each, alias } : each)) }),
  });
  const own = outputName({ ...item, alias: null });
  const taken = takenNames(statement);
  const numbered = freeName(name, taken);
  const isTwice = items.some((each) => each !== item && printExpr(each.expr) === printExpr(item.expr));
  return [
    ...(isTwice
      ? [{ label: 'Once', query: queryText({ ...statement, items: items.filter((each) => each !== item) }) }]
      : []),
    ...(own === null || taken.has(own) ? [] : [under(null, `Leave its name as ${own}`)]),
    under(point(numbered), `Name it ${numbered}`),
  ];
}

/** The anchor's dimensions in the order shown, each once: one may be shown under several names. */
function coordinateOf(columns: readonly FrameColumn[]): readonly Named[] {
  const anchor = new Map<string, LogicalType>();
  for (const column of columns) if (column.kind === 'anchor') anchor.set(column.dimension, column.type);
  return [...anchor].map(([name, type]) => ({ name, type }));
}

function uniqueProofs(proofs: readonly Proof[]): readonly Proof[] {
  return [...new Map(proofs.map((each) => [`${each.kind} ${each.subject}`, each])).values()];
}
