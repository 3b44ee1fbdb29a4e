import type { Dimension, MetricFamily } from '../collection/manifest.ts';
import type { CalendarLevel } from '../columns/calendar.ts';
import type { LogicalType } from '../columns/logical-type.ts';
import type { SelectItem } from '../frameql/ast.ts';
import { printName } from '../frameql/printer.ts';
import { type OperatorDefinition, operatorNamed } from '../operators/catalog.ts';
import type { Takes } from '../operators/functions/scalar-function.ts';
import { windowNamed } from '../operators/window.ts';
import { calendarAxis } from '../resolution/calendar-axis.ts';
import { determines } from '../resolution/reach.ts';
import type { CompletionItem, Known } from './assistance.ts';
import { attributeItem, dimensionItem, familyItem, item, keywordItem } from './items.ts';
import { byName, familyType, rootsOf } from './meanings.ts';
import type { OpenCall } from './place.ts';
import { type Sketch, statementOf } from './sketch.ts';
import { isTaken } from './taking.ts';
import { fits, UNFINISHED } from './trial.ts';

/** The item of SELECT as it would be with something written at the place; null where it does not parse. */
export type Attempt = (written: string) => SelectItem | null;

/** What may stand in an argument of an operator or window that is no expression; null where an expression may. */
export function argumentItems(
  known: Known,
  sketch: Sketch,
  call: OpenCall,
  attempt: Attempt,
): readonly CompletionItem[] | null {
  if (call.named !== null) return namedItems(known, sketch, call.callee, call.named, attempt);
  if (call.argument === 0) return null;
  const operator = operatorNamed(call.callee);
  if (operator !== undefined) {
    const parameter = operator.parameters[call.argument - 1];
    if (parameter === 'weight') return null;
    if (parameter === 'q') return ['0.5', '0.9', '0.95', '0.99'].map((q) => item('value', q, 0));
    return operator.isOrdered ? nameItems(['order', 'combine']) : [];
  }
  return nameItems(windowNamed(call.callee)?.takes ?? []);
}

const ARGUMENT_DOCS: Readonly<Record<string, string>> = {
  order: 'The date that rows are ordered by.',
  combine: 'How rows of one period merge: SUM, MIN or MAX.',
  step: 'The level that n counts in: LAG(x, 1, step => year) is the same period last year.',
  reset: 'The level whose periods begin the sum anew.',
  within: 'The dimension within whose values rows are ranked.',
};

function nameItems(names: readonly string[]): readonly CompletionItem[] {
  return names.map((name) =>
    item('keyword', `${name} =>`, 0, { doc: ARGUMENT_DOCS[name] ?? '', insert: `${name} => ` }),
  );
}

function namedItems(
  known: Known,
  sketch: Sketch,
  callee: string,
  name: string,
  attempt: Attempt,
): readonly CompletionItem[] {
  const { manifest, facts } = known;
  const dimensions = byName(manifest.dimensions);
  const anchor = sketch.points?.map((point) => point.name) ?? [];
  switch (name) {
    case 'combine':
      return ['SUM', 'MIN', 'MAX'].map((word) => ({ ...keywordItem(word, 0), insert: word, caret: word.length }));
    case 'order':
      return dimensions
        .filter(({ type, name: date }) => type.kind === 'date' && isReached(known, sketch, ordered(attempt, date)))
        .map((each) => dimensionItem(known, each, 0));
    case 'within': {
      const isThere = (each: string) => sketch.points === null || determines(manifest, facts, anchor, each);
      return [
        ...dimensions.filter((each) => isThere(each.name)).map((each) => dimensionItem(known, each, 0)),
        ...byName(manifest.attributes)
          .filter((each) => isThere(each.name))
          .map((each) => attributeItem(known, each, 1)),
      ];
    }
    case 'step':
    case 'reset': {
      if (windowNamed(callee) === undefined) return [];
      const axis = calendarAxis(manifest, facts, anchor);
      const own = axis === null ? null : axis.type.level;
      return dimensions
        .filter(({ level }) => level !== null && leadsTo(own, level))
        .sort(coarsestFirst)
        .map(levelItem);
    }
    default:
      return [];
  }
}

