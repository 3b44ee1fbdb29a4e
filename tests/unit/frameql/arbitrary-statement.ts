import fc from 'fast-check';
import type {
  Anchor,
  AnchorPoint,
  Definition,
  Expr,
  LiteralValue,
  NamedPoint,
  OrderKey,
  SelectItem,
  Statement,
} from '../../../src/frameql/ast.ts';

const span = { from: 0, to: 0 };

const name = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('region', 'revenue', 'größe', '_x1', 'date', 'group', 'distinct', 'left') },
  {
    weight: 2,
    arbitrary: fc.constantFrom('select', 'Order', 'AT', 'null', 'in', 'a b', '1st', '', '"', "it's", '--', '�'),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 6 }) },
);

const point: fc.Arbitrary<NamedPoint> = name.map((each) => ({ name: each, quoted: false, span }));

const anchorPoint: fc.Arbitrary<AnchorPoint> = fc
  .tuple(point, fc.option(point, { freq: 4 }))
  .map(([each, via]) => ({ ...each, via }));

const anchor: fc.Arbitrary<Anchor> = fc.record({
  points: fc.array(anchorPoint, { maxLength: 3 }),
  span: fc.constant(span),
});

const digits = fc.bigInt({ min: 0n, max: 10n ** 30n }).map(String);

const literal: fc.Arbitrary<LiteralValue> = fc.oneof(
  fc.record({ kind: fc.constant('exact' as const), units: digits, digits: fc.integer({ min: 0, max: 40 }) }),
  fc.record({
    kind: fc.constant('double' as const),
    value: fc.double({ noNaN: true, noDefaultInfinity: true }).map(Math.abs),
  }),
  fc.record({ kind: fc.constant('text' as const), value: fc.string({ unit: 'binary', maxLength: 8 }) }),
  fc.record({ kind: fc.constant('date' as const), value: fc.constantFrom('2024-01-31', '2024-W05', "'", '') }),
  fc.record({ kind: fc.constant('bool' as const), value: fc.boolean() }),
  fc.constant({ kind: 'null' as const }),
);

/** Lower case, as the parser reads it. */
const argumentName = fc.constantFrom('step', 'within', 'order', 'a b', 'ä');

/** Any expression that a text can hold: terms of AND and OR are flat, numbers have no sign, `*` is COUNT's. */
const { expr } = fc.letrec<{ expr: Expr }>((tie) => {
  const operands = (kind: 'and' | 'or') =>
    fc
      .array(tie('expr'), { minLength: 2, maxLength: 4 })
      .map((each) => each.flatMap((one) => (one.kind === kind ? one.operands : [one])));
  return {
    expr: fc.oneof(
      { maxDepth: 5, withCrossShrink: true },
      point.map((each): Expr => ({ kind: 'name', ...each })),
      literal.map((value): Expr => ({ kind: 'literal', value, span })),
      fc.constant<Expr>({ kind: 'call', callee: 'COUNT', star: true, args: [], named: [], nameSpan: span, span }),
      fc
        .tuple(
          fc.constantFrom('SUM', 'COUNT', 'COUNT_DISTINCT', 'LAG', 'UNKNOWN_1', 'Ä'),
          fc.array(tie('expr'), { maxLength: 3 }),
          fc.uniqueArray(fc.record({ name: argumentName, value: tie('expr'), span: fc.constant(span) }), {
            maxLength: 2,
            selector: (argument) => argument.name,
          }),
        )
        .map(
          ([callee, args, named]): Expr => ({ kind: 'call', callee, star: false, args, named, nameSpan: span, span }),
        ),
      fc
        .tuple(tie('expr'), fc.boolean())
        .map(([operand, negated]): Expr => ({ kind: 'isNull', operand, negated, span })),
      fc
        .tuple(tie('expr'), fc.array(tie('expr'), { minLength: 1, maxLength: 3 }), fc.boolean())
        .map(([operand, values, negated]): Expr => ({ kind: 'in', operand, values, negated, span })),
      fc
        .tuple(tie('expr'), tie('expr'), tie('expr'), fc.boolean())
        .map(([operand, low, high, negated]): Expr => ({ kind: 'between', operand, low, high, negated, span })),
      fc
        .tuple(
          fc.option(tie('expr')),
          fc.array(fc.tuple(tie('expr'), tie('expr')), { minLength: 1, maxLength: 2 }),
          fc.option(tie('expr')),
        )
        .map(([operand, pairs, otherwise]): Expr => {
          const branches = pairs.map(([when, then]) => ({ when, then }));
          return { kind: 'case', operand, branches, otherwise, span };
        }),
      fc.tuple(tie('expr'), anchor).map(([operand, each]): Expr => ({ kind: 'at', operand, anchor: each, span })),
      tie('expr').map((operand): Expr => ({ kind: 'negate', operand, span })),
      tie('expr').map((operand): Expr => ({ kind: 'not', operand, span })),
      fc
        .tuple(fc.constantFrom('+' as const, '-' as const, '*' as const, '/' as const), tie('expr'), tie('expr'))
        .map(([operator, left, right]): Expr => ({ kind: 'arithmetic', operator, left, right, span })),
      fc
        .tuple(fc.constantFrom('=' as const, '<>' as const, '<' as const, '>=' as const), tie('expr'), tie('expr'))
        .map(([operator, left, right]): Expr => ({ kind: 'compare', operator, left, right, span })),
      operands('and').map((each): Expr => ({ kind: 'and', operands: each, span })),
      operands('or').map((each): Expr => ({ kind: 'or', operands: each, span })),
    ),
  };
});

const item: fc.Arbitrary<SelectItem> = fc.record({
  expr,
  alias: fc.option(point),
  span: fc.constant(span),
});

const definitions: fc.Arbitrary<readonly Definition[]> = fc.uniqueArray(
  fc.record({ name: point, expr, span: fc.constant(span) }),
  {
    maxLength: 2,
    selector: (definition) => definition.name.name,
  },
);

const key: fc.Arbitrary<OrderKey> = fc.record({ name: point, descending: fc.boolean(), span: fc.constant(span) });

/** PER takes no bridges. */
const per: fc.Arbitrary<Anchor> = anchor.map(({ points }) => ({
  points: points.map((each) => ({ ...each, via: null })),
  span,
}));

/** Any expression of the language. */
export const anyExpr: fc.Arbitrary<Expr> = expr;

/** Any statement of the language. */
export const anyStatement: fc.Arbitrary<Statement> = fc.record({
  explain: fc.boolean(),
  definitions,
  items: fc.array(item, { minLength: 1, maxLength: 3 }),
  from: fc.option(point),
  anchor,
  where: fc.option(expr),
  having: fc.option(expr),
  order: fc.array(key, { maxLength: 2 }),
  limit: fc.option(fc.record({ count: fc.nat(), per: fc.option(per), span: fc.constant(span) })),
  span: fc.constant(span),
});
