import type { RootFamily, Schema } from '../collection/manifest.ts';
import { printType } from '../columns/logical-type.ts';
import type { Expr } from '../frameql/ast.ts';
import { printExpr } from '../frameql/printer.ts';
import { OPERATORS, type OperatorDefinition } from '../operators/catalog.ts';
import type { Expression } from '../operators/expression.ts';
import { COMBINING, familyOrder, measureName, type OperatorArguments, valueOnly } from './aggregate.ts';
import { calendarAxis } from './calendar-axis.ts';
import { conditionalCount } from './conditional-count.ts';
import { schemaNamed } from './edge-step.ts';
import { innerAnchorRemedies } from './inner-anchor-remedies.ts';
import type { LevelReader } from './level.ts';
import { literalInstead } from './literal-remedies.ts';
import { schemasRead } from './nearby.ts';
import type { OperatorCall } from './operator-call.ts';
import { datesAsOrder } from './order-remedies.ts';
import { mayMerge, orderArgument } from './period-arguments.ts';
import { ownColumn } from './reach.ts';
import type { Remedy } from './refusal.ts';
import { callAt, nameAt, queryWith, relocate } from './rewrite.ts';
import { tellMixedFunction } from './row-function.ts';
import { addedColumns, lists, termsOf } from './summable.ts';
import { type CallExpr, type NameExpr, type Scope, typeExpression } from './typing.ts';

/** `OPERATOR(x)` over the rows of one root, expressions included. Undefined after a cause was added. */
export function readRows(level: LevelReader, call: OperatorCall): Expression | undefined {
  const { context } = level;
  const { names, causes } = context;
  const { operator, expr, value: argument, label } = call;
  const families: RootFamily[] = [];
  if (argument.kind === 'name' && names.meaningOf(argument.name)?.kind === 'family') {
    const family = level.family(argument);
    if (family === undefined) return undefined;
    if (family.kind === 'root' && family.root.column === null) {
      return rowsOnlyCounted(level, family, operator, expr, label);
    }
  }
  const scope = rowScope(level, call, families);
  const value = typeExpression(argument, scope, causes);
  const weight = call.weight === null ? null : typeExpression(call.weight, scope, causes);
  if (value === undefined || weight === undefined) return undefined;
  for (const each of [value, weight])
    if (each !== null && tellMixedFunction(context, each, label, expr.span)) return undefined;
  if (!isSummable(level, value, call)) return undefined;
  const roots = new Set(
    families.map(
      (family) => `${family.root.schema}\0${family.root.where === null ? '' : printExpr(family.root.where)}`,
    ),
  );
  if (roots.size > 1) {
    const schemas = [...new Set(families.map((family) => family.root.schema))];
    const candidates = schemas.map((schema) => `the rows of ${schema}`);
    const remedies = innerAnchorRemedies(level, call, schemasOf(level, families));
    return causes.add(
      'INPUT_GRAIN_AMBIGUOUS',
      { series: label, unsaid: 'grain' as const, candidates },
      expr.span,
      remedies,
    );
  }
  const period = operator.isOrdered ? readPeriod(level, value, call, families) : { order: null, combine: null };
  if (period === undefined) return undefined;
  const sumsPeriod = call.combine === 'SUM';
  return accepted(level, { ...valueOnly(value), weight, q: call.q, ...period, sumsPeriod }, call, families);
}

/** A family of rows can only be counted. */
export function rowsOnlyCounted(
  level: LevelReader,
  family: RootFamily,
  operator: OperatorDefinition,
  expr: Expr,
  label: string,
): Expression | undefined {
  if (operator.name === 'COUNT' || operator.name === 'COUNT(*)') {
    return level.aggregate({ ...valueOnly(null), label, operator: OPERATORS['COUNT(*)'], families: [family], expr });
  }
  const { causes, statement } = level.context;
  const query = queryWith(statement, expr, nameAt(family.name, expr));
  const parameters = { operator: operator.name, subject: family.name, type: 'rows', accepts: ['a column'] };
  return causes.add('NOT_DEFINED_FOR_TYPE', parameters, expr.span, [{ label: `Count them: ${family.name}`, query }]);
}

