import { OPERATORS, type OperatorName } from '../../operators/catalog.ts';
import type { DataAPIBackend } from '../../protocol/backend.ts';
import type { ParityDeviation } from './deviation.ts';
import { deviationInExpressions } from './expression-probe.ts';
import { deviationInRows, deviationInStates, deviationOverNothing } from './operator-probe.ts';
import { loadRequest, type Probe, TABLE } from './parity-table.ts';
import { VECTORS, type VectorSet } from './vectors.ts';

export type { ParityDeviation } from './deviation.ts';

/**
 * `probed` operators of the `total` that the engine binds gave every answer. Where there is a deviation, an operator or a
 * row expression gave another.
 */
export interface ParityReport {
  readonly probed: number;
  readonly total: number;
  readonly deviation: ParityDeviation | null;
}

/**
 * Runs the golden vectors through every operator that the engine binds and every row expression, up to the first
 * deviation. What is compared are the states that the engine gives, and the rows of those that are folded from rows:
 * what is made of them is made once, for all engines alike.
 */
export async function probeParity(
  backend: DataAPIBackend,
  vectors: readonly VectorSet[] = VECTORS,
): Promise<ParityReport> {
  const bound = (await backend.operatorRegistry()).operators.map(({ operator }) => operator);
  const probes = vectors.map((set, place): Probe => {
    const operators = bound.filter((operator) => OPERATORS[operator].accepts.includes(set.inputType.kind));
    return { set, operators, name: (column) => `${column}${place}` };
  });
  const probed = new Set<OperatorName>();
  await backend.load(loadRequest(probes));
  try {
    const deviation = await firstDeviation(backend, probes, probed);
    const passed = [...probed].filter((operator) => operator !== deviation?.operator).length;
    if (deviation !== undefined) return { probed: passed, total: bound.length, deviation };
  } finally {
    await backend.drop(TABLE);
  }
  const missing = bound.find((operator) => !probed.has(operator));
  return {
    probed: probed.size,
    total: bound.length,
    // An operator without a vector has not passed.
    deviation: missing === undefined ? null : { operator: missing, input: 'none', expected: 'a vector', found: 'none' },
  };
}

async function firstDeviation(
  backend: DataAPIBackend,
  probes: readonly Probe[],
  probed: Set<OperatorName>,
): Promise<ParityDeviation | undefined> {
  for (const probe of probes) {
    const deviation =
      (await deviationInStates(backend, probe, probed)) ??
      (await deviationInRows(backend, probe, 'values', probed)) ??
      (await deviationInRows(backend, probe, 'periods', probed));
    if (deviation !== undefined) return deviation;
  }
  return (await deviationInExpressions(backend)) ?? (await deviationOverNothing(backend, probes));
}
