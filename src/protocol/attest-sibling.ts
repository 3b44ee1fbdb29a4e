import { canonicalJson } from '../canon/canonical-json.ts';
import type { Batch, Column } from '../columns/column.ts';
import { columnOf, valueAt } from '../columns/column.ts';
import { BOOL, DOUBLE, exactDigits, type LogicalType } from '../columns/logical-type.ts';
import { compareScalars, type Scalar, unitsToDouble } from '../columns/scalar.ts';
import { sameDouble } from '../columns/tolerance.ts';
import { STATES } from '../operators/state.ts';
import type { DataAPIBackend } from './backend.ts';
import { decodeAggregate, stateColumnName } from './decode-aggregate.ts';
import type { AggregateRequest, StateRequest } from './request.ts';

const EXAMPLE_LIMIT = 5;

/** A coordinate at which a pre-aggregate and its root differ. `root_only` and `sibling_only` have no other side. */
export interface SiblingExample {
  readonly kind: 'value' | 'root_only' | 'sibling_only';
  /** Key values in the order of the request's keys. */
  readonly coordinate: readonly (Scalar | null)[];
  readonly root: Scalar | null;
  readonly sibling: Scalar | null;
}

/** What the data say of a pre-aggregate against its root. */
export interface SiblingFinding {
  /** Coordinates on either side. */
  readonly coordinate_count: number;
  /** Coordinates on both sides whose values differ. */
  readonly mismatch_count: number;
  readonly root_only_count: number;
  readonly sibling_only_count: number;
  readonly holds: boolean;
  /** At most 5, in coordinate order, NULL last. */
  readonly examples: readonly SiblingExample[];
}

/** One side: its request with the same keys as the other's, and one state of one column. */
interface Side {
  readonly batch: Batch;
  readonly keys: readonly string[];
  readonly value: Column;
}

/**
 * Compares a pre-aggregate with its root at one anchor, key by key. `root` and `sibling` have the same keys, in the same
 * order, and one state of one column each (e.g. `sum` of the root's column, `sum` of the sibling's). Exact numbers, dates
 * and text must be equal; doubles within 1e-9 relative + 1e-12 × Σ|x|. Throws `RangeError` on other requests.
 */
export async function attestSibling(
  backend: Pick<DataAPIBackend, 'aggregate'>,
  id: string,
  root: AggregateRequest,
  sibling: AggregateRequest,
): Promise<SiblingFinding> {
  const rootSide = await readSide(backend, id, root);
  const siblingSide = await readSide(backend, id, sibling);
  const magnitudes = await rootMagnitudes(backend, id, root, rootSide);
  const siblingRows = rowsByCoordinate(siblingSide);
  const examples: SiblingExample[] = [];
  let [mismatches, rootOnly, matched] = [0, 0, 0];
  for (const [coordinate, row] of rowsByCoordinate(rootSide)) {
    const value = valueAt(rootSide.value, row);
    const other = siblingRows.get(coordinate);
    if (other === undefined) {
      rootOnly++;
      examples.push({ kind: 'root_only', coordinate: coordinateAt(rootSide, row), root: value, sibling: null });
      continue;
    }
    matched++;
    siblingRows.delete(coordinate);
    const siblingValue = valueAt(siblingSide.value, other);
    if (!isEqual(value, rootSide.value.type, siblingValue, siblingSide.value.type, magnitudes.get(coordinate) ?? 0)) {
      mismatches++;
      examples.push({ kind: 'value', coordinate: coordinateAt(rootSide, row), root: value, sibling: siblingValue });
    }
  }
  for (const row of siblingRows.values()) {
    const value = valueAt(siblingSide.value, row);
    examples.push({ kind: 'sibling_only', coordinate: coordinateAt(siblingSide, row), root: null, sibling: value });
  }
  return {
    coordinate_count: matched + rootOnly + siblingRows.size,
    mismatch_count: mismatches,
    root_only_count: rootOnly,
    sibling_only_count: siblingRows.size,
    holds: examples.length === 0,
    examples: examples.sort(byCoordinate).slice(0, EXAMPLE_LIMIT),
  };
}

