import type { Canonical } from '../canon/canonical-json.ts';
import { fingerprint } from '../canon/fingerprint.ts';
import { INT64 } from '../columns/logical-type.ts';
import type { StateUse } from '../operators/catalog.ts';
import { columnsOf, type Expression } from '../operators/expression.ts';
import { isMergeable, type StateArgument } from '../operators/state.ts';
import type { Access, Input, Step } from '../resolution/access.ts';
import type { Facts } from '../resolution/facts.ts';
import type { FilterTerm, Membership, Reading } from '../resolution/query.ts';
import { canonicalExpression } from '../resolution/where.ts';
import type { Atom } from './atom.ts';

/** What an atom is made from, besides its reading. */
export interface AtomRequest {
  readonly family: string | null;
  readonly use: StateUse;
  /** Sorted. */
  readonly anchor: readonly string[];
  readonly filter: readonly FilterTerm[];
  /** Dimension families that a declared block is crossed along on purpose. */
  readonly blockedAlong: readonly string[];
}

/** One state of a reading at an anchor under a filter, with its keys. `keys`: of the query's filters, as far as they are known. */
export function makeAtom(facts: Facts, reading: Reading, request: AtomRequest, keys: FilterKeys): Atom {
  const { family, use, anchor } = request;
  const { state, argument, input } = use;
  const { memberships } = reading;
  const base = groupedBy(anchor, memberships);
  const order = argument?.kind === 'period' ? [argument.order] : [];
  const always = new Set([...namesIn([input, reading.scope]), ...order]);
  const used = new Set([...always, ...base, ...request.filter.flatMap((term) => term.names)]);
  const inputs = reading.inputs.filter((each) => used.has(each.name));
  const hashes = new Hashes(facts);
  const filter = request.filter.map((term) => keys.read(term, inputs, hashes));
  const stateIdentity = {
    source: reading.source,
    hash: hashes.of(reading.source),
    input: input && canonicalExpression(input),
    state,
    argument: argument && canonicalArgument(argument),
    type: { ...(input?.type ?? INT64) },
    scope: reading.scope && canonicalExpression(reading.scope),
    inputs: accesses(
      inputs.filter((each) => always.has(each.name)),
      hashes,
    ),
    boundary: reading.boundary,
  };
  const stateKey = fingerprint('state', stateIdentity);
  const key = fingerprint('entry', {
    stateKey,
    anchor: accesses(
      inputs.filter((each) => base.includes(each.name)),
      hashes,
    ),
    // Members are grouped by their children, whether or not these stand in the anchor too.
    memberships: memberships.map((each) => ({ ...canonicalMembership(each, hashes), anchor })),
    filter: filter.map((term) => term.key).sort(),
  });
  return {
    key,
    stateKey,
    family,
    schema: reading.schema,
    source: reading.source,
    state,
    argument,
    input,
    inputType: input?.type ?? null,
    anchor,
    memberships,
    base,
    filter,
    scope: reading.scope,
    inputs,
    boundary: reading.boundary,
    sourceHashes: hashes.used,
    conditions: reading.conditions,
    rollable: isMergeable(state) && memberships.length === 0,
    blockedAlong: request.blockedAlong,
    memoise: request.blockedAlong.length === 0 && memberships.length === 0,
    sourceRows: reading.rows,
  };
}

/** The anchor with each membership's child in the place of its dimension; sorted, each once. */
function groupedBy(anchor: readonly string[], memberships: readonly Membership[]): readonly string[] {
  const children = new Map(memberships.map(({ dimension, child }) => [dimension, child]));
  return [...new Set(anchor.map((name) => children.get(name) ?? name))].sort();
}

function canonicalArgument(argument: StateArgument): Canonical {
  return argument.kind === 'quantile' ? { q: argument.q } : { ...argument, orderType: { ...argument.orderType } };
}

function canonicalMembership(
  { dimension, child, source, childColumn, parentColumn, steps }: Membership,
  hashes: Hashes,
) {
  const climbed = steps.map((step) => canonicalStep(step, hashes));
  return { dimension, child, bridge: hashes.of(source), childColumn, parentColumn, steps: climbed };
}

/**
 * Terms under keys that also tell how their names are reached: the same words over another lookup keep other rows. Atoms that
 * reach them alike share them.
 */
export class FilterKeys {
  private readonly known = new Map<FilterTerm, { readonly read: readonly Access[]; readonly key: string }[]>();

  read(term: FilterTerm, inputs: readonly Input[], hashes: Hashes): FilterTerm {
    const named = inputs.filter((each) => term.names.includes(each.name));
    const read = named.map((each) => each.access);
    const reached = accesses(named, hashes);
    const ofTerm = this.known.get(term) ?? [];
    this.known.set(term, ofTerm);
    const before = ofTerm.find((each) => each.read.every((access, i) => access === read[i]));
    const key = before?.key ?? fingerprint('state', { term: term.key, inputs: reached });
    if (before === undefined) ofTerm.push({ read, key });
    return { ...term, key };
  }
}

/** Looks up content hashes and remembers which were used. */
class Hashes {
  readonly used: Record<string, string> = {};
  private readonly facts: Facts;

  constructor(facts: Facts) {
    this.facts = facts;
  }

  of(source: string): string {
    const hash = this.facts.snapshots.get(source)?.contentHash;
    if (hash === undefined) throw new RangeError(`plan: source ${source} has no snapshot`);
    this.used[source] = hash;
    return hash;
  }
}

function namesIn(expressions: readonly (Expression | null)[]): ReadonlySet<string> {
  return new Set(expressions.flatMap((each) => (each === null ? [] : columnsOf(each))));
}

/** Accesses as canonical data: names, physical columns, and each climb with the hash of its lookup. */
function accesses(inputs: readonly Input[], hashes: Hashes): Canonical {
  return inputs.map(({ name, type, access }) => ({ name, type: { ...type }, access: canonicalAccess(access, hashes) }));
}

function canonicalAccess(access: Access, hashes: Hashes): Canonical {
  return {
    column: access.column,
    type: { ...access.columnType },
    steps: access.steps.map((step) => canonicalStep(step, hashes)),
  };
}

function canonicalStep(step: Step, hashes: Hashes): Canonical {
  return step.kind === 'calendar'
    ? { from: step.from, to: step.to }
    : { lookup: hashes.of(step.source), child: step.childColumn, parent: step.parentColumn };
}
