import type { Condition } from '../collection/attestation.ts';
import type { SemanticManifest } from '../collection/manifest.ts';
import { printType } from '../columns/logical-type.ts';
import { compose } from '../compose/compose.ts';
import type { AtomStates, ComposeResult, EdgeMap } from '../compose/frame.ts';
import { frameRows } from '../compose/result.ts';
import { AtomOverflow } from '../engine/compute.ts';
import type { MetricEngine, ServeContext, ServedAtom } from '../engine/metric-engine.ts';
import type { Statement } from '../frameql/ast.ts';
import type { KnownNames } from '../frameql/known-names.ts';
import { outputName } from '../frameql/output-name.ts';
import { parse } from '../frameql/parser.ts';
import { determinedSteps } from '../planning/level-parts.ts';
import { makePlan } from '../planning/make-plan.ts';
import type { Plan } from '../planning/plan.ts';
import { describePlan } from '../planning/preview.ts';
import { BackendError } from '../protocol/backend-error.ts';
import type { Facts } from '../resolution/facts.ts';
import { inDoubles } from '../resolution/in-doubles.ts';
import { namesOf } from '../resolution/names.ts';
import { unique } from '../resolution/reach.ts';
import { cause } from '../resolution/refusal.ts';
import { resolve, runningRemedies } from '../resolution/resolve.ts';
import { SourceError } from '../sources/source-error.ts';
import { disclosuresOf } from '../verification/disclosure.ts';
import { level } from '../verification/level.ts';
import { assumedSources, climbedSources, lookAgain, sourcesOf } from './answer-sources.ts';
import type {
  Answer,
  ArrowAnswer,
  CrossCheck,
  Diagnosis,
  Disclosure,
  Explanation,
  Preview,
  Progress,
  Refusal,
} from './api.ts';
import type { BackendHost } from './backend-host.ts';
import { computeGroup, withoutEngine } from './compute-group.ts';
import { contradictedEdges } from './contradicted-edges.ts';
import { explain } from './explain.ts';
import type { FrameMemory } from './frame-memory.ts';
import type { Knowledge } from './knowledge.ts';
import { overPresentSources, requireBytes } from './moved-source.ts';
import { planDisclosures } from './plan-disclosures.ts';
import {
  conditionSummaries,
  decisionsMade,
  lineageMade,
  seriesMadeOf,
  seriesProvenance,
  servedFrom,
} from './provenance.ts';
import { refusalOf, refusalOfError, syntaxRefusal } from './refusals.ts';
import type { SourceProof } from './sighting.ts';

/** What executing needs: the only place where backends, the store and time meet the pure layers. */
export interface ExecutionContext {
  readonly manifest: SemanticManifest;
  readonly facts: () => Facts;
  /** `planText` under the present facts, remembered. */
  readonly plan: (text: string) => Planned;
  readonly knowledge: Knowledge;
  readonly frames: FrameMemory;
  readonly host: BackendHost;
  /** null: an axis of the opt-in is off, `engineOff` says which. */
  readonly engine: MetricEngine | null;
  readonly engineOff: 'installation' | 'session' | 'query' | null;
  /** What is known of a source's bytes, which may have been replaced since. */
  readonly proof: (source: string) => SourceProof;
  /** Looks again at those of the sources that were not looked at for a while; plans made before may then be of other bytes. */
  readonly look: (sources: readonly string[]) => Promise<void>;
  /** Where a source lies, for people. */
  readonly locationOf: (source: string) => string;
  /** Disclosures of the session itself about what is computed now, e.g. that the storage is full. */
  readonly standing: readonly Disclosure[];
  /** The cross-check of a plan over the present bytes of its sources, where there was one. */
  readonly crossChecked: (plan: Plan) => CrossCheck | null;
  /** Resolves when warm-up has filled those of the entries that it is about to fill; undefined where it fills none. */
  readonly warming: (keys: readonly string[]) => Promise<void> | undefined;
  /** Milliseconds, monotonic. */
  readonly clock: () => number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly onProgress: (event: Progress) => void;
}