/** Whether a family lists an operator that applies only where it is listed; else a cause was added. */
export function isListed(level: LevelReader, family: RootFamily, operator: OperatorDefinition, expr: Expr): boolean {
  const listed = [
    ...family.ipReducers.map((each) => each.operator),
    ...(family.reducer === null ? [] : [family.reducer]),
  ];
  if (!operator.mustBeListed || listed.includes(operator.name)) return true;
  const { causes, statement } = level.context;
  const remedies = listed.map((name) => ({
    label: `Use ${name}`,
    query: queryWith(statement, expr, callAt(name, family.name, expr)),
  }));
  causes.add('OPERATOR_NOT_LISTED', { operator: operator.name, family: family.name, listed }, expr.span, remedies);
  return false;
}

/** What names mean inside an operator: columns of the one root's rows. */
function rowScope(level: LevelReader, call: OperatorCall, families: RootFamily[]): Scope {
  const { names, causes } = level.context;
  const { label } = call;
  return {
    name: (name) => {
      const meaning = names.meaningOf(name.name);
      if (meaning?.kind === 'dimension') {
        return { kind: 'column', name: meaning.dimension.name, type: meaning.dimension.type };
      }
      if (meaning?.kind === 'attribute') {
        return { kind: 'column', name: meaning.attribute.name, type: meaning.attribute.type };
      }
      if (meaning === undefined) return level.unknown(name, 'metric family, dimension or attribute');
      const family = level.family(name);
      if (family === undefined) return undefined;
      if (family.kind === 'derived') return derivedGrain(level, family.name, call);
      if (family.root.column === null) {
        const parameters = { operator: 'Row arithmetic', subject: family.name, type: 'rows', accepts: ['a column'] };
        return causes.add('NOT_DEFINED_FOR_TYPE', parameters, name.span);
      }
      if (!families.includes(family)) families.push(family);
      return { kind: 'column', name: measureName(family.root.column), type: family.type };
    },
    call: (inner) => {
      const remedies = innerAnchorRemedies(level, call, schemasRead(level.context));
      const parameters = {
        series: label,
        unsaid: 'grain' as const,
        candidates: [`an inner anchor: ${printExpr(inner)} @ (…)`],
      };
      return causes.add('INPUT_GRAIN_AMBIGUOUS', parameters, inner.span, remedies);
    },
    // An inner anchor has been taken off before rows are read.
    at: () => undefined,
    literalRemedies: (compared, literal, type) => {
      const { manifest, statement } = level.context;
      return literalInstead(manifest, statement, compared, literal, type);
    },
  };
}

/**
 * A sum needs a family that lists it in each of its terms: a dimension, an attribute or a constant says nothing of sums, and
 * what a condition chooses by is not added up. False after a cause was added.
 */
function isSummable(level: LevelReader, value: Expression, call: OperatorCall): boolean {
  const { operator, value: argument, expr } = call;
  if (!operator.mustBeListed) return true;
  const { statement, causes, names } = level.context;
  const rows = rowScope(level, call, []);
  const families = new Map<string, RootFamily>();
  // Families by their names, as two of them may have one column.
  const byFamily = (name: NameExpr): Expression | undefined => {
    const column = rows.name(name);
    const family = names.meaningOf(name.name)?.kind === 'family' ? level.family(name) : undefined;
    if (column === undefined || family?.kind !== 'root') return column;
    families.set(measureName(family.name), family);
    return { kind: 'column', name: measureName(family.name), type: column.type };
  };
  const terms = typeExpression(argument, { ...rows, name: byFamily }, causes);
  if (terms === undefined) return false;
  const isSeries = (name: string) => {
    const family = families.get(name);
    return family !== undefined && lists(family, operator.name) ? 'summable' : 'without series';
  };
  if (termsOf(terms, isSeries) === 'summable') return true;
  const added = addedColumns(terms).flatMap((name) => families.get(name) ?? []);
  for (const family of added) if (!isListed(level, family, operator, expr)) return false;
  // A value that cannot be summed at all is refused for its type.
  if (!operator.accepts.includes(value.type.kind)) return true;
  const parameters = { operator: operator.name, family: printExpr(argument), listed: null };
  const mean = { label: 'The mean of it', query: queryWith(statement, expr, { ...expr, callee: 'AVG' }) };
  const remedies = [...conditionalCount(level.context, expr), mean, ...countInstead(level, expr, printExpr(argument))];
  causes.add('OPERATOR_NOT_LISTED', parameters, expr.span, remedies);
  return false;
}

