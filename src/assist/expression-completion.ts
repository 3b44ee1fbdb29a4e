import type { Attribute, Dimension, MetricFamily } from '../collection/manifest.ts';
import type { Expr, SelectItem, Statement } from '../frameql/ast.ts';
import { printExpr, printName } from '../frameql/printer.ts';
import { OPERATORS, operatorNamed } from '../operators/catalog.ts';
import type { Takes } from '../operators/functions/scalar-function.ts';
import { functionNamed, SCALAR_FUNCTIONS } from '../operators/functions/scalar-functions.ts';
import { WINDOWS, windowNamed } from '../operators/window.ts';
import { determines } from '../resolution/reach.ts';
import { point } from '../resolution/rewrite.ts';
import { type Attempt, argumentItems, operatorInputItems } from './argument-completion.ts';
import type { CompletionItem, Known } from './assistance.ts';
import { outputColumns } from './clause-completion.ts';
import { attributeItem, callItem, dimensionItem, familyItem, item, keywordItem } from './items.ts';
import { byName, familyType } from './meanings.ts';
import type { Outline } from './outline.ts';
import type { Caret, OpenCall } from './place.ts';
import { itemAt, type Sketch, sketchOf, statementOf } from './sketch.ts';
import { isTaken } from './taking.ts';
import { fits, reasons, UNFINISHED } from './trial.ts';

type ExpressionClause = 'WITH' | 'SELECT' | 'WHERE' | 'HAVING';

/** What an expression may begin with at a place, by its clause and the call around it; ranks begin at `rank`. */
export function expressionItems(
  known: Known,
  { text }: Outline,
  { calls, from, to }: Caret,
  clause: ExpressionClause,
  rank: number,
): readonly CompletionItem[] {
  const sketch = sketchOf(text);
  const call = calls[calls.length - 1];
  const attempt = (written: string) => itemAt(`${text.slice(0, from)}${written}${text.slice(to)}`, from);
  const items = inClause(known, sketch, clause, calls, call, attempt);
  return rank === 0 ? items : items.map((each) => ({ ...each, rank: each.rank + rank }));
}

function inClause(
  known: Known,
  sketch: Sketch,
  clause: ExpressionClause,
  calls: readonly OpenCall[],
  call: OpenCall | undefined,
  attempt: Attempt,
): readonly CompletionItem[] {
  const taken = call === undefined ? null : parameterOf(call);
  if (taken === 'nothing') return [];
  if (taken?.kind === 'level') return LEVELS.map((level) => item('value', `'${level}'`, 0));
  const given = clause === 'WITH' ? [] : givenItems(sketch);
  const others = [...given, ...functionItems(2), ...wordItems(call)];
  if (clause === 'WHERE') return [...filterItems(known, sketch, taken), ...others];
  if (clause === 'HAVING') return [...columnItems(known, sketch), ...others];
  const operator = call === undefined ? undefined : operatorNamed(call.callee);
  const window = call === undefined ? undefined : windowNamed(call.callee);
  if (call !== undefined && (operator !== undefined || window !== undefined)) {
    const named = argumentItems(known, sketch, call, attempt);
    if (named !== null) return named;
  }
  const reducing = calls.map((each) => operatorNamed(each.callee)).findLast((each) => each !== undefined);
  if (reducing !== undefined) {
    return [...operatorInputItems(known, sketch, reducing, taken), ...functionItems(3), ...wordItems(call)];
  }
  // A window gives a number, and looks over the rows of the answer, so that none stands in another.
  const inWindow = calls.some((each) => windowNamed(each.callee) !== undefined);
  const noWindow = inWindow || taken?.kind === 'text' || taken?.kind === 'date';
  return [
    ...given,
    ...seriesItems(known, sketch, taken),
    ...Object.values(OPERATORS).map((each) => callItem(each, 2)),
    ...functionItems(3),
    ...(noWindow ? [] : Object.values(WINDOWS).map((each) => callItem(each, 4))),
    ...coordinateItems(known, sketch, taken),
    ...wordItems(call),
  ];
}

const LEVELS = ['day', 'week', 'month', 'quarter', 'year'] as const;

/** What the argument of a scalar function takes; `nothing`: a number is written out, or there is no such argument. */
function parameterOf({ callee, argument }: OpenCall): Takes | 'nothing' | null {
  const definition = functionNamed(callee);
  if (definition === undefined) return null;
  const { parameters, repeats } = definition;
  const taken = parameters[argument] ?? (repeats ? parameters[parameters.length - 1] : undefined);
  return taken === undefined || taken.kind === 'digits' ? 'nothing' : taken;
}