/** A text planned, or why it cannot be. */
export type Planned =
  | { readonly ok: true; readonly plan: Plan; readonly statement: Statement }
  | {
      readonly ok: false;
      readonly refusal: Refusal;
      /** Checks whose counterexamples the refusal would show. */
      readonly wanting: readonly Condition[];
    };

/** Plans a text as far as declarations and known facts go. Touches no data. */
export function planText(context: Pick<ExecutionContext, 'manifest' | 'facts'>, text: string): Planned {
  const collection = context.manifest.collection.name;
  const facts = context.facts();
  const parsed = parse(text, knownNames(context.manifest));
  if (!parsed.ok) {
    const { remedies } = runningRemedies(context.manifest, facts, parsed.error.remedies);
    const refusal = syntaxRefusal(collection, { ...parsed, error: { ...parsed.error, remedies } });
    // What stands in the way of the question that was meant is told when that is asked: no data are read for a misspelling.
    return { ok: false, refusal, wanting: [] };
  }
  const resolution = resolve(context.manifest, facts, parsed.statement);
  if (!resolution.ok) {
    return { ok: false, refusal: refusalOf(collection, resolution.causes), wanting: resolution.wanting };
  }
  return { ok: true, plan: makePlan(facts, resolution.query), statement: parsed.statement };
}

/** What the parser may know, to tell the same question in Frame-QL where SQL was written. */
function knownNames(manifest: SemanticManifest): KnownNames {
  const names = namesOf(manifest);
  return {
    kindOf: (name) => names.meaningOf(name)?.kind,
    families: manifest.metricFamilies.map((family) => family.name),
  };
}

/** Diagnoses a text while it is typed; touches no data. */
export function diagnose(context: Pick<ExecutionContext, 'facts' | 'plan'>, text: string): Diagnosis {
  const planned = context.plan(text);
  if (!planned.ok) return { ok: false, refusal: planned.refusal };
  return { ok: true, preview: previewOf(planned.plan, context.facts()) };
}

function previewOf(plan: Plan, facts: Facts): Preview {
  const columns = plan.columns.map(({ name, type, kind }) => ({ name, type: printType(type), role: kind }));
  return { canonical: plan.canonical, columns, steps: describePlan(plan, facts) };
}

/** Answers a text. A source that cannot be read, or a table too large, is a refusal like any other. */
export async function execute(
  context: ExecutionContext,
  text: string,
  format: 'json' | 'arrow',
  signal?: AbortSignal,
): Promise<Answer | ArrowAnswer | Refusal | Explanation> {
  return orRefusal(context, text, () => overPresentSources(() => answer(context, text, format, signal)));
}

/** Does work on a text; what in the sources or a backend's limits stands in its way is a refusal. */
export async function orRefusal<Result>(
  context: ExecutionContext,
  text: string,
  work: () => Promise<Result>,
): Promise<Result | Refusal> {
  try {
    return await work();
  } catch (error) {
    const place = {
      collection: context.manifest.collection.name,
      backend: context.host.name,
      locationOf: context.locationOf,
    };
    const refusal = refusalOfError(place, text, error);
    if (refusal === undefined) throw error;
    return refusal;
  }
}

