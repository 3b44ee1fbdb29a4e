import type { Batch } from '../columns/column.ts';
import type { Scalar } from '../columns/scalar.ts';
import type { EdgeMap } from '../compose/frame.ts';
import { inCoordinateOrder } from '../compose/order.ts';
import type { Atom } from '../planning/atom.ts';
import type { Step } from '../resolution/access.ts';
import { decodeEntry } from '../sources/parquet/entry-codec.ts';
import { type AtomGroup, type ComputedAtom, type ComputedGroup, computedAtom, groupAtoms } from './compute.ts';
import { rollUpMilliseconds } from './cost.ts';
import { type Derivation, derive } from './derive.ts';
import type { MetricRow } from './entry.ts';
import type { EntryList } from './entry-list.ts';
import { MemoryTier } from './memory-tier.ts';
import { rollUp } from './rollup/rollup.ts';
import { type ServedOverTime, ServedSeries } from './served-series.ts';
import type { SingleFlight } from './single-flight.ts';
import { type ContradictedEdge, neverFromEntries, type Obstructed, whyNoCheaper, whyNoEntry } from './why-not.ts';

/** How one atom was answered. `batch` has the anchor's columns, then the state's. */
export interface ServedAtom {
  /** The atom served: the one asked for, or its substitute from another schema. */
  readonly atom: Atom;
  readonly batch: Batch;
  readonly path: 'exact' | 'rollup' | 'backend';
  readonly entry: { readonly row: MetricRow; readonly tier: 'memory' | 'file' } | null;
  readonly steps: readonly string[];
  readonly statement: string | null;
  readonly rowsScanned: number | null;
  readonly milliseconds: number;
  readonly notCheaper: readonly string[];
  /** By how much the parts exceed the whole, where members count in several of them; null: nothing is added up so. */
  readonly excess: Scalar | null;
}

/** The way an atom would take. */
export interface Route {
  readonly path: ServedAtom['path'];
  readonly entry: MetricRow | null;
  /** Edges climbed from the entry. */
  readonly steps: readonly string[];
  /** Why the cheaper ways are not possible. */
  readonly reasons: readonly string[];
}

/** What serving needs from outside: computing on a backend, and maps of proven edges that are at hand. */
export interface ServeContext {
  readonly compute: (group: AtomGroup, signal: AbortSignal) => Promise<ComputedGroup>;
  /** Maps of all lookup edges among the steps, of lookups with these hashes; undefined where one is not at hand without a backend. */
  readonly edgeMaps: (
    steps: readonly Step[],
    sourceHashes: Readonly<Record<string, string>>,
  ) => Promise<ReadonlyMap<string, EdgeMap> | undefined>;
  readonly backendName: string;
  /** For the reasons why nothing cheaper was possible. */
  readonly contradicted: ContradictedEdge;
  /** Made by warm-up from a cache_hint. */
  readonly hinted: boolean;
  /** Canonical text of the question that is asked. */
  readonly question: string;
  readonly signal?: AbortSignal;
}

export interface EngineEnvironment {
  readonly entries: EntryList;
  readonly flights: SingleFlight<ServedAtom>;
  /** Milliseconds, monotonic. */
  readonly clock: () => number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Memory tier in bytes. */
  readonly memoryBytes: number;
}

export interface EngineCounts {
  readonly exact: number;
  readonly rollup: number;
  readonly misses: number;
  /** The same, by when they were served. */
  readonly served: ServedOverTime;
}

/** Decides how each atom is answered: exact entry, roll-up of a finer one, or the backend; keeps what it learns. */
export class MetricEngine {
  readonly entries: EntryList;
  private readonly memory: MemoryTier;
  private readonly environment: EngineEnvironment;
  private readonly counts = { exact: 0, rollup: 0, backend: 0 };
  private readonly series = new ServedSeries();

  constructor(environment: EngineEnvironment) {
    this.environment = environment;
    this.entries = environment.entries;
    this.memory = new MemoryTier(environment.memoryBytes);
    this.entries.whenGone((keys) => {
      for (const key of keys) this.memory.delete(key);
    });
  }

  statistics(): EngineCounts {
    const { exact, rollup, backend } = this.counts;
    return { exact, rollup, misses: backend, served: this.series.overTime() };
  }

  /**
   * Serves atoms in order; those that miss and share a pass over the rows are computed together. Rejects with
   * `AtomOverflow` where one has no exact value.
   */
  async serve(
    atoms: readonly Atom[],
    substitutes: Readonly<Record<string, readonly Atom[]>>,
    context: ServeContext,
  ): Promise<readonly ServedAtom[]> {
    const served = new Map<string, ServedAtom>();
    const missed: { readonly atom: Atom; readonly notCheaper: readonly string[] }[] = [];
    const read: string[] = [];
    for (const atom of atoms) {
      const choices = [atom, ...(substitutes[atom.key] ?? [])];
      const found = (await this.exact(choices, read)) ?? (await this.rolledUp(choices, context, read));
      if (found.ok) served.set(atom.key, found.served);
      else missed.push({ atom, notCheaper: found.reasons });
    }
    await Promise.all(
      groupAtoms(missed.map((each) => each.atom)).map((group) =>
        this.computeGroup(group, missed, served, context, read),
      ),
    );
    this.entries.readTogether(read);
    return atoms.map((atom) => {
      const found = served.get(atom.key);
      if (found === undefined) throw new RangeError(`engine: atom ${atom.key} was not served`);
      return found;
    });
  }

