import { type CheckCase, HEAD, SHOP, TREE } from './check-case.ts';

const AMOUNT = '{name: amount_sold, family_root: {schema: sales, column: amount}, ip_reducers: [{operator: SUM}]}';
const DAILY =
  '  - {name: daily, source: daily, grain: [region, day], columns: {region: {dimension: region}, day: {dimension: day, type: date}, amount: {type: decimal(2)}, n: {type: int64}}}\n';
const WITH_DAILY = TREE.replace('dimension_families:', `${DAILY}dimension_families:`);

const family = (text: string) => `${TREE}metric_families:\n  - ${text}\n`;
const reducers = (text: string) =>
  family(`{name: a, family_root: {schema: sales, column: amount}, ip_reducers: [${text}]}`);
const siblings = (text: string) =>
  `${WITH_DAILY}metric_families:\n  - {name: a, family_root: {schema: sales, column: amount}, ip_reducers: [{operator: SUM}], siblings: [${text}]}\n`;
const derived = (text: string, more = '') => `${TREE}metric_families:\n  - ${AMOUNT}\n  - ${text}\n${more}`;

/** What can be wrong with metric families, formulas and conditions. */
export const METRIC_CHECKS: readonly CheckCase[] = [
  {
    code: 'FAMILY_WITHOUT_ROOT',
    about: 'neither root nor formula',
    fails: family('{name: ▸a, ip_reducers: [{operator: SUM}]}'),
    passes: family('{name: a, family_root: {schema: sales}, ip_reducers: [{operator: COUNT}]}'),
  },
  ...(['family_root', 'ip_reducers', 'reducer', 'siblings', 'cache_hint'] as const).map((key): CheckCase => {
    const value = {
      family_root: '{schema: sales}',
      ip_reducers: '[{operator: SUM}]',
      reducer: 'MEDIAN',
      siblings: '[]',
      cache_hint: '{materialize_at: []}',
    }[key];
    return {
      code: 'DERIVED_WITH_ROOT',
      about: `a formula with ${key}`,
      fails: derived(`{name: b, derived: {formula: amount_sold, inputs: [amount_sold]}, ▸${key}: ${value}}`),
      passes: derived('{name: b, derived: {formula: amount_sold, inputs: [amount_sold]}}'),
    };
  }),
  {
    code: 'DUPLICATE_NAME',
    about: 'two families of one name and root schema',
    fails: `${TREE}metric_families:\n  - ${AMOUNT}\n  - {name: ▸amount_sold, family_root: {schema: sales, column: quantity}, ip_reducers: [{operator: SUM}]}\n`,
    passes: `${TREE}metric_families:\n  - ${AMOUNT}\n  - {name: pieces, family_root: {schema: sales, column: quantity}, ip_reducers: [{operator: SUM}]}\n`,
  },
  {
    code: 'DUPLICATE_NAME',
    about: 'a formula of the name of a family',
    fails: derived('{name: ▸amount_sold, derived: {formula: amount_sold, inputs: [amount_sold]}}'),
    passes: derived('{name: again, derived: {formula: amount_sold, inputs: [amount_sold]}}'),
  },
  {
    code: 'DUPLICATE_NAME',
    about: 'one reducer twice',
    fails: family(
      '{name: a, family_root: {schema: sales, column: amount}, ip_reducers: [{operator: SUM}, {operator: ▸sum}]}',
    ),
    passes: family(
      '{name: a, family_root: {schema: sales, column: amount}, ip_reducers: [{operator: SUM}, {operator: max}]}',
    ),
  },
  {
    code: 'DUPLICATE_NAME',
    about: 'one sibling twice',
    fails: siblings('{schema: daily, column: amount, operator: SUM}, ▸{schema: daily, column: amount, operator: SUM}'),
    passes: siblings('{schema: daily, column: amount, operator: SUM}, {schema: daily, column: amount, operator: MAX}'),
  },
  {
    code: 'NAME_TAKEN',
    about: 'a family of the name of a dimension',
    fails: family('{name: ▸region, family_root: {schema: sales}, ip_reducers: [{operator: COUNT}]}'),
    passes: family('{name: regions, family_root: {schema: sales}, ip_reducers: [{operator: COUNT}]}'),
  },
  {
    code: 'NAME_MAP_AMBIGUOUS',
    about: 'a family of the name of a mapped column',
    fails: family('{name: store_id, family_root: {schema: sales}, ip_reducers: [{operator: COUNT}]}').replace(
      '{store: store_id}',
      '{store: ▸store_id}',
    ),
    passes: family('{name: store_ids, family_root: {schema: sales}, ip_reducers: [{operator: COUNT}]}'),
  },
  {
    code: 'UNKNOWN_SCHEMA',
    about: 'a root in a schema that is not there',
    fails: family('{name: a, family_root: {schema: ▸sails, column: amount}, ip_reducers: [{operator: SUM}]}'),
    passes: family('{name: a, family_root: {schema: sales, column: amount}, ip_reducers: [{operator: SUM}]}'),
  },
  {
    code: 'UNKNOWN_SCHEMA',
    about: 'a sibling in a schema that is not there',
    fails: siblings('{schema: ▸dayly, column: amount, operator: SUM}'),
    passes: siblings('{schema: daily, column: amount, operator: SUM}'),
  },
  {
    code: 'UNBOUND_COLUMN',
    about: 'a root column that the schema does not bind',
    fails: family('{name: a, family_root: {schema: sales, column: ▸paid}, ip_reducers: [{operator: COUNT}]}'),
    passes: family('{name: a, family_root: {schema: sales, column: store_id}, ip_reducers: [{operator: COUNT}]}'),
  },
  {
    code: 'UNBOUND_COLUMN',
    about: 'a sibling column that is not there',
    fails: siblings('{schema: daily, column: ▸amounts, operator: SUM}'),
    passes: siblings('{schema: daily, column: amount, operator: SUM}'),
  },
  {
    code: 'UNBOUND_COLUMN',
    about: 'a condition on a column that the root does not bind',
    fails: family(
      '{name: a, family_root: {schema: sales, column: amount, where: "amount > 0 AND ▸paid"}, ip_reducers: [{operator: SUM}]}',
    ),
    passes: family(
      '{name: a, family_root: {schema: sales, column: amount, where: "amount > 0 AND store_id = \'S1\'"}, ip_reducers: [{operator: SUM}]}',
    ),
  },
  {
    code: 'UNKNOWN_OPERATOR',
    about: 'an operator that this catalog does not have',
    fails: family('{name: a, family_root: {schema: sales, column: amount}, ip_reducers: [{operator: ▸VARIANCE}]}'),
    passes: family('{name: a, family_root: {schema: sales, column: amount}, ip_reducers: [{operator: MAX}]}'),
  },
  {
    code: 'UNKNOWN_OPERATOR',
    about: 'an unknown reducer',
    fails: family('{name: a, family_root: {schema: sales, column: amount}, reducer: ▸MODUS}'),
    passes: family('{name: a, family_root: {schema: sales, column: amount}, reducer: mode}'),
  },
  {
    code: 'UNKNOWN_OPERATOR',
    about: 'a sibling of an unknown operator',
    fails: siblings('{schema: daily, column: amount, operator: ▸TOTAL}'),
    passes: siblings('{schema: daily, column: amount, operator: sum}'),
  },
  {
    code: 'UNKNOWN_DIMENSION_FAMILY',
    about: 'a block along a dimension and not its family',
    fails: family(
      '{name: a, family_root: {schema: sales, column: amount}, ip_reducers: [{operator: SUM, a_block: [▸month]}]}',
    ),
    passes: family(
      '{name: a, family_root: {schema: sales, column: amount}, ip_reducers: [{operator: SUM, a_block: [calendar, sale]}]}',
    ),
  },
  {
    code: 'REDUCER_MISSING',
    about: 'no way to reduce',
    fails: family('{name: ▸a, family_root: {schema: sales, column: amount}, ip_reducers: []}'),
    passes: family('{name: a, family_root: {schema: sales, column: amount}, reducer: MEDIAN}'),
  },
  {
    code: 'REDUCER_TWICE',
    about: 'both kinds of reducers',
    fails: family(
      '{name: a, family_root: {schema: sales, column: amount}, ip_reducers: [{operator: SUM}], ▸reducer: MEDIAN}',
    ),
    passes: family('{name: a, family_root: {schema: sales, column: amount}, ip_reducers: [{operator: SUM}]}'),
  },
  {
    code: 'NOT_MERGEABLE',
    about: 'an ip_reducer that cannot be merged',
    fails: family('{name: a, family_root: {schema: sales, column: note}, ip_reducers: [{operator: ▸COUNT_DISTINCT}]}'),
    passes: family('{name: a, family_root: {schema: sales, column: note}, reducer: COUNT_DISTINCT}'),
  },
  {
    code: 'REDUCER_MERGES',
    about: 'a reducer that can be merged',
    fails: family('{name: a, family_root: {schema: sales, column: amount}, reducer: ▸AVG}'),
    passes: family('{name: a, family_root: {schema: sales, column: amount}, ip_reducers: [{operator: AVG}]}'),
  },
  {
    code: 'ORDER_NOT_TAKEN',
    about: 'an order for a sum',
    fails: family(
      '{name: a, family_root: {schema: sales, column: amount}, ip_reducers: [{operator: SUM, ▸order: day}]}',
    ),
    passes: family(
      '{name: a, family_root: {schema: sales, column: amount}, ip_reducers: [{operator: SUM, a_block: []}]}',
    ),
  },
  {
    code: 'ORDER_NOT_TAKEN',
    about: 'a combining operator for a sum',
    fails: family(
      '{name: a, family_root: {schema: sales, column: amount}, ip_reducers: [{operator: SUM, ▸combine: MAX}]}',
    ),
    passes: family('{name: a, family_root: {schema: sales, column: amount}, ip_reducers: [{operator: SUM}]}'),
  },
  {
    code: 'REDUCER_MERGES',
    about: 'an ordered operator as the reducer',
    fails: family('{name: a, family_root: {schema: sales, column: amount}, reducer: ▸LAST}'),
    passes: reducers('{operator: LAST, order: day}'),
  },
  ...['QUANTILE', 'APPROX_QUANTILE', 'WEIGHTED_AVG'].flatMap((operator): readonly CheckCase[] => [
    {
      code: 'OPERATOR_NEEDS_ARGUMENT',
      about: `${operator} as an ip_reducer`,
      fails: reducers(`{operator: ▸${operator}}`),
      passes: reducers('{operator: APPROX_DISTINCT}'),
    },
    {
      code: 'OPERATOR_NEEDS_ARGUMENT',
      about: `${operator} as the reducer`,
      fails: family(`{name: a, family_root: {schema: sales, column: amount}, reducer: ▸${operator}}`),
      passes: family('{name: a, family_root: {schema: sales, column: amount}, reducer: MEDIAN}'),
    },
    {
      code: 'OPERATOR_NEEDS_ARGUMENT',
      about: `a sibling of ${operator}`,
      fails: siblings(`{schema: daily, column: amount, operator: ▸${operator}}`),
      passes: siblings('{schema: daily, column: amount, operator: MODE}'),
    },
  ]),
  {
    code: 'ORDER_MISSING',
    about: 'the last of nothing that orders',
    fails: reducers('{operator: ▸LAST, combine: SUM}'),
    passes: reducers('{operator: LAST, combine: SUM, order: month}'),
  },
  {
    code: 'UNKNOWN_DIMENSION',
    about: 'an order that is no dimension',
    fails: reducers('{operator: FIRST, order: ▸quantity}'),
    passes: reducers('{operator: FIRST, order: year}'),
  },
  {
    code: 'ORDER_NOT_A_DATE',
    about: 'an order that is text',
    fails: reducers('{operator: FIRST, order: ▸region}'),
    passes: reducers('{operator: FIRST, order: day}'),
  },
  {
    code: 'ORDER_UNREACHABLE',
    about: 'an order that the root does not determine',
    fails: family(
      '{name: a, family_root: {schema: stores, column: title}, ip_reducers: [{operator: LAST, order: ▸month}]}',
    ),
    passes: family(
      '{name: a, family_root: {schema: sales, column: note}, ip_reducers: [{operator: LAST, order: month}]}',
    ),
  },
  {
    code: 'COMBINE_UNKNOWN',
    about: 'a combining operator that is none',
    fails: reducers('{operator: LAST, order: day, combine: ▸AVG}'),
    passes: reducers('{operator: LAST, order: day, combine: max}'),
  },
  {
    code: 'OPERATOR_TYPE',
    about: 'texts of one period summed',
    fails: family(
      '{name: a, family_root: {schema: sales, column: note}, ip_reducers: [{operator: LAST, order: day, combine: ▸SUM}]}',
    ),
    passes: family(
      '{name: a, family_root: {schema: sales, column: note}, ip_reducers: [{operator: LAST, order: day, combine: MIN}]}',
    ),
  },
  {
    code: 'DUPLICATE_NAME',
    about: 'the last by two orders',
    fails: reducers('{operator: LAST, order: day}, {operator: ▸LAST, order: month}'),
    passes: reducers('{operator: LAST, order: day}, {operator: FIRST, order: month}'),
  },
  {
    code: 'OPERATOR_TYPE',
    about: 'the sum of a text',
    fails: family('{name: a, family_root: {schema: sales, column: note}, ip_reducers: [{operator: ▸SUM}]}'),
    passes: family('{name: a, family_root: {schema: sales, column: note}, ip_reducers: [{operator: MAX}]}'),
  },
  {
    code: 'OPERATOR_TYPE',
    about: 'the median of a text',
    fails: family('{name: a, family_root: {schema: sales, column: note}, reducer: ▸MEDIAN}'),
    passes: family('{name: a, family_root: {schema: sales, column: quantity}, reducer: MEDIAN}'),
  },
  {
    code: 'ROWS_ONLY_COUNTED',
    about: 'the sum of rows',
    fails: family('{name: a, family_root: {schema: sales}, ip_reducers: [{operator: ▸SUM}]}'),
    passes: family('{name: a, family_root: {schema: sales}, ip_reducers: [{operator: COUNT(*)}]}'),
  },
  {
    code: 'ROWS_WITH_COLUMN',
    about: 'the rows of a column',
    fails: family('{name: a, family_root: {schema: sales, column: amount}, ip_reducers: [{operator: ▸COUNT(*)}]}'),
    passes: family('{name: a, family_root: {schema: sales, column: amount}, ip_reducers: [{operator: COUNT}]}'),
  },
  {
    code: 'SIBLING_IS_ROOT',
    about: 'a root as its own sibling',
    fails: siblings('{schema: ▸sales, column: amount, operator: SUM}'),
    passes: siblings('{schema: daily, column: amount, operator: SUM}'),
  },
  {
    code: 'SIBLING_TYPE',
    about: 'a sibling of another type than the reduction gives',
    fails: siblings('{schema: daily, column: ▸n, operator: SUM}'),
    passes: siblings('{schema: daily, column: n, operator: COUNT}'),
  },
  {
    code: 'SIBLING_NOT_MERGEABLE',
    about: 'a column of averages',
    fails: siblings('{schema: daily, column: amount, operator: ▸AVG}'),
    passes: siblings('{schema: daily, column: amount, operator: MIN}'),
  },
  ...['PRODUCT', 'VAR_POP', 'APPROX_DISTINCT', 'FIRST'].map(
    (operator): CheckCase => ({
      code: 'SIBLING_NOT_MERGEABLE',
      about: `a column of ${operator}`,
      fails: siblings(`{schema: daily, column: amount, operator: ▸${operator}}`),
      passes: siblings('{schema: daily, column: n, operator: COUNT_DISTINCT}'),
    }),
  ),
  {
    code: 'SIBLING_UNREACHABLE',
    about: 'a pre-aggregate at a dimension that the root does not determine',
    fails: siblings('{schema: ▸daily, column: amount, operator: SUM}').replace(
      'edges: [{child: store, parent: region, via: stores}]',
      'edges: [{child: region, parent: store, via: stores}]',
    ),
    passes: siblings('{schema: daily, column: amount, operator: SUM}'),
  },
  {
    code: 'UNKNOWN_DIMENSION',
    about: 'a hint at a name that is no dimension',
    fails: family(
      '{name: a, family_root: {schema: sales}, ip_reducers: [{operator: COUNT}], cache_hint: {materialize_at: [[region, ▸title]]}}',
    ),
    passes: family(
      '{name: a, family_root: {schema: sales}, ip_reducers: [{operator: COUNT}], cache_hint: {materialize_at: [[region, store], []]}}',
    ),
  },
  {
    code: 'HINT_UNREACHABLE',
    about: 'a hint at a dimension that the root does not determine',
    fails: family(
      '{name: a, family_root: {schema: stores}, ip_reducers: [{operator: COUNT}], cache_hint: {materialize_at: [[region, ▸month]]}}',
    ),
    passes: family(
      '{name: a, family_root: {schema: sales}, ip_reducers: [{operator: COUNT}], cache_hint: {materialize_at: [[region, month]]}}',
    ),
  },
  {
    code: 'EXPRESSION_SYNTAX',
    about: 'a formula that breaks off',
    fails: derived('{name: b, derived: {formula: "amount_sold -▸", inputs: [amount_sold]}}'),
    passes: derived('{name: b, derived: {formula: "-amount_sold", inputs: [amount_sold]}}'),
  },
  {
    code: 'EXPRESSION_SYNTAX',
    about: 'a filter that breaks off',
    fails: `${TREE}filter: "region = 'East' AND▸"\n`,
    passes: `${TREE}filter: "region = 'East' AND store <> 'S1'"\n`,
  },
  {
    code: 'EXPRESSION_TYPE',
    about: 'a formula that gives a truth value',
    fails: derived('{name: b, derived: {formula: ▸amount_sold > 0, inputs: [amount_sold]}}'),
    passes: derived('{name: b, derived: {formula: amount_sold + 0, inputs: [amount_sold]}}'),
  },
  {
    code: 'EXPRESSION_TYPE',
    about: 'a formula of no family',
    fails: derived('{name: b, derived: {formula: ▸1 + 1, inputs: []}}'),
    passes: derived('{name: b, derived: {formula: 1 + amount_sold, inputs: [amount_sold]}}'),
  },
  {
    code: 'EXPRESSION_TYPE',
    about: 'arithmetic over a text',
    fails: derived(
      '{name: b, derived: {formula: ▸last_note + 1, inputs: [last_note]}}',
      '  - {name: last_note, family_root: {schema: sales, column: note}, ip_reducers: [{operator: MAX}]}\n',
    ),
    passes: derived(
      '{name: b, derived: {formula: notes + 1, inputs: [notes]}}',
      '  - {name: notes, family_root: {schema: sales, column: note}, ip_reducers: [{operator: COUNT}]}\n',
    ),
  },
  {
    code: 'EXPRESSION_TYPE',
    about: 'a product of too many digits',
    fails: derived(
      `{name: b, derived: {formula: ▸${Array(10).fill('amount_sold').join(' * ')}, inputs: [amount_sold]}}`,
    ),
    passes: derived(
      `{name: b, derived: {formula: ${Array(9).fill('amount_sold').join(' * ')}, inputs: [amount_sold]}}`,
    ),
  },
  {
    code: 'EXPRESSION_TYPE',
    about: 'a filter that is no condition',
    fails: `${TREE}filter: ▸region\n`,
    passes: `${TREE}filter: region = 'East'\n`,
  },
  {
    code: 'EXPRESSION_TYPE',
    about: 'a period of another level',
    fails: `${TREE}filter: "▸month >= '2024-01-15'"\n`,
    passes: `${TREE}filter: "month >= '2024-01' AND year = 2024 AND day <> DATE '2024-01-15'"\n`,
  },
  {
    code: 'EXPRESSION_TYPE',
    about: 'a number compared with a text in the condition of a root',
    fails: family(
      '{name: a, family_root: {schema: sales, column: amount, where: "quantity > 0 OR ▸quantity = \'x\'"}, ip_reducers: [{operator: SUM}]}',
    ),
    passes: family(
      '{name: a, family_root: {schema: sales, column: amount, where: "quantity > 0 OR NOT quantity = 0.5"}, ip_reducers: [{operator: SUM}]}',
    ),
  },
  {
    code: 'CALL_IN_EXPRESSION',
    about: 'an operator in a formula',
    fails: derived('{name: b, derived: {formula: amount_sold / ▸COUNT(amount_sold), inputs: [amount_sold]}}'),
    passes: derived('{name: b, derived: {formula: amount_sold / 2, inputs: [amount_sold]}}'),
  },
  {
    code: 'CALL_IN_EXPRESSION',
    about: 'a window in a formula',
    fails: derived('{name: b, derived: {formula: "amount_sold - ▸LAG(amount_sold)", inputs: [amount_sold]}}'),
    passes: derived('{name: b, derived: {formula: "amount_sold - ROUND(amount_sold / 2, 1)", inputs: [amount_sold]}}'),
  },
  {
    code: 'CALL_IN_EXPRESSION',
    about: 'an inner anchor in a formula',
    fails: derived('{name: b, derived: {formula: "amount_sold / (▸amount_sold @ ())", inputs: [amount_sold]}}'),
    passes: derived(
      '{name: b, derived: {formula: "CASE WHEN amount_sold > 0 THEN amount_sold ELSE COALESCE(amount_sold, 0) END", inputs: [amount_sold]}}',
    ),
  },
  {
    code: 'CALL_IN_EXPRESSION',
    about: 'an operator in a filter',
    fails: `${TREE}filter: "▸MAX(day) > '2024-01-01'"\n`,
    passes: `${TREE}filter: "DATE_TRUNC('month', day) BETWEEN '2024-01' AND '2024-06' AND UPPER(region) IN ('EAST', 'WEST') AND title IS NOT NULL"\n`,
  },
  {
    code: 'UNKNOWN_FAMILY',
    about: 'a formula over a name that is no family',
    fails: derived('{name: b, derived: {formula: amount_sold - ▸amount, inputs: [amount_sold, amount]}}'),
    passes: derived('{name: b, derived: {formula: amount_sold - amount_sold, inputs: [amount_sold]}}'),
  },
  {
    code: 'INPUTS_DIFFER',
    about: 'an input that is missing',
    fails: derived('{name: b, derived: {formula: amount_sold * 2, inputs: ▸[]}}'),
    passes: derived('{name: b, derived: {formula: amount_sold * 2, inputs: [amount_sold]}}'),
  },
  {
    code: 'INPUTS_DIFFER',
    about: 'an input that the formula does not use',
    fails: derived('{name: b, derived: {formula: amount_sold * 2, inputs: ▸[amount_sold, orders]}}'),
    passes: derived('{name: b, derived: {formula: amount_sold * 2, inputs: [amount_sold, amount_sold]}}'),
  },
  {
    code: 'CYCLE_IN_FORMULAS',
    about: 'formulas that need each other',
    fails: derived(
      '{name: b, derived: {formula: c + amount_sold, inputs: [c, amount_sold]}}',
      '  - {name: c, derived: {formula: 2 * ▸b, inputs: [b]}}\n',
    ),
    passes: derived(
      '{name: b, derived: {formula: c + amount_sold, inputs: [c, amount_sold]}}',
      '  - {name: c, derived: {formula: 2 * amount_sold, inputs: [amount_sold]}}\n',
    ),
  },
  {
    code: 'CYCLE_IN_FORMULAS',
    about: 'a formula that needs itself',
    fails: derived('{name: b, derived: {formula: amount_sold + ▸b, inputs: [b, amount_sold]}}'),
    passes: derived('{name: b, derived: {formula: amount_sold + 1, inputs: [amount_sold]}}'),
  },
  {
    code: 'UNKNOWN_DIMENSION',
    about: 'a filter over a measure',
    fails: `${TREE}filter: ▸amount > 0\n`,
    passes: `${TREE}filter: title <> 'Closed'\n`,
  },
  {
    code: 'UNKNOWN_SOURCE',
    about: 'a source that is misspelt',
    fails: `${HEAD}schemas: [{name: a, source: ▸store, grain: []}]\n`,
    passes: `${HEAD}schemas: [{name: a, source: stores, grain: []}]\n`,
  },
  {
    code: 'UNBOUND_COLUMN',
    about: 'a root by the name of the dimension and not of the column',
    fails: `${SHOP}metric_families: [{name: a, family_root: {schema: sales, column: ▸store}, reducer: COUNT_DISTINCT}]\n`,
    passes: `${SHOP}metric_families: [{name: a, family_root: {schema: sales, column: store_id}, reducer: COUNT_DISTINCT}]\n`,
  },
];
