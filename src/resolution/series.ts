import type { MetricFamily, RootFamily } from '../collection/manifest.ts';
import { nearestNames } from '../collection/nearest-names.ts';
import { INT64, type LogicalType, printType } from '../columns/logical-type.ts';
import type { Expr, Statement } from '../frameql/ast.ts';
import { printExpr } from '../frameql/printer.ts';
import { OPERATORS, type OperatorDefinition, operatorNamed } from '../operators/catalog.ts';
import type { Expression } from '../operators/expression.ts';
import { type Aggregate, AggregateList, type Asked, measureName } from './aggregate.ts';
import type { Names } from './names.ts';
import type { Remedy } from './refusal.ts';
import { callAt, changed, nameAt, point, queryText, relocate, renamed } from './rewrite.ts';
import { type CallExpr, type Causes, type NameExpr, type Scope, typeExpression } from './typing.ts';

/** Types the series of one statement and collects the aggregates they are made of, each once. */
export class SeriesReader {
  readonly derived: Record<string, string> = {};
  private readonly asked = new AggregateList();
  private readonly names: Names;
  private readonly statement: Statement;
  private readonly causes: Causes;
  /** Settles a dimension or attribute that stands in a series expression. */
  private readonly coordinate: (expr: NameExpr, name: string, type: LogicalType) => Expression | undefined;

  constructor(
    names: Names,
    statement: Statement,
    causes: Causes,
    coordinate: (expr: NameExpr, name: string, type: LogicalType) => Expression | undefined,
  ) {
    this.names = names;
    this.statement = statement;
    this.causes = causes;
    this.coordinate = coordinate;
  }

  /** The aggregates read so far, in text order. */
  get aggregates(): readonly Aggregate[] {
    return this.asked.all();
  }

  /** The typed expression of a series over metrics and coordinates; undefined after a cause was added. */
  read(expr: Expr): Expression | undefined {
    return typeExpression(expr, this.outputScope(), this.causes);
  }

  private outputScope(): Scope {
    return {
      name: (expr) => {
        const meaning = this.names.meaningOf(expr.name);
        switch (meaning?.kind) {
          case 'dimension':
            return this.coordinate(expr, meaning.dimension.name, meaning.dimension.type);
          case 'attribute':
            return this.coordinate(expr, meaning.attribute.name, meaning.attribute.type);
          case 'family':
            return this.family(expr);
          default:
            return this.unknown(expr, 'metric family, dimension or attribute');
        }
      },
      call: (expr) => this.call(expr),
    };
  }

  /** A bare family: its first reducer, or its formula over the output anchor. */
  private family(expr: NameExpr): Expression | undefined {
    const family = this.theFamily(expr);
    if (family === undefined) return undefined;
    if (family.kind === 'derived') {
      this.derived[family.name] = family.formulaText;
      // Causes inside the formula speak at the place where the family is named.
      const located = relocate(family.formula, expr);
      return this.read(located);
    }
    const operator = family.reducer ?? family.ipReducers[0]?.operator;
    if (operator === undefined) return undefined;
    return this.overFamily(family, OPERATORS[operator], expr, family.name);
  }

  private call(expr: CallExpr): Expression | undefined {
    if (expr.star) {
      return this.aggregate({ label: 'COUNT(*)', operator: OPERATORS['COUNT(*)'], families: [], value: null, expr });
    }
    const operator = operatorNamed(expr.operator);
    if (operator === undefined) {
      const suggestions = nearestNames(expr.operator, Object.keys(OPERATORS));
      const remedies = suggestions.map((name) => ({
        label: `Use ${name}`,
        query: queryText(changed(this.statement, expr, { ...expr, operator: name })),
      }));
      return this.causes.add(
        'UNKNOWN_NAME',
        { name: expr.operator, kind: 'operator', suggestions },
        expr.nameSpan,
        remedies,
      );
    }
    const [argument, ...more] = expr.args;
    if (argument === undefined || more.length > 0) {
      const hint = `${operator.name} takes one argument, not ${expr.args.length}: ${operator.name}(family).`;
      return this.causes.add('SYNTAX', { found: printExpr(expr), expected: ['one argument'], hint }, expr.span);
    }
    const label = printExpr(expr);
    if (argument.kind !== 'name') return this.overExpression(argument, operator, expr, label);
    const meaning = this.names.meaningOf(argument.name);
    switch (meaning?.kind) {
      case 'family': {
        const family = this.theFamily(argument);
        if (family === undefined) return undefined;
        if (family.kind === 'derived') return this.derivedGrain(family.name, expr, operator);
        return this.overFamily(family, operator, expr, label);
      }
      case 'dimension':
      case 'attribute': {
        const named = meaning.kind === 'dimension' ? meaning.dimension : meaning.attribute;
        const value: Expression = { kind: 'column', name: named.name, type: named.type };
        if (!this.summable(value, operator, argument, expr)) return undefined;
        return this.aggregate({ label, operator, families: [], value, expr });
      }
      default:
        return this.unknown(argument, 'metric family, dimension or attribute');
    }
  }

