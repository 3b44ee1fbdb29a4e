import { compareCodePoints } from '../../canon/code-point.ts';
import { isNumeric, type LogicalType } from '../../columns/logical-type.ts';
import type { Expr } from '../../frameql/ast.ts';
import { OPERATORS } from '../../operators/catalog.ts';
import type { MetricFamilyDocument } from '../collection-schema.ts';
import type { DerivedFamily, RootFamily } from '../manifest.ts';
import { nearestNames } from '../nearest-names.ts';
import type { NodePath } from '../yaml/positions.ts';
import type { CompileContext } from './draft.ts';
import { checkExpression, type ExpressionSource, namesIn, readExpression } from './expression.ts';
import { words } from './expression-type.ts';

/** A derived family of the document, parsed. */
interface Draft {
  readonly family: MetricFamilyDocument;
  readonly source: ExpressionSource;
  readonly expr: Expr;
  readonly path: NodePath;
}

/** Families as formulas see them: the type of a bare name; null where it is not known, or has been reported. */
export type FamilyTypes = ReadonlyMap<string, LogicalType | null>;

/** The type that the bare name of a family with a root has: its first reducer's result. */
export function bareType(family: RootFamily): LogicalType | null {
  const operator = family.ipReducers[0]?.operator ?? family.reducer;
  return operator === null ? null : OPERATORS[operator].result(family.type);
}

/** The derived families: formulas parsed, their names and types checked, circles named. */
export function readDerivedFamilies(context: CompileContext, roots: FamilyTypes): readonly DerivedFamily[] {
  const drafts = (context.document.metric_families ?? []).flatMap((family, index): readonly Draft[] => {
    if (family.derived === undefined) return [];
    const path = ['metric_families', index];
    checkNoRoot(context, family, path);
    const source = {
      text: family.derived.formula,
      path: [...path, 'derived', 'formula'],
      subject: `The formula of \`${family.name}\``,
    };
    const expr = readExpression(context, source);
    return expr === undefined ? [] : [{ family, source, expr, path }];
  });
  for (const draft of drafts) checkInputs(context, draft);
  checkTypes(context, drafts, roots);
  return drafts.map(({ family, expr, source }) => ({
    kind: 'derived',
    name: family.name,
    description: family.description ?? '',
    formula: expr,
    formulaText: source.text,
    inputs: [...namesIn(expr).keys()].sort(compareCodePoints),
  }));
}

function checkNoRoot({ positions, report }: CompileContext, family: MetricFamilyDocument, path: NodePath): void {
  for (const key of ['family_root', 'ip_reducers', 'reducer', 'siblings', 'cache_hint'] as const) {
    if (family[key] === undefined) continue;
    report.issue('DERIVED_WITH_ROOT', { family: family.name, key }, positions.key([...path, key]));
  }
}

function checkInputs({ positions, report }: CompileContext, { family, expr, path }: Draft): void {
  const used = [...namesIn(expr).keys()];
  const inputs = family.derived?.inputs ?? [];
  const missing = used.filter((name) => !inputs.includes(name)).sort(compareCodePoints);
  const extra = [...new Set(inputs)].filter((name) => !used.includes(name)).sort(compareCodePoints);
  if (missing.length === 0 && extra.length === 0) return;
  report.issue(
    'INPUTS_DIFFER',
    { family: family.name, missing, extra },
    positions.value([...path, 'derived', 'inputs']),
  );
}

/** Types formulas in the order in which they need each other; reports unknown names, circles and mistyped formulas. */
function checkTypes(context: CompileContext, drafts: readonly Draft[], roots: FamilyTypes): void {
  const types = new Map(roots);
  const byName = new Map(drafts.map((draft) => [draft.family.name, draft]));
  const declared = new Set((context.document.metric_families ?? []).map((family) => family.name));
  const open: string[] = [];
  const typeOf = (name: string): LogicalType | null => {
    const known = types.get(name);
    if (known !== undefined) return known;
    const draft = byName.get(name);
    if (draft === undefined) return null;
    open.push(name);
    const type = checkFormula(context, draft, (input, span) => {
      const place = () => context.positions.inside(draft.source.path, draft.source.text, span.from);
      if (!declared.has(input)) {
        const suggestions = nearestNames(input, declared);
        context.report.issue('UNKNOWN_FAMILY', { name: input, usedBy: draft.source.subject, suggestions }, place());
        return undefined;
      }
      if (open.includes(input)) {
        const cycle = [...open.slice(open.indexOf(input)), input];
        context.report.issue('CYCLE_IN_FORMULAS', { cycle }, place());
        return undefined;
      }
      return typeOf(input) ?? undefined;
    });
    open.pop();
    types.set(name, type);
    return type;
  };
  for (const { family } of drafts) typeOf(family.name);
}

function checkFormula(
  context: CompileContext,
  { source, expr, family }: Draft,
  typeOf: Parameters<typeof checkExpression>[3],
): LogicalType | null {
  const type = checkExpression(context, source, expr, typeOf);
  if (type === undefined) return null;
  if (type.kind !== 'null' && type.kind !== 'dateLiteral' && isNumeric(type)) {
    if (namesIn(expr).size > 0) return type;
    const problem = 'it uses no metric family, so it has no rows to be told of';
    reportType(context, source, problem, `Use the families that make \`${family.name}\`.`);
    return null;
  }
  const problem = `it gives ${words(type)}, but a metric is a number`;
  reportType(context, source, problem, 'Write arithmetic over metric families.');
  return null;
}

function reportType(context: CompileContext, source: ExpressionSource, problem: string, remedy: string): void {
  const place = context.positions.value(source.path);
  context.report.issue('EXPRESSION_TYPE', { subject: source.subject, problem, remedy }, place);
}