  /** The way an atom would take now, by the entry list alone: no file and no edge map is read. */
  route(choices: readonly Atom[], contradicted: ContradictedEdge): Route {
    for (const atom of choices) {
      const row = this.entries.metric(atom.key);
      if (row !== undefined) return { path: 'exact', entry: row, steps: [], reasons: [] };
    }
    const { routes, met } = this.derivations(choices);
    const [best] = routes;
    if (best === undefined) {
      return { path: 'backend', entry: null, steps: [], reasons: whyBackend(choices, met, contradicted) };
    }
    const { atom, row, derivation } = best;
    const steps = derivation.climbs.flatMap((climb) => climb.steps.map((step) => step.edge));
    const reasons = whyNoCheaper(atom.state, this.cheaperThan(row, met), contradicted);
    return { path: 'rollup', entry: row, steps: [...new Set(steps)], reasons };
  }

  /** The entries from which one of the atoms follows, the cheapest first, and what stands in the way of the others. */
  private derivations(choices: readonly Atom[]): {
    readonly routes: readonly { readonly atom: Atom; readonly row: MetricRow; readonly derivation: Derivation }[];
    readonly met: Obstructed[];
  } {
    const met: Obstructed[] = [];
    const routes: { readonly atom: Atom; readonly row: MetricRow; readonly derivation: Derivation }[] = [];
    for (const atom of choices) {
      if (neverFromEntries(atom).length > 0) continue;
      for (const row of this.entries.withState(atom.stateKey)) {
        const derivation = derive(row, atom);
        if ('obstacle' in derivation) met.push({ row, obstacle: derivation.obstacle });
        else routes.push({ atom, row, derivation });
      }
    }
    routes.sort((a, b) => this.costOf(a.row) - this.costOf(b.row) || (a.row.key < b.row.key ? -1 : 1));
    return { routes, met };
  }

  private costOf(row: MetricRow): number {
    return rollUpMilliseconds(row, this.memory.has(row.key) ? 'memory' : 'file');
  }

  private cheaperThan(row: MetricRow, met: readonly Obstructed[]): readonly Obstructed[] {
    return met.filter((each) => this.costOf(each.row) < this.costOf(row));
  }

  private count(path: ServedAtom['path']): void {
    this.counts[path] += 1;
    this.series.record(path, this.environment.now());
  }

  /** `read` takes in the keys of entries whose access is counted. */
  private async exact(
    choices: readonly Atom[],
    read: string[],
  ): Promise<{ readonly ok: true; readonly served: ServedAtom } | undefined> {
    for (const atom of choices) {
      const started = this.environment.clock();
      const held = await this.held(atom.key);
      if (held === undefined) continue;
      this.count('exact');
      const milliseconds = this.environment.clock() - started;
      this.entries.used(atom.key, milliseconds);
      read.push(atom.key);
      const served: ServedAtom = {
        atom,
        batch: held.batch,
        path: 'exact',
        entry: { row: held.row, tier: held.tier },
        steps: [],
        statement: null,
        rowsScanned: null,
        milliseconds,
        notCheaper: [],
        excess: null,
      };
      return { ok: true, served };
    }
    return undefined;
  }

  /** The cheapest entry from which the atom follows; its result is kept under the atom's own key. */
  private async rolledUp(
    choices: readonly Atom[],
    context: ServeContext,
    read: string[],
  ): Promise<
    { readonly ok: true; readonly served: ServedAtom } | { readonly ok: false; readonly reasons: readonly string[] }
  > {
    const { routes, met } = this.derivations(choices);
    for (const { atom, row, derivation } of routes) {
      const steps = derivation.climbs.flatMap((climb) => climb.steps);
      const maps = await context.edgeMaps(steps, atom.sourceHashes);
      if (maps === undefined) {
        met.push({ row, obstacle: { kind: 'no map' } });
        continue;
      }
      const started = this.environment.clock();
      const held = await this.held(row.key);
      if (held === undefined) {
        met.push({ row, obstacle: { kind: 'unreadable' } });
        continue;
      }
      const { filter, climbs, keys } = derivation;
      const rolled = rollUp(
        {
          batch: held.batch,
          state: atom.state,
          argument: atom.argument,
          inputType: atom.inputType,
          filter,
          climbs,
          keys,
        },
        maps,
      );
      const milliseconds = this.environment.clock() - started;
      this.count('rollup');
      this.entries.used(row.key, milliseconds);
      const batch = this.keep(atom, rolled, {
        derivedFrom: row.key,
        milliseconds: row.computeMilliseconds,
        hinted: context.hinted,
        question: context.question,
      });
      read.push(row.key, atom.key);
      const served: ServedAtom = {
        atom,
        batch,
        path: 'rollup',
        entry: { row: held.row, tier: held.tier },
        steps: [...new Set(steps.map((step) => step.edge))],
        statement: null,
        rowsScanned: null,
        milliseconds,
        notCheaper: whyNoCheaper(atom.state, this.cheaperThan(row, met), context.contradicted),
        excess: null,
      };
      return { ok: true, served };
    }
    return { ok: false, reasons: whyBackend(choices, met, context.contradicted) };
  }