/** What orders the rows of FIRST and LAST, and how those of one period merge; undefined after a cause was added. */
function readPeriod(
  level: LevelReader,
  value: Expression,
  call: OperatorCall,
  families: readonly RootFamily[],
): Pick<OperatorArguments, 'order' | 'combine'> | undefined {
  const { operator, order, combine, expr, label } = call;
  const { manifest, facts, causes } = level.context;
  const [family] = families;
  const declared = family === undefined || families.length > 1 ? null : familyOrder(family, operator);
  if (!mayMerge(level, value, call)) return undefined;
  if (combine === 'SUM' && !isSummable(level, value, { ...call, operator: OPERATORS.SUM })) return undefined;
  const asked = combine === null ? (order === null ? (declared?.combine ?? null) : null) : (COMBINING[combine] ?? null);
  const ordering = orderArgument(level, call);
  if (ordering === undefined) return undefined;
  if (ordering !== null) return { order: ordering.name, combine: asked };
  if (declared?.order !== undefined && declared.order !== null) return { order: declared.order, combine: asked };
  const root = family === undefined ? level.context.from : schemaNamed(manifest, family.root.schema);
  const carried =
    root === null ? [] : manifest.dimensions.flatMap(({ name }) => (ownColumn(root, name) === undefined ? [] : [name]));
  const axis = calendarAxis(manifest, facts, carried);
  if (axis !== null) return { order: axis.name, combine: asked };
  const parameters = { series: label, anchor: level.anchor, place: 'order' } as const;
  return causes.add('NO_ORDER_AXIS', parameters, expr.span, datesAsOrder(level.context, call));
}

/** The aggregate over the rows, if its arguments have types that the operator takes. */
function accepted(
  level: LevelReader,
  args: OperatorArguments,
  call: OperatorCall,
  families: readonly RootFamily[],
): Expression | undefined {
  const { value, weight } = args;
  const { operator, expr, label } = call;
  const wrong = [value, weight].find((each) => each !== null && !operator.accepts.includes(each.type.kind));
  if (wrong === undefined || wrong === null) return level.aggregate({ ...args, label, operator, families, expr });
  const isWeight = wrong !== value;
  const subject = printExpr(isWeight && call.weight !== null ? call.weight : call.value);
  const { causes, statement } = level.context;
  const parameters = { operator: operator.name, subject, type: printType(wrong.type), accepts: operator.accepts };
  const plain: Expr = { ...expr, callee: 'AVG', args: expr.args.slice(0, 1) };
  const remedies = isWeight
    ? [{ label: 'Without the weight', query: queryWith(statement, expr, plain) }]
    : countInstead(level, expr, subject);
  return causes.add('NOT_DEFINED_FOR_TYPE', parameters, expr.span, remedies);
}

/** An operator over a derived family has no rows of its own: its formula inside the operator, alone, or at an inner anchor. */
function derivedGrain(level: LevelReader, name: string, call: OperatorCall): undefined {
  const { names, statement, causes } = level.context;
  const { expr, operator } = call;
  const meaning = names.meaningOf(name);
  const derived = meaning?.kind === 'family' ? meaning.families[0] : undefined;
  const remedies: Remedy[] = [
    { label: `${name} itself, from its inputs at this anchor`, query: queryWith(statement, expr, nameAt(name, expr)) },
  ];
  if (derived?.kind === 'derived') {
    const inside: Expr = { ...expr, args: [relocate(derived.formula, expr), ...expr.args.slice(1)] };
    const label = `${operator.name} of the formula, row by row`;
    remedies.push({ label, query: queryWith(statement, expr, inside, `${operator.word}_${name}`) });
    const inputs = derived.inputs.flatMap((input) => {
      const found = names.meaningOf(input);
      return found?.kind === 'family' ? found.families.filter((each) => each.kind === 'root') : [];
    });
    remedies.push(...innerAnchorRemedies(level, call, schemasOf(level, inputs)));
  }
  const candidates = ['the rows of its inputs', 'the output anchor', 'an inner anchor'];
  return causes.add(
    'INPUT_GRAIN_AMBIGUOUS',
    { series: printExpr(expr), unsaid: 'grain' as const, candidates },
    expr.span,
    remedies,
  );
}

/** The root schemas of families, each once. */
function schemasOf(level: LevelReader, families: readonly RootFamily[]): readonly Schema[] {
  const { manifest } = level.context;
  return [...new Set(families.map((family) => family.root.schema))].map((name) => schemaNamed(manifest, name));
}

function countInstead(level: LevelReader, expr: CallExpr, label: string): readonly Remedy[] {
  const { statement } = level.context;
  const counted: Expr = { ...expr, callee: 'COUNT_DISTINCT', args: expr.args.slice(0, 1), named: [] };
  return [{ label: `Count the distinct values of ${label}`, query: queryWith(statement, expr, counted) }];
}
