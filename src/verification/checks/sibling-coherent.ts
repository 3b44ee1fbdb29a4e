import { type ConditionOf, i4 } from '../../collection/conditions.ts';
import type { RootFamily, SemanticManifest } from '../../collection/manifest.ts';
import type { LogicalType } from '../../columns/logical-type.ts';
import { type OperatorDefinition, operatorNamed } from '../../operators/catalog.ts';
import { isBackendState } from '../../operators/state.ts';
import { columnsRead, sourcesRead } from '../../planning/required-columns.ts';
import { attestSibling, type SiblingFinding } from '../../protocol/attest-sibling.ts';
import type { AggregateRequest } from '../../protocol/request.ts';
import { requireLookup, schemaNamed } from '../../resolution/edge-step.ts';
import { statusOf } from '../../resolution/facts.ts';
import type { Reading } from '../../resolution/query.ts';
import { type Candidate, readFrom } from '../../resolution/readings.ts';
import type { Check, Judgement } from '../check.ts';
import { type Examples, NO_EXAMPLES, printedCell } from '../examples.ts';
import { familyCandidates, placeAt, supposingCoherence } from '../family-candidates.ts';
import { UNREACHED, unreached } from '../unreached.ts';
import type { Scene } from '../verification-context.ts';
import { findPairs } from './edge-holds.ts';

/**
 * I10: at the sibling's grain, the sibling's values are the root's, key by key, each read as an answer would read it:
 * under the collection's filter, the root's condition and the root's stability boundary.
 */
export function siblingCoherent(condition: ConditionOf<'I10'>, scene: Scene): Check {
  const { manifest } = scene;
  const { family, operator } = declared(manifest, condition);
  const candidates = familyCandidates(manifest, family, operator.name);
  const anchor = schemaNamed(manifest, condition.sibling).grain;
  const place = placeAt({ manifest, facts: supposingCoherence(scene.facts, family) }, anchor);
  const read = (of: (candidate: Candidate) => boolean) => {
    const candidate = candidates.find(of);
    if (candidate === undefined) {
      throw new RangeError(
        `${condition.sibling} does not stand in for ${operator.name} of ${family.name}: nothing to check`,
      );
    }
    return readFrom(place, candidate);
  };
  const rootRead = read((candidate) => candidate.sibling === null);
  const siblingRead = read((candidate) => candidate.sibling !== null && candidate.schema.name === condition.sibling);
  if (!rootRead.ok || !siblingRead.ok) {
    const sources = [condition.root, condition.sibling].map((name) => schemaNamed(manifest, name).source);
    return unreached(sources, scene.facts);
  }
  const root = valuesAt(anchor, rootRead.reading);
  const sibling = valuesAt(anchor, siblingRead.reading);
  const requests = [root, sibling];
  return {
    sources: sourcesRead(requests),
    columns: columnsRead(requests),
    judge: async (context) => {
      // What is climbed along an edge that does not hold is no value to compare with.
      for (const edge of untestedEdges(scene, requests)) {
        if (!(await findPairs(context, requireLookup(manifest, edge))).holds) return UNREACHED;
      }
      const types = [...anchor.map((name) => inputType(root, name)), operator.result(family.type)];
      return judgeSibling(await attestSibling(context.backend, condition.key, root, sibling), anchor, types);
    },
  };
}

/** Counts `keys` on either side, and of them the `differing`, `only_root` and `only_sibling`. `types`: keys, value. */
export function judgeSibling(
  finding: SiblingFinding,
  anchor: readonly string[],
  types: readonly LogicalType[],
): Judgement {
  const { coordinate_count, mismatch_count, root_only_count, sibling_only_count, holds } = finding;
  const counts = {
    keys: coordinate_count,
    differing: mismatch_count,
    only_root: root_only_count,
    only_sibling: sibling_only_count,
  };
  return { holds, counts, examples: holds ? NO_EXAMPLES : examplesOf(finding, anchor, types) };
}

function examplesOf({ examples }: SiblingFinding, anchor: readonly string[], types: readonly LogicalType[]): Examples {
  const valueType = types[anchor.length];
  if (valueType === undefined)
    throw new RangeError(`sibling: ${types.length} types for ${anchor.length} keys and a value`);
  const rows = examples.map(({ coordinate, root, sibling }) => [
    ...coordinate.map((value, position) => printedCell(value, types[position] ?? valueType)),
    printedCell(root, valueType),
    printedCell(sibling, valueType),
  ]);
  return { columns: [...anchor, 'root', 'sibling'], rows };
}

function declared(
  manifest: SemanticManifest,
  { family: name, root, sibling, operator }: ConditionOf<'I10'>,
): { readonly family: RootFamily; readonly operator: OperatorDefinition } {
  const definition = operatorNamed(operator);
  for (const family of manifest.metricFamilies) {
    if (definition === undefined || family.kind !== 'root' || family.name !== name || family.root.schema !== root)
      continue;
    const held = family.siblings.some((each) => each.schema === sibling && each.operator === definition.name);
    if (held) return { family, operator: definition };
  }
  throw new RangeError(`manifest: ${name} of ${root} has no sibling ${sibling} under ${operator}`);
}

/** The operator's values at the anchor, as a request; siblings are of operators with one state that a backend computes. */
function valuesAt(anchor: readonly string[], reading: Reading): AggregateRequest {
  return {
    table: reading.source,
    inputs: reading.inputs,
    keys: anchor,
    values: [],
    filter: reading.scope,
    states: reading.states.flatMap(({ state, input }) =>
      isBackendState(state) ? [{ name: '#value', state, input, inputType: input?.type ?? null }] : [],
    ),
  };
}

function untestedEdges({ facts }: Scene, requests: readonly AggregateRequest[]): ReadonlySet<string> {
  const steps = requests.flatMap(({ inputs }) => inputs.flatMap(({ access }) => access.steps));
  const edges = steps.flatMap((step) => (step.kind === 'lookup' ? [step.edge] : []));
  return new Set(edges.filter((id) => statusOf(facts, i4(id)) === 'untested'));
}

function inputType({ inputs }: AggregateRequest, name: string): LogicalType {
  const input = inputs.find((each) => each.name === name);
  if (input === undefined) throw new RangeError(`sibling: key ${name} is no input`);
  return input.type;
}