  /** Computes a group's atoms in one pass; each atom is shared with whoever else asks for it meanwhile. */
  private async computeGroup(
    group: AtomGroup,
    missed: readonly { readonly atom: Atom; readonly notCheaper: readonly string[] }[],
    served: Map<string, ServedAtom>,
    context: ServeContext,
    read: string[],
  ): Promise<void> {
    const pass = new SharedPass(group, context);
    await Promise.all(
      group.atoms.map(async (atom) => {
        const notCheaper = missed.find((each) => each.atom.key === atom.key)?.notCheaper ?? [];
        const recheck = async () => {
          await this.entries.lookAgain(atom.key);
          return (await this.exact([atom], read))?.served;
        };
        const compute = async (signal: AbortSignal): Promise<ServedAtom> => {
          // Another tab may have stored it a moment ago.
          const stored = await recheck();
          if (stored !== undefined) return stored;
          signal.throwIfAborted();
          const computed = await pass.result(atom, signal);
          this.count('backend');
          const { statement, rowsScanned, milliseconds } = computed;
          const batch = this.keep(atom, computed.batch, {
            derivedFrom: context.backendName,
            milliseconds,
            hinted: context.hinted,
            question: context.question,
          });
          read.push(atom.key);
          return {
            atom,
            batch,
            path: 'backend',
            entry: null,
            steps: [],
            statement,
            rowsScanned,
            milliseconds,
            notCheaper,
            excess: computed.excess,
          };
        };
        const kept = () => this.entries.written(atom.key);
        // Each atom listens on a signal of its own: a question may have dozens.
        const asked = { compute, recheck, kept, ...(context.signal && { signal: AbortSignal.any([context.signal]) }) };
        served.set(atom.key, await this.environment.flights.run(atom.key, asked));
      }),
    );
  }

  /** Keeps a state in coordinate order, the form that hits are composed from without sorting; returns it so. */
  private keep(
    atom: Atom,
    computed: Batch,
    made: Pick<MetricRow, 'derivedFrom' | 'hinted' | 'question'> & { readonly milliseconds: number },
  ): Batch {
    const batch = inCoordinateOrder(computed, atom.anchor.length);
    if (!atom.memoise) return batch;
    this.memory.set(atom.key, batch);
    this.entries.ingest(atom, batch, made);
    return batch;
  }

  /** The decoded columns of an entry, from memory, else from its file. */
  private async held(
    key: string,
  ): Promise<{ readonly batch: Batch; readonly row: MetricRow; readonly tier: 'memory' | 'file' } | undefined> {
    const row = this.entries.metric(key);
    if (row === undefined) return undefined;
    const remembered = this.memory.get(key);
    if (remembered !== undefined) return { batch: remembered, row, tier: 'memory' };
    const batch = await this.entries.decoded(row, decodeEntry);
    if (batch === undefined) return undefined;
    this.memory.set(key, batch);
    return { batch, row, tier: 'file' };
  }
}

/** One backend pass asked for by several atoms; it is cancelled when every one of them has been. */
class SharedPass {
  private readonly group: AtomGroup;
  private readonly context: ServeContext;
  private controller = new AbortController();
  private running: Promise<ComputedGroup> | undefined;
  private asking = 0;

  constructor(group: AtomGroup, context: ServeContext) {
    this.group = group;
    this.context = context;
  }

  async result(atom: Atom, signal: AbortSignal): Promise<ComputedAtom> {
    this.asking += 1;
    signal.addEventListener('abort', () => {
      this.asking -= 1;
      if (this.asking > 0) return;
      this.controller.abort(signal.reason);
      // Who comes to ask later starts another.
      this.controller = new AbortController();
      this.running = undefined;
    });
    this.running ??= this.context.compute(this.group, this.controller.signal);
    return computedAtom(await this.running, atom);
  }
}

function whyBackend(
  [atom]: readonly Atom[],
  met: readonly Obstructed[],
  contradicted: ContradictedEdge,
): readonly string[] {
  if (atom === undefined) return [];
  const never = neverFromEntries(atom);
  return never.length > 0 ? never : whyNoEntry(atom.state, met, contradicted);
}
