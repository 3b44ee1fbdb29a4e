import { type At, childrenOf, type Expr, mapChildren } from './expr.ts';
import { INT64, type TypeScope, typeOf } from './logical-type.ts';
import { accepts, operatorOf, resultType, windowOf, windowType } from './operators.ts';
import { type RootFamily, type Type, typeOfName, type World } from './world.ts';

/** Types of expressions of one world: where series stand, and inside operators over rows. */
export class Typing {
  private readonly world: World;
  private readonly series: TypeScope = { known: (expr) => this.ofSeries(expr) };
  private readonly rowwise: TypeScope = {
    known: (expr) => (expr.kind === 'name' ? this.ofRows(expr.name) : undefined),
  };
  private readonly levelTypes = new WeakMap<Expr, { readonly type: Type | undefined }>();
  private readonly rowTypes = new WeakMap<Expr, { readonly type: Type | undefined }>();

  constructor(world: World) {
    this.world = world;
  }

  /** Of a series, or of anything outside operators. */
  readonly level = (expr: Expr): Type | undefined => {
    const known = this.levelTypes.get(expr) ?? { type: typeOf(expr, this.series) };
    this.levelTypes.set(expr, known);
    return known.type;
  };

  /** Of what an operator reduces, or WHERE asks. */
  readonly rows = (expr: Expr): Type | undefined => {
    const known = this.rowTypes.get(expr) ?? { type: typeOf(expr, this.rowwise) };
    this.rowTypes.set(expr, known);
    return known.type;
  };

  private ofRows(name: string): Type | undefined {
    return this.world.families.find((each) => each.name === name)?.type ?? typeOfName(this.world, name);
  }

  private ofSeries(expr: Extract<Expr, { kind: 'name' | 'call' | 'at' }>): Type | undefined {
    if (expr.kind === 'at') return this.level(expr.operand);
    if (expr.kind === 'name') {
      const family = this.world.families.find(({ name }) => name === expr.name);
      if (family === undefined) return typeOfName(this.world, expr.name);
      return family.kind === 'derived' ? this.level(family.formula) : bareType(family);
    }
    const [value] = expr.args;
    const window = windowOf(expr.callee);
    if (window !== undefined) {
      const input = value && this.level(value);
      return input && windowType(window, input);
    }
    const operator = operatorOf(expr.callee);
    if (operator === undefined) return undefined;
    if (value === undefined) return INT64;
    const input = anchorsIn(value).length > 0 ? this.level(withoutAnchors(value)) : this.rows(value);
    return input !== undefined && accepts(operator, input) ? resultType(operator, input) : undefined;
  }
}

/** Type of a family by itself. */
export function bareType({ column, reducers, type }: RootFamily): Type {
  return column === null ? INT64 : resultType(reducers[0]?.operator ?? 'COUNT', type);
}

/** The outermost inner anchors of an operator's argument; those inside an operator of it are that one's. */
export function anchorsIn(expr: Expr): readonly At[] {
  if (expr.kind === 'at') return [expr];
  if (expr.kind === 'call' && isReducing(expr.callee)) return [];
  return childrenOf(expr).flatMap(anchorsIn);
}

/** The expression without its outermost `@`. */
export function withoutAnchors(expr: Expr): Expr {
  if (expr.kind === 'at') return expr.operand;
  if (expr.kind === 'call' && isReducing(expr.callee)) return expr;
  return mapChildren(expr, withoutAnchors);
}

/** Whether a call is of an operator or a window, and not of a scalar function. */
export function isReducing(callee: string): boolean {
  return operatorOf(callee) !== undefined || windowOf(callee) !== undefined;
}
