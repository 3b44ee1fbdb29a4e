import type { Definition, Expr, SelectItem, Statement } from './ast.ts';
import { childrenOf } from './children.ts';
import { MAX_DEPTH } from './cursor.ts';
import { outputName } from './output-name.ts';
import type { ParseResult } from './parser.ts';
import { rewriteInside } from './rewrite.ts';

/** How many nodes a statement may have once its definitions are written out, unless its text alone has more. */
export const MAX_EXPANDED_NODES = 10_000;

type Meanings = ReadonlyMap<string, Expr>;

/**
 * The statement without its WITH: each name that it defines is replaced by its expression in SELECT, WHERE, HAVING and
 * later definitions. Anchors, ORDER BY and named arguments (`step => year`) name dimensions, columns and levels, and are
 * left; so is a name in HAVING that is a column of the answer. An item that is such a name alone is named after it.
 * What was put in keeps its span in the definition. Definitions that double each other may grow without bound: beyond
 * `MAX_EXPANDED_NODES`, or deeper than a text may nest, the result is a failure.
 */
export function expandDefinitions(statement: Statement): ParseResult {
  if (statement.definitions.length === 0) return { ok: true, statement };
  const tooLarge = tooLargeDefinition(statement);
  if (tooLarge !== null) return failure(tooLarge);
  const meanings = new Map<string, Expr>();
  for (const { name, expr } of statement.definitions) meanings.set(name.name, expanded(expr, meanings));
  const items = statement.items.map((item) => expandedItem(item, meanings));
  const columns = new Set(items.map(outputName));
  const others = new Map([...meanings].filter(([name]) => !columns.has(name)));
  return {
    ok: true,
    statement: {
      ...statement,
      definitions: [],
      items,
      where: statement.where && expanded(statement.where, meanings),
      having: statement.having && expanded(statement.having, others),
    },
  };
}

function expandedItem(item: SelectItem, meanings: Meanings): SelectItem {
  const { expr } = item;
  const named = expr.kind === 'name' && meanings.has(expr.name);
  const alias = named ? { name: expr.name, quoted: expr.quoted, span: expr.span } : null;
  return { ...item, expr: expanded(expr, meanings), alias: item.alias ?? alias };
}

function expanded(expr: Expr, meanings: Meanings): Expr {
  if (expr.kind === 'name') return meanings.get(expr.name) ?? expr;
  if (expr.kind === 'call') {
    const named = expr.named.map((each) =>
      each.value.kind === 'name' ? each : { ...each, value: expanded(each.value, meanings) },
    );
    return { ...expr, args: expr.args.map((each) => expanded(each, meanings)), named };
  }
  const whole = rewriteInside(expr, (each) => expanded(each, meanings));
  if (whole.kind !== 'and' && whole.kind !== 'or') return whole;
  const { kind } = whole;
  return { ...whole, operands: whole.operands.flatMap((each) => (each.kind === kind ? each.operands : [each])) };
}

/** How large a tree is, a leaf being one deep. */
interface Size {
  readonly nodes: number;
  readonly depth: number;
}

/** The largest definition of a statement that would be too large without its WITH; null where it would not. */
function tooLargeDefinition({ definitions, items, where, having }: Statement): Definition | null {
  const none = new Map<string, Size>();
  const sizes = new Map<string, Size>();
  let largest: { readonly definition: Definition; readonly size: Size } | null = null;
  let written = 0;
  for (const definition of definitions) {
    const size = sizeOf(definition.expr, sizes);
    sizes.set(definition.name.name, size);
    written += sizeOf(definition.expr, none).nodes;
    if (largest === null || size.nodes > largest.size.nodes) largest = { definition, size };
  }
  const uses = [...items.map((item) => item.expr), where, having].filter((each) => each !== null);
  const whole = joined(uses.map((each) => sizeOf(each, sizes)));
  written += joined(uses.map((each) => sizeOf(each, none))).nodes;
  const limit = Math.max(MAX_EXPANDED_NODES, written);
  // What is defined and not used is built too.
  const fits = [whole, ...sizes.values()].every(({ nodes, depth }) => nodes <= limit && depth <= MAX_DEPTH + 1);
  return fits || largest === null ? null : largest.definition;
}

function sizeOf(expr: Expr, meanings: ReadonlyMap<string, Size>): Size {
  const meaning = expr.kind === 'name' ? meanings.get(expr.name) : undefined;
  return meaning ?? joined(childrenOf(expr).map((each) => sizeOf(each, meanings)));
}

/** Of a node over such operands. */
function joined(sizes: readonly Size[]): Size {
  let [nodes, depth] = [1, 1];
  for (const size of sizes) {
    nodes += size.nodes;
    depth = Math.max(depth, size.depth + 1);
  }
  return { nodes, depth };
}

function failure({ name }: Definition): ParseResult {
  const error = {
    span: name.span,
    found: 'a definition',
    expected: [],
    hint: `Written out, the definitions of WITH make more than ${MAX_EXPANDED_NODES} parts, or nest more than ${MAX_DEPTH} deep. Use fewer of them in one another.`,
    remedies: [],
    habit: null,
  } as const;
  return { ok: false, error, others: [] };
}