/** The item ordered by a date; how rows of one period merge is said with it, where it is not said yet. */
function ordered(attempt: Attempt, date: string): SelectItem | null {
  return attempt(`${printName(date)}, combine => SUM`) ?? attempt(printName(date));
}

function isReached(known: Known, sketch: Sketch, tried: SelectItem | null): boolean {
  return tried === null || fits(known, statementOf({ ...sketch, items: [tried], where: null }), new Set(), UNFINISHED);
}

const NESTED: readonly CalendarLevel[] = ['day', 'month', 'quarter', 'year'];

/** Whether periods of one level lie whole in those of another; weeks lie in nothing else. */
function leadsTo(own: CalendarLevel | null, level: CalendarLevel): boolean {
  if (own === null || own === level) return true;
  if (level === 'week') return own === 'day';
  const [finer, coarser] = [NESTED.indexOf(own), NESTED.indexOf(level)];
  return finer >= 0 && coarser > finer;
}

const COARSEST: readonly (CalendarLevel | null)[] = ['year', 'quarter', 'month', 'week', 'day'];

function coarsestFirst(a: Dimension, b: Dimension): number {
  return COARSEST.indexOf(a.level) - COARSEST.indexOf(b.level);
}

function levelItem({ name, family }: Dimension): CompletionItem {
  return item('level', name, 0, { detail: family, insert: printName(name) });
}

/** What an operator may be taken of: families first, then dimensions and attributes, each of a type that it accepts. */
export function operatorInputItems(
  known: Known,
  sketch: Sketch,
  operator: OperatorDefinition,
  taken: Takes | null,
): readonly CompletionItem[] {
  const { manifest } = known;
  // Sums are for what lists them; a dimension or attribute lists nothing.
  const columns = operator.mustBeListed && taken === null ? [] : [...byName(manifest.dimensions)];
  const accepts = (type: LogicalType) => (taken === null ? operator.accepts.includes(type.kind) : isTaken(taken, type));
  const from = sketch.from?.name;
  return [
    ...byName(manifest.metricFamilies).flatMap((family) => inputItem(known, family, operator, taken) ?? []),
    ...columns.filter(({ type }) => accepts(type)).map((each) => dimensionItem(known, each, 1)),
    ...(columns.length === 0 ? [] : byName(manifest.attributes))
      .filter(({ type }) => accepts(type))
      .map((each) => attributeItem(known, each, 2)),
    ...(from === undefined && operator.name === 'COUNT' ? [item('operator', '*', 1, { detail: 'the rows' })] : []),
  ];
}

/** A family as an operator's input; a formula is taken at an inner anchor. Null where the operator does not apply. */
function inputItem(
  known: Known,
  family: MetricFamily,
  operator: OperatorDefinition,
  taken: Takes | null,
): CompletionItem | null {
  const { manifest } = known;
  const roots = rootsOf(manifest, family);
  const listed = roots.every((root) => root.ipReducers.some((each) => each.operator === operator.name));
  if (operator.mustBeListed && !listed) return null;
  if (family.kind === 'derived') {
    const type = familyType(manifest, family);
    if (type !== null && !(taken === null ? operator.accepts.includes(type.kind) : isTaken(taken, type))) return null;
    const insert = `${printName(family.name)} @ `;
    return { ...familyItem(known, family, 1), detail: 'at an inner anchor: @', insert, caret: insert.length };
  }
  // Rows have no value but their number.
  if (family.root.column === null) return operator.name === 'COUNT' ? familyItem(known, family, 0) : null;
  const accepts = taken === null ? operator.accepts.includes(family.type.kind) : isTaken(taken, family.type);
  return accepts ? familyItem(known, family, 0) : null;
}
