import type { Expr, Item, Question } from '../question.ts';
import { outputName } from '../question.ts';
import type { Random } from '../random.ts';
import { isNumeric } from '../typing.ts';
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
  ];
  return random.pick(makers)();
}

const one: Expr = { kind: 'literal', value: { kind: 'exact', units: 1n, digits: 0 } };

function compared(name: string, text = 'x'): Expr {
  const right: Expr = { kind: 'literal', value: { kind: 'text', text } };
  return { kind: 'compare', comparison: '=', left: { kind: 'name', name }, right };
}

function called(operator: string, name: string): Expr {
  return { kind: 'call', operator, argument: { kind: 'name', name } };
}

/** PER that ORDER BY does not begin with. */
function unordered(question: Question): Faulty | null {
  const [name] = question.anchor;
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
