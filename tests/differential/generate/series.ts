import type { Expr, Item, Sign } from '../question.ts';
import type { Random } from '../random.ts';
import { arithmeticType, INT64, isNumeric, operatorsFor, resultType } from '../typing.ts';
import { type Family, type RootFamily, type Type, typeOfName, type World } from '../world.ts';

/** What series may be made of. */
interface Material {
  readonly families: readonly Family[];
  /** Dimensions and attributes that the rows reach. */
  readonly dimensions: readonly string[];
  readonly anchor: readonly string[];
  /** Whether it is said whose rows are counted. */
  readonly rowsKnown: boolean;
}

interface Typed {
  readonly expr: Expr;
  readonly type: Type;
}

/** The type of a family, a dimension, an attribute or a call where a series stands. */
export function typeOfSeries(world: World): (expr: Expr) => Type | undefined {
  const known = (expr: Expr): Type | undefined => {
    if (expr.kind === 'name') {
      const family = world.families.find(({ name }) => name === expr.name);
      return family === undefined ? typeOfName(world, expr.name) : familyType(family);
    }
    if (expr.kind !== 'call') return undefined;
    if (expr.argument === null) return INT64;
    const operator = (['SUM', 'MIN', 'MAX'] as const).find((each) => each === expr.operator);
    if (operator !== undefined) return rowType(world, expr.argument);
    return expr.operator.startsWith('COUNT') ? INT64 : { kind: 'double' };
  };
  return known;
}

/** Whether an expression is made of rows, and not of coordinates alone. */
export function readsRows(world: World, expr: Expr): boolean {
  switch (expr.kind) {
    case 'literal':
      return false;
    case 'name':
      return world.families.some(({ name }) => name === expr.name);
    case 'call':
      return true;
    case 'negate':
    case 'not':
      return readsRows(world, expr.operand);
    case 'arithmetic':
    case 'compare':
      return readsRows(world, expr.left) || readsRows(world, expr.right);
    case 'and':
    case 'or':
      return expr.operands.some((operand) => readsRows(world, operand));
  }
}

/** One to four series, without names that say the same. */
export function seriesOver(random: Random, world: World, material: Material): readonly Item[] {
  const count = random.between(1, 4);
  const items: Item[] = [];
  for (let place = 0; place < count; place++) {
    const typed = one(random, world, material);
    if (typed === null) continue;
    const isNamed =
      typed.expr.kind === 'name' ||
      (typed.expr.kind === 'call' &&
        typed.expr.argument?.kind !== 'arithmetic' &&
        typed.expr.argument?.kind !== 'negate');
    items.push({ expr: typed.expr, alias: isNamed && random.chance(0.7) ? null : `s${place}` });
  }
  // A statement counts rows only where a family, or FROM, says whose.
  return items.length > 0 ? items : [{ expr: { kind: 'call', operator: 'COUNT', argument: null }, alias: null }];
}

function one(random: Random, world: World, material: Material): Typed | null {
  const atom = (): Typed | null => atomOver(random, world, material);
  const first = atom();
  if (first === null || !isNumeric(first.type) || !random.chance(0.25)) return first;
  const second = random.chance(0.25) ? constant(random) : atom();
  if (second === null || !isNumeric(second.type)) return first;
  if (random.chance(0.12)) {
    const comparison = random.pick(['=', '<', '>='] as const);
    return { expr: { kind: 'compare', comparison, left: first.expr, right: second.expr }, type: { kind: 'bool' } };
  }
  return arithmetic(random, first, second) ?? first;
}

function atomOver(random: Random, world: World, { families, dimensions, anchor, rowsKnown }: Material): Typed | null {
  const roots = families.flatMap((family) => (family.kind === 'root' && family.column !== null ? [family] : []));
  const kind = random.weighted([
    [families.length > 0 ? 4 : 0, 'bare'],
    [roots.length > 0 ? 5 : 0, 'operator'],
    [roots.length > 0 ? 3 : 0, 'rowwise'],
    [rowsKnown ? 1 : 0, 'rows'],
    [rowsKnown && dimensions.length > 0 ? 1.5 : 0, 'dimension'],
    [anchor.length > 0 ? 0.3 : 0, 'coordinate'],
  ] as const);
  switch (kind) {
    case 'bare': {
      const family = random.pick(families);
      return { expr: { kind: 'name', name: family.name }, type: familyType(family) };
    }
    case 'operator': {
      const family = random.pick(roots);
      const operators = operatorsFor(family.type).filter((each) => each !== 'SUM' || listsSum(family));
      return applied(random.pick(operators), { expr: { kind: 'name', name: family.name }, type: family.type });
    }
    case 'rowwise':
      return rowwise(random, world, roots, dimensions);
    case 'rows':
      return { expr: { kind: 'call', operator: 'COUNT', argument: null }, type: INT64 };
    case 'dimension': {
      const name = random.pick(dimensions);
      const type = typeOfName(world, name) ?? { kind: 'text' };
      const operator = random.pick(operatorsFor(type).filter((each) => each !== 'SUM'));
      return applied(operator, { expr: { kind: 'name', name }, type });
    }
    case 'coordinate': {
      const name = random.pick(anchor);
      const type = typeOfName(world, name) ?? { kind: 'text' };
      // Alone it would be the anchor's own column.
      return isNumeric(type) ? arithmetic(random, { expr: { kind: 'name', name }, type }, constant(random)) : null;
    }
  }
}

