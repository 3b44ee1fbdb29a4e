import { type Column, columnOf, type DictionaryColumn, valueAt } from '../columns/column.ts';
import { toDictionary } from '../columns/dictionary.ts';
import { BOOL, TEXT } from '../columns/logical-type.ts';
import type { Scalar } from '../columns/scalar.ts';
import { evaluate } from '../compose/evaluate.ts';
import type { Expression } from '../operators/expression.ts';
import { isNumberFunction } from '../operators/functions.ts';
import type { DataAPIBackend } from '../protocol/backend.ts';
import { decodeAggregate } from '../protocol/decode-aggregate.ts';
import type { AggregateRequest } from '../protocol/request.ts';
import type { Input } from '../resolution/access.ts';

/** The distinct values of an input over all rows of its table, in any order and form; NULL may be among them. */
export type DistinctValues = (input: Input) => Promise<Column>;

/** Asks for the distinct values of an input of a table. */
export function distinctRequest(table: string, input: Input): AggregateRequest {
  return { table, inputs: [input], keys: [input.name], values: [], filter: null, states: [] };
}

/** Distinct values as a backend finds them in a loaded table. */
export function distinctFrom(backend: Pick<DataAPIBackend, 'aggregate'>, id: string, table: string): DistinctValues {
  return async (input) => {
    const request = distinctRequest(table, input);
    return columnOf(decodeAggregate(request, await backend.aggregate(id, request)), input.name);
  };
}

/**
 * The request with no text or date function left: a backend need not have them, and all have one meaning. The largest
 * expressions that hold one and read one input are evaluated here, once a distinct value, and reach the backend as the
 * set of values where they are TRUE, or as the table of their values. What reads no input becomes a literal. The same
 * object comes back where nothing is to do. Throws `RangeError` where a function reads several inputs: a defect of the
 * caller, since resolution refuses it.
 */
export async function loweredRequest(
  request: AggregateRequest,
  distinctValues: DistinctValues,
): Promise<AggregateRequest> {
  const names = tabulatedInputs(request);
  if (names === null) return request;
  const domains = new Map<string, DictionaryColumn>();
  const found = [...names].map(async (name) => {
    domains.set(name, domainOf(await distinctValues(inputNamed(request, name))));
  });
  await Promise.all(found);
  return withExpressions(request, (expression, name) => {
    const domain = domains.get(name);
    if (domain === undefined) throw new RangeError(`lowered: the values of ${name} were not asked for`);
    return tabulated(expression, name, domain);
  });
}

/**
 * The request as it can be written down without reading anything: what holds a text or date function stands as the set or
 * table of some values, `…` for each, and the inputs whose values these would be are named.
 */
export function outlinedRequest(request: AggregateRequest): {
  readonly request: AggregateRequest;
  readonly tabulated: readonly string[];
} {
  const names = tabulatedInputs(request);
  if (names === null) return { request, tabulated: [] };
  const outlined = withExpressions(request, (expression, name) => {
    const column = { kind: 'column', name, type: TEXT } as const;
    return expression.type.kind === 'bool'
      ? { kind: 'in', operand: column, values: ['…'], type: BOOL }
      : { kind: 'map', operand: column, entries: [{ from: '…', to: null }], type: expression.type };
  });
  return { request: outlined, tabulated: [...names] };
}

/** The inputs whose distinct values are needed; null: the request holds no text or date function. */
export function tabulatedInputs(request: AggregateRequest): ReadonlySet<string> | null {
  const names = new Set<string>();
  const lowered = withExpressions(request, (expression, name) => {
    names.add(name);
    return expression;
  });
  return lowered === request ? null : names;
}

/** What stands for an expression that holds such a function and reads one input. */
type Tabulate = (expression: Expression, input: string) => Expression;

function withExpressions(request: AggregateRequest, tabulate: Tabulate): AggregateRequest {
  const readings = new Readings();
  const folded = new Map<Expression, Expression>();
  const lowered = new Map<Expression, Expression>();
  let isLowered = false;
  const lower = (expression: Expression): Expression => {
    if (!readings.of(expression).holdsCall) return expression;
    isLowered = true;
    return withTables(withoutConstants(expression, readings, folded), readings, lowered, tabulate);
  };
  const { filter } = request;
  const result = {
    ...request,
    filter: filter === null ? null : lower(filter),
    values: request.values.map((value) => ({ ...value, expression: lower(value.expression) })),
    states: request.states.map((state) => (state.input === null ? state : { ...state, input: lower(state.input) })),
  };
  return isLowered ? result : request;
}

/** What an expression reads, and whether a text or date function is in it. */
interface Reading {
  readonly inputs: ReadonlySet<string>;
  readonly holdsCall: boolean;
}

/** Readings of expressions; one that stands in several places is read once. */
class Readings {
  readonly #known = new Map<Expression, Reading>();

  of(expression: Expression): Reading {
    const known = this.#known.get(expression);
    if (known !== undefined) return known;
    const inputs = new Set<string>();
    let holdsCall = isTableCall(expression);
    if (expression.kind === 'column') inputs.add(expression.name);
    withParts(expression, (part) => {
      const reading = this.of(part);
      for (const name of reading.inputs) inputs.add(name);
      if (reading.holdsCall) holdsCall = true;
      return part;
    });
    const reading = { inputs, holdsCall };
    this.#known.set(expression, reading);
    return reading;
  }
}

function isTableCall(expression: Expression): boolean {
  return expression.kind === 'call' && !isNumberFunction(expression.function);
}