/** The families, those first that can be told at AT. */
function seriesItems(known: Known, sketch: Sketch, taken: Takes | null): readonly CompletionItem[] {
  const { manifest } = known;
  const fitting = byName(manifest.metricFamilies).filter((family) => isTaken(taken, familyType(manifest, family)));
  return fitting.map((family) => familyItem(known, family, servesAt(known, sketch, family) ? 0 : 6));
}

function servesAt(known: Known, sketch: Sketch, { name }: MetricFamily): boolean {
  if (sketch.points === null) return true;
  const { dimensions } = known.manifest;
  const points = sketch.points.filter((each) => dimensions.some((dimension) => dimension.name === each.name));
  const items: readonly SelectItem[] = [{ expr: nameExpr(name), alias: null, span: NOWHERE }];
  return fits(known, statementOf({ ...sketch, items }, points), new Set(), UNFINISHED);
}

/** Dimensions and attributes, those first that AT determines. */
function coordinateItems(known: Known, sketch: Sketch, taken: Takes | null): readonly CompletionItem[] {
  const { manifest, facts } = known;
  const anchor = sketch.points?.map((each) => each.name) ?? [];
  // Where a function takes a text or a date, hardly anything else is one.
  const rank = (name: string) => (taken !== null || determines(manifest, facts, anchor, name) ? 1 : 5);
  return [
    ...fittingDimensions(known, taken).map((each) => dimensionItem(known, each, rank(each.name))),
    ...fittingAttributes(known, taken).map((each) => attributeItem(known, each, rank(each.name))),
  ];
}

/** In WHERE: the dimensions and attributes that every series reaches. */
function filterItems(known: Known, sketch: Sketch, taken: Takes | null): readonly CompletionItem[] {
  const statement = statementOf(sketch);
  const isEmpty = sketch.items.length === 0;
  const already = isEmpty ? new Set<string>() : reasons(known, statement);
  const reached = ({ name }: Dimension | Attribute) =>
    isEmpty || fits(known, filtered(statement, name), already, UNFINISHED);
  return [
    ...fittingDimensions(known, taken)
      .filter(reached)
      .map((each) => dimensionItem(known, each, 0)),
    ...fittingAttributes(known, taken)
      .filter(reached)
      .map((each) => attributeItem(known, each, 1)),
  ];
}

/** The statement with one condition more, which says nothing but that a name is reached. */
function filtered(statement: Statement, name: string): Statement {
  const term: Expr = { kind: 'isNull', operand: nameExpr(name), negated: true, span: NOWHERE };
  const { where } = statement;
  return { ...statement, where: where === null ? term : { kind: 'and', operands: [where, term], span: NOWHERE } };
}

/** The names that WITH gives. */
function givenItems({ definitions }: Sketch): readonly CompletionItem[] {
  return definitions.map(({ name: { name }, expr }) =>
    item('column', name, 1, { detail: printExpr(expr), doc: 'A name that WITH gives.', insert: printName(name) }),
  );
}

function columnItems(known: Known, sketch: Sketch): readonly CompletionItem[] {
  return outputColumns(known, sketch).map(({ name, type, role }) =>
    item('column', name, role === 'series' ? 0 : 1, { detail: type ?? '', insert: printName(name) }),
  );
}

function fittingDimensions({ manifest }: Known, taken: Takes | null): readonly Dimension[] {
  return byName(manifest.dimensions).filter(({ type }) => isTaken(taken, type));
}

function fittingAttributes({ manifest }: Known, taken: Takes | null): readonly Attribute[] {
  return byName(manifest.attributes).filter(({ type }) => isTaken(taken, type));
}

function functionItems(rank: number): readonly CompletionItem[] {
  return SCALAR_FUNCTIONS.map((each) => callItem(each, rank));
}

function wordItems(call: OpenCall | undefined): readonly CompletionItem[] {
  const words = call === undefined ? ['CASE', 'NOT', 'DATE', 'NULL', 'TRUE', 'FALSE'] : ['CASE', 'DATE', 'NULL'];
  return words.map((word) => keywordItem(word, 7));
}

const NOWHERE = { from: 0, to: 0 };

function nameExpr(name: string): Extract<Expr, { kind: 'name' }> {
  return { kind: 'name', ...point(name) };
}
