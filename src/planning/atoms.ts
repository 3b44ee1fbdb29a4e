import type { Canonical } from '../canon/canonical-json.ts';
import { fingerprint } from '../canon/fingerprint.ts';
import { INT64, type LogicalType } from '../columns/logical-type.ts';
import { columnsOf, type Expression } from '../operators/expression.ts';
import { isMergeable, type StateName } from '../operators/state.ts';
import type { Access, Input, Step } from '../resolution/access.ts';
import type { Facts } from '../resolution/facts.ts';
import type { FilterTerm, Reading } from '../resolution/query.ts';
import { canonicalExpression } from '../resolution/where.ts';
import type { Atom } from './atom.ts';

/** What an atom is made from, besides its reading. */
export interface AtomRequest {
  readonly family: string | null;
  readonly state: StateName;
  readonly inputType: LogicalType | null;
  /** Sorted. */
  readonly anchor: readonly string[];
  readonly filter: readonly FilterTerm[];
  readonly memoise: boolean;
}

/** One state of a reading at an anchor under a filter, with its keys. */
export function makeAtom(facts: Facts, reading: Reading, request: AtomRequest): Atom {
  const { family, state, inputType, anchor, memoise } = request;
  const input = state === 'rows' || state === 'coordinates' ? null : reading.input;
  const always = namesIn([input, reading.scope]);
  const used = new Set([...always, ...anchor, ...request.filter.flatMap((term) => term.names)]);
  const inputs = reading.inputs.filter((each) => used.has(each.name));
  const hashes = new Hashes(facts);
  const filter = request.filter.map((term) => readFilter(term, inputs, hashes));
  const stateIdentity = {
    source: reading.source,
    hash: hashes.of(reading.source),
    input: input && canonicalExpression(input),
    state,
    type: { ...(inputType ?? INT64) },
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
      inputs.filter((each) => anchor.includes(each.name)),
      hashes,
    ),
    filter: filter.map((term) => term.key).sort(),
  });
  return {
    key,
    stateKey,
    family,
    schema: reading.schema,
    source: reading.source,
    state,
    input,
    inputType: input === null ? null : inputType,
    anchor,
    filter,
    scope: reading.scope,
    inputs,
    boundary: reading.boundary,
    sourceHashes: hashes.used,
    conditions: reading.conditions,
    rollable: isMergeable(state),
    memoise,
    sourceRows: reading.rows,
  };
}

/** A term under a key that also tells how its names are reached: the same words over another lookup keep other rows. */
function readFilter(term: FilterTerm, inputs: readonly Input[], hashes: Hashes): FilterTerm {
  const read = inputs.filter((each) => term.names.includes(each.name));
  return { ...term, key: fingerprint('state', { term: term.key, inputs: accesses(read, hashes) }) };
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
