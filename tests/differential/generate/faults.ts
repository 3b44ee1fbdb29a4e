import { callOf, type Expr, integerOf, nameOf, textOf } from '../expr.ts';
import { isNumeric } from '../logical-type.ts';
import { type Item, outputName, type Question } from '../question.ts';
import type { Random } from '../random.ts';
import type { World } from '../world.ts';

/** A question with one thing wrong, and the code that it is refused with. */
export interface Faulty {
  readonly question: Question;
  readonly code: string;
}

const NOWHERE = 'nowhere to be found';

/** Makes one thing of a question wrong; null where the thing does not occur. */
export function withFault(random: Random, world: World, question: Question): Faulty | null {
  const { items, anchor, where, order } = question;
  const added = (expr: Expr, code: string, alias: string | null = 'wrong'): Faulty => ({
    question: { ...question, items: [...items, { expr, alias }] },
    code,
  });
  const filtered = (term: Expr, code: string): Faulty => ({
    question: { ...question, where: where === null ? term : { kind: 'and', operands: [where, term] } },
    code,
  });
  const families = world.families.map(({ name }) => name);
  const named = [...world.dimensions, ...world.attributes];
  const makers: readonly (() => Faulty | null)[] = [
    () => added({ kind: 'name', name: NOWHERE }, 'UNKNOWN_NAME'),
    () => filtered(compared(NOWHERE), 'UNKNOWN_NAME'),
    () => (families.length === 0 ? null : filtered(compared(random.pick(families)), 'FAMILY_IN_WHERE')),
    () => ({
      question: { ...question, order: [...order, { name: NOWHERE, descending: false }] },
      code: 'NOT_AN_OUTPUT_COLUMN',
    }),
    () => ({ question: { ...question, having: compared(NOWHERE) }, code: 'NOT_AN_OUTPUT_COLUMN' }),
    () => ({ question: { ...question, limit: { count: 3, per: [NOWHERE] } }, code: 'PER_NOT_IN_ANCHOR' }),
    () => unordered(question),
    () => twice(items, question),
    () =>
      anchor.length === 0
        ? null
        : { question: { ...question, anchor: [...anchor, ...anchor.slice(0, 1)] }, code: 'NAME_COLLISION' },
    () => added({ kind: 'arithmetic', sign: '+', left: one, right: one }, 'ALIAS_REQUIRED', null),
    () => {
      const unlisted = world.families.filter(
        (each) =>
          each.kind === 'root' &&
          each.column !== null &&
          isNumeric(each.type) &&
          each.reducers.every(({ operator }) => operator !== 'SUM'),
      );
      return unlisted.length === 0 ? null : added(called('SUM', random.pick(unlisted).name), 'OPERATOR_NOT_LISTED');
    },
    () => {
      const texts = world.families.filter(
        (each) => each.kind === 'root' && each.column !== null && !isNumeric(each.type),
      );
      return texts.length === 0 ? null : added(called('AVG', random.pick(texts).name), 'NOT_DEFINED_FOR_TYPE');
    },
    () => {
      const derived = world.families.filter(({ kind }) => kind === 'derived');
      return derived.length === 0 ? null : added(called('MAX', random.pick(derived).name), 'INPUT_GRAIN_AMBIGUOUS');
    },
    () => {
      const dates = named.filter(({ type }) => type.kind === 'date');
      return dates.length === 0
        ? null
        : filtered(compared(random.pick(dates).name, 'no date'), 'DIMENSION_TYPE_MISMATCH');
    },
    () => {
      const numbers = named.filter(({ type }) => isNumeric(type));
      return numbers.length === 0
        ? null
        : filtered(compared(random.pick(numbers).name, 'no number'), 'DIMENSION_TYPE_MISMATCH');
    },
    ...languageFaults(random, world, question, added),
  ];
  return random.pick(makers)();
}