  private overFamily(
    family: RootFamily,
    operator: OperatorDefinition,
    expr: Expr,
    label: string,
  ): Expression | undefined {
    if (!this.listed(family, operator, expr)) return undefined;
    if (family.root.column !== null) {
      const value: Expression = { kind: 'column', name: measureName(family.root.column), type: family.type };
      return this.aggregate({ label, operator, families: [family], value, expr });
    }
    if (operator.name === 'COUNT' || operator.name === 'COUNT(*)') {
      return this.aggregate({ label, operator: OPERATORS['COUNT(*)'], families: [family], value: null, expr });
    }
    return this.causes.add(
      'NOT_DEFINED_FOR_TYPE',
      { operator: operator.name, subject: family.name, type: 'rows', accepts: ['a column'] },
      expr.span,
      [
        {
          label: `Count them: ${family.name}`,
          query: queryText(changed(this.statement, expr, nameAt(family.name, expr))),
        },
      ],
    );
  }

  /** `OP(a - b)`: per row of the one root of its families. */
  private overExpression(
    argument: Expr,
    operator: OperatorDefinition,
    expr: CallExpr,
    label: string,
  ): Expression | undefined {
    const families: RootFamily[] = [];
    const scope: Scope = {
      name: (name) => {
        const meaning = this.names.meaningOf(name.name);
        if (meaning?.kind === 'dimension') {
          return { kind: 'column', name: meaning.dimension.name, type: meaning.dimension.type };
        }
        if (meaning?.kind === 'attribute') {
          return { kind: 'column', name: meaning.attribute.name, type: meaning.attribute.type };
        }
        if (meaning === undefined) return this.unknown(name, 'metric family, dimension or attribute');
        const family = this.theFamily(name);
        if (family === undefined) return undefined;
        if (family.kind === 'derived') return this.derivedGrain(family.name, expr, operator);
        if (!this.listed(family, operator, expr)) return undefined;
        if (family.root.column === null) {
          return this.causes.add(
            'NOT_DEFINED_FOR_TYPE',
            { operator: 'Row arithmetic', subject: family.name, type: 'rows', accepts: ['a column'] },
            name.span,
          );
        }
        families.push(family);
        return { kind: 'column', name: measureName(family.root.column), type: family.type };
      },
      call: (call) =>
        this.causes.add(
          'SYNTAX',
          {
            found: printExpr(call),
            expected: ['a family', 'a dimension'],
            hint: `An operator inside ${operator.name}(…) has no rows to work on here: reduce once.`,
          },
          call.span,
        ),
    };
    const value = typeExpression(argument, scope, this.causes);
    if (value === undefined || !this.summable(value, operator, argument, expr)) return undefined;
    const roots = new Set(
      families.map(
        (family) => `${family.root.schema}\0${family.root.where === null ? '' : printExpr(family.root.where)}`,
      ),
    );
    if (roots.size > 1) {
      const candidates = [...new Set(families.map((family) => family.root.schema))].map(
        (schema) => `the rows of ${schema}`,
      );
      return this.causes.add('INPUT_GRAIN_AMBIGUOUS', { series: label, candidates }, expr.span);
    }
    return this.aggregate({ label, operator, families, value, expr });
  }

  /** A sum needs a family that lists it in each of its terms: a dimension, an attribute or a constant says nothing of sums. */
  private summable(value: Expression, operator: OperatorDefinition, argument: Expr, expr: CallExpr): boolean {
    // A value that cannot be summed at all is refused for its type.
    const sums = operator.mustBeListed && operator.accepts.includes(value.type.kind);
    if (!sums || eachTermHasFamily(value)) return true;
    const parameters = { operator: operator.name, family: printExpr(argument), listed: [] };
    this.causes.add('OPERATOR_NOT_LISTED', parameters, expr.span, this.countInstead(expr, printExpr(argument)));
    return false;
  }

  private listed(family: RootFamily, operator: OperatorDefinition, expr: Expr): boolean {
    const listed = [
      ...family.ipReducers.map((each) => each.operator),
      ...(family.reducer === null ? [] : [family.reducer]),
    ];
    if (!operator.mustBeListed || listed.includes(operator.name)) return true;
    const remedies = listed.map((name) => ({
      label: `Use ${name}`,
      query: queryText(changed(this.statement, expr, callAt(name, family.name, expr))),
    }));
    this.causes.add(
      'OPERATOR_NOT_LISTED',
      { operator: operator.name, family: family.name, listed },
      expr.span,
      remedies,
    );
    return false;
  }