/** An operator over arithmetic, row by row, of families of one root and of dimensions. */
function rowwise(
  random: Random,
  world: World,
  roots: readonly RootFamily[],
  dimensions: readonly string[],
): Typed | null {
  const numeric = roots.filter(({ type }) => isNumeric(type));
  if (numeric.length === 0) return null;
  const first = random.pick(numeric);
  const same = numeric.filter(({ table, where }) => table === first.table && where === first.where);
  const isSum = random.chance(0.4) && listsSum(first);
  const left: Typed = { expr: { kind: 'name', name: first.name }, type: first.type };
  const others = isSum ? same.filter(listsSum) : same;
  const numbers = dimensions.flatMap((name) => {
    const type = typeOfName(world, name);
    return type !== undefined && isNumeric(type) ? [{ name, type }] : [];
  });
  const kind = random.weighted([
    [4, 'family'],
    [2, 'constant'],
    [numbers.length > 0 ? 2 : 0, 'dimension'],
    [1, 'negate'],
  ] as const);
  if (kind === 'negate')
    return applied(isSum ? 'SUM' : random.pick(['MIN', 'MAX', 'AVG', 'MEDIAN', 'COUNT_DISTINCT'] as const), {
      expr: { kind: 'negate', operand: left.expr },
      type: left.type,
    });
  const other = random.pick(others);
  const right: Typed =
    kind === 'family'
      ? { expr: { kind: 'name', name: other.name }, type: other.type }
      : kind === 'constant'
        ? constant(random)
        : (({ name, type }) => ({ expr: { kind: 'name', name } as const, type }))(random.pick(numbers));
  // A sum needs a family that lists it in each of its terms.
  const signs: readonly Sign[] = isSum && kind !== 'family' ? ['*', '/'] : ['+', '-', '*', '/'];
  const single = arithmetic(random, left, right, signs);
  if (single === null) return null;
  const further = random.pick(others);
  const more: Typed = { expr: { kind: 'name', name: further.name }, type: further.type };
  const value = (random.chance(0.3) ? arithmetic(random, single, more) : null) ?? single;
  return applied(
    isSum ? 'SUM' : random.pick(['COUNT', 'MIN', 'MAX', 'AVG', 'MEDIAN', 'COUNT_DISTINCT'] as const),
    value,
  );
}

function applied(operator: ReturnType<typeof operatorsFor>[number], { expr, type }: Typed): Typed {
  return { expr: { kind: 'call', operator, argument: expr }, type: resultType(operator, type) };
}

function arithmetic(
  random: Random,
  left: Typed,
  right: Typed,
  signs: readonly Sign[] = ['+', '-', '*', '/'],
): Typed | null {
  const sign = random.pick(signs);
  const type = arithmeticType(sign, left.type, right.type);
  return type === undefined ? null : { expr: { kind: 'arithmetic', sign, left: left.expr, right: right.expr }, type };
}

function constant(random: Random): Typed {
  return random.weighted<Typed>([
    [
      3,
      {
        expr: { kind: 'literal', value: { kind: 'exact', units: BigInt(random.between(0, 12)), digits: 0 } },
        type: INT64,
      },
    ],
    [
      2,
      {
        expr: { kind: 'literal', value: { kind: 'exact', units: BigInt(random.between(0, 250)), digits: 2 } },
        type: { kind: 'decimal', digits: 2 },
      },
    ],
    [
      1,
      {
        expr: { kind: 'literal', value: { kind: 'double', value: random.pick([0.1, 2.5, 1e3]) } },
        type: { kind: 'double' },
      },
    ],
  ]);
}

function listsSum({ reducers }: RootFamily): boolean {
  return reducers.some(({ operator }) => operator === 'SUM');
}

function familyType(family: Family): Type {
  if (family.kind === 'derived') return family.type;
  return family.column === null ? INT64 : resultType(family.reducers[0]?.operator ?? 'COUNT', family.type);
}

/** Type of what an operator reduces: families by their column's type. */
function rowType(world: World, expr: Expr): Type | undefined {
  switch (expr.kind) {
    case 'name':
      return world.families.find(({ name }) => name === expr.name)?.type ?? typeOfName(world, expr.name);
    case 'negate':
      return rowType(world, expr.operand);
    case 'arithmetic': {
      const [left, right] = [rowType(world, expr.left), rowType(world, expr.right)];
      return left && right && arithmeticType(expr.sign, left, right);
    }
    case 'literal':
      return expr.value.kind === 'exact'
        ? expr.value.digits === 0
          ? INT64
          : { kind: 'decimal', digits: expr.value.digits }
        : { kind: 'double' };
    default:
      return undefined;
  }
}