/** Plan, attest what the plan needs, serve its atoms, compose the Frame. */
async function answer(
  context: ExecutionContext,
  text: string,
  format: 'json' | 'arrow',
  signal?: AbortSignal,
): Promise<Answer | ArrowAnswer | Refusal | Explanation> {
  const started = context.clock();
  const first = context.plan(text);
  if (first.ok && first.statement.explain) return explainPlan(context, first.plan);
  await lookAgain(context, text);
  const planned = await attestedPlan(context, text, signal);
  if (!planned.ok) return planned.refusal;
  const { plan, statement } = planned;
  const plannedAt = context.clock();
  const hashOf = (source: string) => context.facts().snapshots.get(source)?.contentHash;
  const lookups = Object.fromEntries(climbedSources(plan).map((source) => [source, hashOf(source) ?? '']));
  const served = await serve(context, plan, signal).catch(asOverflow);
  if (served instanceof AtomOverflow) return overflow(context, statement, seriesMadeOf(plan, served.atom.key), null);
  const maps = await determinedMaps(context, plan);
  const isComputed = served.some(({ path }) => path !== 'exact');
  if (isComputed && context.engine?.entries.isTight) await context.engine.entries.settled();
  const sourceHashes: Readonly<Record<string, string>> = Object.assign(
    {},
    lookups,
    ...served.map(({ atom }) => atom.sourceHashes),
  );
  requireBytes(sourceHashes, hashOf);
  const servedAt = context.clock();
  const composed = composedFrame(context, plan, served, maps);
  if (!composed.ok) return overflow(context, statement, composed.column, composed.coordinate);
  const { frame } = composed;
  const byKey = new Map(plan.atoms.map((atom, i) => [atom.key, atIndex(served, i)]));
  const conditions = unique([...served.flatMap((each) => each.atom.conditions), ...plan.conditions]);
  const attestations = context.knowledge.attestations;
  const disclosures = [
    ...disclosuresOf(conditions, context.manifest, attestations),
    ...assumedSources(context, sourceHashes),
    ...planDisclosures(plan, served),
    ...(isComputed ? context.standing : []),
  ];
  const told = {
    ac_name: context.manifest.collection.name,
    row_count: frame.batch.rowCount,
    served_from: servedFrom(served, context.engine !== null),
    mood: disclosures.length > 0 ? ('disclose' as const) : ('serve' as const),
    level: level(conditions, attestations),
    disclosures,
  };
  const body = format === 'arrow' ? { ipc: context.frames.ipc(plan, frame).buffer } : frameRows(frame);
  const done = context.clock();
  const milliseconds = {
    plan: plannedAt - started,
    serve: servedAt - plannedAt,
    compose: done - servedAt,
    total: done - started,
  };
  const provenance = {
    manifestFingerprint: plan.manifestFingerprint,
    planFingerprint: plan.fingerprint,
    canonical: plan.canonical,
    series: seriesProvenance(plan, byKey, context.now()),
    derived: plan.derived,
    decisions: decisionsMade(plan, byKey),
    sources: sourcesOf(context, sourceHashes),
    conditions: conditionSummaries(conditions, attestations),
    lineage: lineageMade(plan, byKey),
    level: told.level,
    crossCheck: context.crossChecked(plan),
    backend: context.host.name,
    engineOff: context.engineOff,
    milliseconds,
  };
  return { ...told, ...body, provenance };
}

/** What a text would do if it were asked now. */
export function explainText(context: ExecutionContext, text: string): Explanation | Refusal {
  const planned = context.plan(text);
  return planned.ok ? explainPlan(context, planned.plan) : planned.refusal;
}

function explainPlan(context: ExecutionContext, plan: Plan): Explanation {
  const { manifest, engine } = context;
  return explain({ manifest, facts: context.facts(), engine }, plan);
}

/** The finished Frame: the one that the plan gave before where every state is the very one that it was made of. */
function composedFrame(
  context: ExecutionContext,
  plan: Plan,
  served: readonly ServedAtom[],
  maps: ReadonlyMap<string, EdgeMap>,
): ComposeResult {
  const inputs = [...served.map(({ batch }) => batch), ...maps.values()];
  const known = context.frames.find(plan, inputs);
  if (known !== undefined) return { ok: true, frame: known };
  const states = new Map<string, AtomStates>(
    plan.atoms.map((atom, i) => [atom.key, { key: atom.key, batch: atIndex(served, i).batch }]),
  );
  const composed = compose(plan, states, maps);
  // Without the engine every state is new.
  if (composed.ok && context.engine !== null) context.frames.keep(plan, inputs, composed.frame);
  return composed;
}