  /** An operator over a derived family has no rows of its own; the formula inside the operator, or alone, can be asked. */
  private derivedGrain(name: string, expr: CallExpr, operator: OperatorDefinition): undefined {
    const family = this.names.meaningOf(name);
    const derived = family?.kind === 'family' ? family.families[0] : undefined;
    const remedies: Remedy[] = [
      {
        label: `${name} itself, from its inputs at this anchor`,
        query: this.rewritten(expr, nameAt(name, expr), name),
      },
    ];
    if (derived?.kind === 'derived') {
      const inside: Expr = { ...expr, args: [relocate(derived.formula, expr)] };
      remedies.push({
        label: `${operator.name} of the formula, row by row`,
        query: this.rewritten(expr, inside, `${operator.word}_${name}`),
      });
    }
    const candidates = ['the rows of its inputs', 'the output anchor'];
    return this.causes.add('INPUT_GRAIN_AMBIGUOUS', { series: printExpr(expr), candidates }, expr.span, remedies);
  }

  /** Replaces a node; where it was a whole item, keeps its output name. */
  private rewritten(from: Expr, to: Expr, fallback: string): string {
    const statement: Statement = {
      ...this.statement,
      items: this.statement.items.map((item) =>
        item.expr === from && item.alias === null && to.kind !== 'name' ? { ...item, alias: point(fallback) } : item,
      ),
    };
    return queryText(changed(statement, from, to));
  }

  private aggregate(asked: Omit<Asked, 'inputType'>): Expression | undefined {
    const { operator, value, expr } = asked;
    const inputType = value?.type ?? INT64;
    if (value !== null && !operator.accepts.includes(value.type.kind)) {
      return this.causes.add(
        'NOT_DEFINED_FOR_TYPE',
        { operator: operator.name, subject: asked.label, type: printType(value.type), accepts: operator.accepts },
        expr.span,
        this.countInstead(expr, asked.label),
      );
    }
    const { name, type } = this.asked.add({ ...asked, inputType });
    return { kind: 'column', name, type };
  }

  private countInstead(expr: Expr, label: string): readonly Remedy[] {
    if (expr.kind !== 'call') return [];
    const counted: Expr = { ...expr, operator: 'COUNT_DISTINCT' };
    return [
      { label: `Count the distinct values of ${label}`, query: queryText(changed(this.statement, expr, counted)) },
    ];
  }

  /** The one family of a name; FROM chooses among cousins. */
  private theFamily(expr: NameExpr): MetricFamily | undefined {
    const meaning = this.names.meaningOf(expr.name);
    if (meaning?.kind !== 'family') return this.unknown(expr, 'metric family');
    const [first, ...cousins] = meaning.families;
    if (cousins.length === 0) return first;
    const from = this.statement.from?.name;
    const held = meaning.families.filter((family) => family.kind === 'root' && family.root.schema === from);
    if (held.length === 1 && held[0] !== undefined) return held[0];
    const schemas = meaning.families.flatMap((family) => (family.kind === 'root' ? [family.root.schema] : []));
    const remedies = schemas.map((schema) => ({
      label: `From ${schema}`,
      query: queryText({ ...this.statement, from: point(schema) }),
    }));
    return this.causes.add('COUSINS', { name: expr.name, schemas }, expr.span, remedies);
  }

  private unknown(expr: NameExpr, kind: string): undefined {
    const suggestions = this.names.suggest(expr.name, ['family', 'dimension', 'attribute']);
    const remedies = suggestions.map((name) => ({
      label: `Use ${name}`,
      query: queryText(renamed(this.statement, expr.name, name)),
    }));
    return this.causes.add('UNKNOWN_NAME', { name: expr.name, kind, suggestions }, expr.span, remedies);
  }
}

/** Whether a family's column stands in each term of a sum; a factor of a term is enough, a divisor is not. */
function eachTermHasFamily(value: Expression): boolean {
  switch (value.kind) {
    case 'column':
      return value.name.startsWith('#');
    case 'negate':
      return eachTermHasFamily(value.operand);
    case 'arithmetic': {
      const [left, right] = [value.left, value.right].map(eachTermHasFamily);
      if (value.operator === '/') return left === true;
      return value.operator === '*' ? left === true || right === true : left === true && right === true;
    }
    case 'literal':
    case 'compare':
    case 'and':
    case 'or':
    case 'not':
    case 'isNull':
    case 'in':
      return false;
  }
}