/** Things wrong with functions, inner anchors, windows and bridges. */
function languageFaults(
  random: Random,
  world: World,
  question: Question,
  added: (expr: Expr, code: string) => Faulty,
): readonly (() => Faulty | null)[] {
  const families = world.families.filter(({ kind }) => kind === 'root');
  const ofFamily = (make: (family: Expr) => Faulty) => () =>
    families.length === 0 ? null : make(nameOf(random.pick(families).name));
  const everywhere = question.anchor.filter(({ via }) => via === null);
  return [
    () => added(callOf('UPPER', [integerOf(1)]), 'NOT_DEFINED_FOR_TYPE'),
    () => added(callOf('SQRT', [textOf('x')]), 'NOT_DEFINED_FOR_TYPE'),
    () => added(callOf('ROUND', [integerOf(1), integerOf(19)]), 'NOT_DEFINED_FOR_TYPE'),
    () => added(callOf('NOWHERE', [integerOf(1)]), 'UNKNOWN_NAME'),
    () => added(callOf('IF', [integerOf(1), integerOf(2), integerOf(3)]), 'SYNTAX'),
    () => added(callOf('ABS', [integerOf(1), integerOf(2)]), 'SYNTAX'),
    () => added(callOf('COALESCE', [integerOf(1), textOf('x')]), 'DIMENSION_TYPE_MISMATCH'),
    ofFamily((family) => added(callOf('COUNT', [callOf('COUNT', [family])]), 'INPUT_GRAIN_AMBIGUOUS')),
    ofFamily((family) => added(callOf('QUANTILE', [family, integerOf(2)]), 'SYNTAX')),
    ofFamily((family) => added(callOf('ROLLING_MIN', [callOf('COUNT', [family]), integerOf(0)]), 'SYNTAX')),
    ofFamily((family) => added(callOf('LAG', [callOf('COUNT', [family]), exactHalf]), 'SYNTAX')),
    ofFamily((family) =>
      added(
        callOf('MAX', [{ kind: 'at', operand: callOf('RANK', [callOf('COUNT', [family])]), anchor: [] }]),
        'SYNTAX',
      ),
    ),
    ofFamily((family) =>
      added(callOf('MAX', [{ kind: 'at', operand: callOf('COUNT', [family]), anchor: everywhere }]), 'NOTHING_REDUCED'),
    ),
    ofFamily((family) =>
      added(
        callOf('COUNT', [{ kind: 'at', operand: callOf('COUNT', [family]), anchor: [{ name: NOWHERE, via: null }] }]),
        'UNKNOWN_NAME',
      ),
    ),
    () => {
      const crossed = question.anchor.find(({ via }) => via !== null);
      // The bridge's own rows have both sides as columns.
      if (crossed === undefined || question.from === crossed.via) return null;
      const plain = question.anchor.map((each) => (each === crossed ? { ...each, via: null } : each));
      return { question: { ...question, anchor: plain }, code: 'FAN_OUT' };
    },
    () => {
      const [first, ...others] = question.anchor;
      if (first === undefined) return null;
      return { question: { ...question, anchor: [{ ...first, via: NOWHERE }, ...others] }, code: 'UNKNOWN_NAME' };
    },
  ];
}

const exactHalf: Expr = { kind: 'literal', value: { kind: 'exact', units: 5n, digits: 1 } };
const one: Expr = { kind: 'literal', value: { kind: 'exact', units: 1n, digits: 0 } };

function compared(name: string, text = 'x'): Expr {
  const right: Expr = { kind: 'literal', value: { kind: 'text', text } };
  return { kind: 'compare', comparison: '=', left: { kind: 'name', name }, right };
}

function called(operator: string, name: string): Expr {
  return callOf(operator, [nameOf(name)]);
}

/** PER that ORDER BY does not begin with. */
function unordered(question: Question): Faulty | null {
  const name = question.anchor[0]?.name;
  const shown = question.items.find(({ expr }) => expr.kind === 'name' && expr.name === name)?.alias ?? name;
  if (shown === undefined) return null;
  return { question: { ...question, order: [], limit: { count: 2, per: [shown] } }, code: 'PER_NOT_ORDERED' };
}

/** Two columns of one name. */
function twice(items: readonly Item[], question: Question): Faulty | null {
  const last = items.at(-1);
  const name = last === undefined ? null : outputName(last);
  if (last === undefined || name === null) return null;
  return { question: { ...question, items: [...items, { expr: last.expr, alias: name }] }, code: 'NAME_COLLISION' };
}