/** What holds a function and reads no input, as a literal. */
function withoutConstants(expression: Expression, readings: Readings, known: Map<Expression, Expression>): Expression {
  const { inputs, holdsCall } = readings.of(expression);
  if (!holdsCall) return expression;
  const before = known.get(expression);
  if (before !== undefined) return before;
  const folded: Expression =
    inputs.size === 0
      ? { kind: 'literal', value: constantOf(expression), type: expression.type }
      : withParts(expression, (part) => withoutConstants(part, readings, known));
  known.set(expression, folded);
  return folded;
}

function withTables(
  expression: Expression,
  readings: Readings,
  known: Map<Expression, Expression>,
  tabulate: Tabulate,
): Expression {
  const { inputs, holdsCall } = readings.of(expression);
  if (!holdsCall) return expression;
  const before = known.get(expression);
  if (before !== undefined) return before;
  const [name, ...others] = inputs;
  if (name !== undefined && others.length > 0 && expression.kind === 'call' && isTableCall(expression)) {
    throw new RangeError(
      `lowered: ${expression.function} reads ${[...inputs].join(', ')}; a text or date function of a row reads one input`,
    );
  }
  const lowered =
    name !== undefined && others.length === 0
      ? tabulate(expression, name)
      : withParts(expression, (part) => withTables(part, readings, known, tabulate));
  known.set(expression, lowered);
  return lowered;
}

/** The expression with each of its parts replaced. */
function withParts(expression: Expression, replace: (part: Expression) => Expression): Expression {
  switch (expression.kind) {
    case 'column':
    case 'literal':
      return expression;
    case 'map':
      // Its operand is a column, which nothing replaces; it is told all the same.
      replace(expression.operand);
      return expression;
    case 'negate':
    case 'not':
    case 'isNull':
    case 'in':
      return { ...expression, operand: replace(expression.operand) };
    case 'arithmetic':
    case 'compare':
      return { ...expression, left: replace(expression.left), right: replace(expression.right) };
    case 'and':
    case 'or':
      return { ...expression, operands: expression.operands.map(replace) };
    case 'call':
      return { ...expression, args: expression.args.map(replace) };
    case 'case': {
      const branches = expression.branches.map((branch) => {
        const when = replace(branch.when);
        const then = replace(branch.then);
        return { when, then };
      });
      const { otherwise } = expression;
      return { ...expression, branches, otherwise: otherwise === null ? null : replace(otherwise) };
    }
  }
}

/** NULL, then each distinct value, one a row. */
function domainOf(column: Column): DictionaryColumn {
  const { type, values } = toDictionary(column);
  return {
    form: 'dictionary',
    type,
    values,
    codes: Int32Array.from({ length: values.length + 1 }, (_, row) => row - 1),
  };
}

function constantOf(expression: Expression): Scalar | null {
  const noColumn = (name: string): Column => {
    throw new RangeError(`lowered: ${name} stands in a constant`);
  };
  return valueAt(evaluate(expression, noColumn, 1), 0);
}

/** The expression over its one input, by what it is of each value of the domain. */
function tabulated(expression: Expression, name: string, domain: DictionaryColumn): Expression {
  const results = evaluate(expression, () => domain, domain.codes.length);
  const column = { kind: 'column', name, type: domain.type } as const;
  const entries = Array.from(domain.codes, (_, row) => ({ from: valueAt(domain, row), to: valueAt(results, row) }));
  if (expression.type.kind === 'bool') return membership(column, entries);
  return {
    kind: 'map',
    operand: column,
    // What is not listed is NULL.
    entries: entries.filter(({ to }) => to !== null),
    type: expression.type,
  };
}

/**
 * TRUE, FALSE and unknown by sets of values: `x IN trues` is unknown only where x is NULL, so unknown values are added as
 * `x IN unknowns AND NULL`, and NULL itself as `x IS NULL OR …` or `x IS NOT NULL AND …` where it is TRUE or FALSE.
 */
function membership(
  column: Extract<Expression, { kind: 'column' }>,
  entries: readonly { readonly from: Scalar | null; readonly to: Scalar | null }[],
): Expression {
  const valuesWhere = (wanted: Scalar | null) =>
    entries.flatMap(({ from, to }) => (from !== null && to === wanted ? [from] : []));
  const isIn = (values: readonly Scalar[]): Expression => ({ kind: 'in', operand: column, values, type: BOOL });
  const not = (operand: Expression): Expression => ({ kind: 'not', operand, type: BOOL });
  const both = (...operands: Expression[]): Expression => ({ kind: 'and', operands, type: BOOL });
  const either = (...operands: Expression[]): Expression => ({ kind: 'or', operands, type: BOOL });
  const isNull: Expression = { kind: 'isNull', operand: column, type: BOOL };
  const [trues, falses, unknowns] = [valuesWhere(true), valuesWhere(false), valuesWhere(null)];
  // The shorter list; with unknown values, only that of the trues says which they are.
  const isFew = trues.length <= falses.length || unknowns.length > 0;
  const known = isFew ? isIn(trues) : not(isIn(falses));
  const unknown: Expression = { kind: 'literal', value: null, type: BOOL };
  const ofValues = unknowns.length === 0 ? known : either(known, both(isIn(unknowns), unknown));
  switch (entries.find(({ from }) => from === null)?.to) {
    case true:
      return either(isNull, ofValues);
    case false:
      return both(not(isNull), ofValues);
    default:
      return ofValues;
  }
}

function inputNamed(request: AggregateRequest, name: string): Input {
  const input = request.inputs.find((candidate) => candidate.name === name);
  if (input === undefined) throw new RangeError(`lowered: ${name} is no input of the request`);
  return input;
}