/** Plans, obtains the attestations that the plan lists as missing, and plans again until none is. */
export async function attestedPlan(context: ExecutionContext, text: string, signal?: AbortSignal): Promise<Planned> {
  for (;;) {
    const planned = context.plan(text);
    const missing = planned.ok ? planned.plan.missing : planned.wanting;
    if (missing.length === 0) return planned;
    signal?.throwIfAborted();
    if (planned.ok) await context.knowledge.attest(missing);
    else if (!(await attestedFor(context, missing))) return planned;
  }
}

/** Attests what a refusal would show or offer; false where its sources cannot be read, which is no fault of the question. */
async function attestedFor(context: ExecutionContext, wanting: readonly Condition[]): Promise<boolean> {
  try {
    await context.knowledge.attest(wanting);
    return true;
  } catch (error) {
    if (error instanceof SourceError || (error instanceof BackendError && error.fault.code === 'TABLE_TOO_LARGE')) {
      return false;
    }
    throw error;
  }
}

async function serve(context: ExecutionContext, plan: Plan, signal?: AbortSignal): Promise<readonly ServedAtom[]> {
  const compute = computeGroup(context.host);
  if (context.engine === null) return withoutEngine(plan, compute, signal);
  await warmed(context, plan, signal);
  const serving: ServeContext = {
    compute,
    edgeMaps: (steps, sourceHashes) => context.knowledge.edgeMaps(steps, false, sourceHashes),
    backendName: context.host.name,
    contradicted: contradictedEdges(context.manifest, context.facts()),
    hinted: false,
    question: plan.canonical,
    ...(signal === undefined ? {} : { signal }),
  };
  return context.engine.serve(plan.atoms, plan.substitutes, serving);
}

/** A question whose entry is being warmed waits for it, and says so: computing it beside would be the same work twice. */
async function warmed(context: ExecutionContext, plan: Plan, signal?: AbortSignal): Promise<void> {
  const keys = plan.atoms.flatMap((atom) => [atom.key, ...(plan.substitutes[atom.key] ?? []).map((each) => each.key)]);
  const warming = context.warming(keys);
  if (warming === undefined) return;
  context.onProgress({
    id: 'query',
    phase: 'query',
    label: 'waiting for the entry that warm-up is filling',
    state: 'waiting',
    done: null,
    total: null,
    unit: null,
    milliseconds: null,
    detail: null,
  });
  if (signal === undefined) return warming;
  signal.throwIfAborted();
  await Promise.race([
    warming,
    new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true })),
  ]);
}

/** Edge maps that columns determined by the anchor climb through. */
async function determinedMaps(context: ExecutionContext, plan: Plan): Promise<ReadonlyMap<string, EdgeMap>> {
  const steps = determinedSteps(plan.level);
  return (await context.knowledge.edgeMaps(steps, true)) ?? new Map();
}

/** An atom that has no exact value is an answer; any other error is thrown on. */
function asOverflow(error: unknown): AtomOverflow {
  if (error instanceof AtomOverflow) return error;
  throw error;
}

function overflow(
  context: ExecutionContext,
  statement: Statement,
  series: string,
  coordinate: readonly string[] | null,
): Refusal {
  const item = statement.items.find((each) => outputName(each) === series);
  const { manifest } = context;
  const { remedies } = runningRemedies(manifest, context.facts(), item ? inDoubles(manifest, statement, item) : []);
  const span = item?.span ?? statement.span;
  return refusalOf(manifest.collection.name, [cause('OVERFLOW', { series, coordinate }, span, remedies)]);
}

function atIndex(served: readonly ServedAtom[], i: number): ServedAtom {
  const found = served[i];
  if (found === undefined) throw new RangeError(`execute: atom ${i} was not served`);
  return found;
}