async function readSide(
  backend: Pick<DataAPIBackend, 'aggregate'>,
  id: string,
  request: AggregateRequest,
): Promise<Side> {
  const state = onlyState(request);
  const columns = STATES[state.state].columns(state.inputType ?? DOUBLE, null);
  const column = columns[0];
  if (column === undefined || columns.length > 1) {
    throw new RangeError(`sibling: state ${state.state} has ${columns.length} columns, and one is compared`);
  }
  const batch = decodeAggregate(request, await backend.aggregate(id, request));
  return { batch, keys: request.keys, value: columnOf(batch, stateColumnName(state, column.name)) };
}

function onlyState(request: AggregateRequest): StateRequest {
  const [state, ...others] = request.states;
  if (state === undefined || others.length > 0) {
    throw new RangeError(`sibling: a side asks for ${request.states.length} states, and one is compared`);
  }
  return state;
}

/** Σ|x| by coordinate for sums of doubles: the sum less twice the sum of the negative rows. Empty for the rest. */
async function rootMagnitudes(
  backend: Pick<DataAPIBackend, 'aggregate'>,
  id: string,
  root: AggregateRequest,
  side: Side,
): Promise<ReadonlyMap<string, number>> {
  const { state, input, inputType } = onlyState(root);
  const magnitudes = new Map<string, number>();
  if (state !== 'sum' || input === null || inputType?.kind !== 'double') return magnitudes;
  const negative = {
    kind: 'compare',
    operator: '<',
    left: input,
    right: { kind: 'literal', value: 0, type: DOUBLE },
    type: BOOL,
  } as const;
  const filter =
    root.filter === null ? negative : ({ kind: 'and', operands: [root.filter, negative], type: BOOL } as const);
  const negatives = await readSide(backend, id, { ...root, filter });
  for (const [coordinate, row] of rowsByCoordinate(side)) {
    magnitudes.set(coordinate, Number(valueAt(side.value, row) ?? 0));
  }
  for (const [coordinate, row] of rowsByCoordinate(negatives)) {
    const total = magnitudes.get(coordinate) ?? 0;
    magnitudes.set(coordinate, total - 2 * Number(valueAt(negatives.value, row) ?? 0));
  }
  return magnitudes;
}

function rowsByCoordinate(side: Side): Map<string, number> {
  const rows = new Map<string, number>();
  for (let row = 0; row < side.batch.rowCount; row++) rows.set(canonicalJson(coordinateAt(side, row)), row);
  return rows;
}

function coordinateAt(side: Side, row: number): readonly (Scalar | null)[] {
  return side.keys.map((key) => valueAt(columnOf(side.batch, key), row));
}

function isEqual(
  a: Scalar | null,
  aType: LogicalType,
  b: Scalar | null,
  bType: LogicalType,
  magnitude: number,
): boolean {
  if (a === null || b === null) return a === b;
  const aDigits = exactDigits(aType);
  const bDigits = exactDigits(bType);
  if (isNumber(a) && aDigits !== undefined && isNumber(b) && bDigits !== undefined) {
    const digits = Math.max(aDigits, bDigits);
    return rescaled(a, digits - aDigits) === rescaled(b, digits - bDigits);
  }
  const aDouble = isNumber(a) ? unitsToDouble(a, aDigits ?? 0) : undefined;
  const bDouble = isNumber(b) ? unitsToDouble(b, bDigits ?? 0) : undefined;
  if (aDouble === undefined || bDouble === undefined || aType.kind === 'date') return a === b;
  return sameDouble(aDouble, bDouble, magnitude);
}

function isNumber(value: Scalar): value is number | bigint {
  return typeof value === 'number' || typeof value === 'bigint';
}

function rescaled(units: number | bigint, digits: number): bigint {
  return BigInt(units) * 10n ** BigInt(digits);
}

function byCoordinate(a: SiblingExample, b: SiblingExample): number {
  for (const [position, left] of a.coordinate.entries()) {
    const right = b.coordinate[position] ?? null;
    if (left === null || right === null) {
      if (left !== right) return left === null ? 1 : -1;
      continue;
    }
    const order = compareScalars(left, right);
    if (order !== 0) return order;
  }
  return 0;
}
