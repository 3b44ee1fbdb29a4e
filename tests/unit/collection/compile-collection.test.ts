import { describe, expect, test } from 'vitest';
import { determines } from '../../../src/collection/fd-dag.ts';
import { grainColumns } from '../../../src/collection/grain.ts';
import type { SemanticManifest } from '../../../src/collection/manifest.ts';
import { AIR, HEAD, OFFERS, SHOP, SOURCES, TREE } from './checks/check-case.ts';
import { compiled, manifestOf } from './compiled.ts';
import { retailManifest } from './retail.ts';

const edges = (manifest: SemanticManifest) => manifest.fdDag.map(({ id }) => id);
const schema = (manifest: SemanticManifest, name: string) => {
  const found = manifest.schemas.find((each) => each.name === name);
  if (found === undefined) throw new Error(`no schema ${name}`);
  return found;
};
const roles = (manifest: SemanticManifest, name: string) =>
  Object.fromEntries(schema(manifest, name).columns.map(({ physical, role }) => [physical, role]));
const types = (manifest: SemanticManifest, name: string) =>
  Object.fromEntries(schema(manifest, name).columns.map(({ physical, type }) => [physical, type]));

describe('the retail collection', () => {
  const manifest = retailManifest();

  test('columns: what `columns` says, what the name map adds, nothing else', () => {
    expect(roles(manifest, 'transactions')).toEqual({
      cost: { kind: 'measure' },
      customer_id: { kind: 'dimension', dimension: 'customer' },
      day: { kind: 'dimension', dimension: 'day' },
      quantity: { kind: 'measure' },
      revenue: { kind: 'measure' },
      sku: { kind: 'dimension', dimension: 'product' },
      store_id: { kind: 'dimension', dimension: 'store' },
      transaction_id: { kind: 'dimension', dimension: 'transaction' },
    });
    expect(roles(manifest, 'stores')).toEqual({
      region: { kind: 'dimension', dimension: 'region' },
      store_id: { kind: 'dimension', dimension: 'store' },
      store_name: { kind: 'attribute', attribute: 'store_name', of: 'store' },
    });
  });

  test('types: declared, else of the source; a level of the calendar is a date of that level', () => {
    expect(types(manifest, 'store_monthly_inventory')).toEqual({
      month: { kind: 'date', level: 'month' },
      store_id: { kind: 'text' },
      units_delivered: { kind: 'int64' },
      units_on_hand: { kind: 'int64' },
    });
    expect(types(manifest, 'transactions')).toMatchObject({
      transaction_id: { kind: 'int64' },
      day: { kind: 'date', level: 'day' },
      revenue: { kind: 'decimal', digits: 2 },
      sku: { kind: 'text' },
    });
  });

  test('edges: lookups, attributes, calendar', () => {
    expect(edges(manifest)).toEqual([
      'day→month',
      'day→week',
      'month→quarter',
      'product→category via products',
      'product→product_name via products',
      'quarter→year',
      'store→region via stores',
      'store→store_name via stores',
    ]);
    expect(manifest.fdDag.find(({ parent }) => parent === 'region')).toEqual({
      kind: 'lookup',
      id: 'store→region via stores',
      child: 'store',
      parent: 'region',
      via: 'stores',
      childColumn: 'store_id',
      parentColumn: 'region',
    });
  });

  test('dimension families: as declared; what is in none is its own', () => {
    expect(manifest.dimensionFamilies).toEqual([
      { name: 'calendar', dimensions: ['day', 'month', 'quarter', 'week', 'year'] },
      { name: 'customer', dimensions: ['customer'] },
      { name: 'geography', dimensions: ['store', 'region'] },
      { name: 'merchandise', dimensions: ['product', 'category', 'promotion'] },
      { name: 'transaction', dimensions: ['transaction'] },
    ]);
    expect(manifest.dimensions.find(({ name }) => name === 'month')).toEqual({
      name: 'month',
      type: { kind: 'date', level: 'month' },
      family: 'calendar',
      level: 'month',
    });
  });

  test('metric families', () => {
    const named = new Map(manifest.metricFamilies.map((family) => [family.name, family]));
    expect([...named.keys()]).toEqual(['buyers', 'cost', 'orders', 'profit', 'revenue', 'stock']);
    expect(named.get('revenue')).toEqual({
      kind: 'root',
      name: 'revenue',
      description: '',
      root: { schema: 'transactions', column: 'revenue', where: null },
      type: { kind: 'decimal', digits: 2 },
      ipReducers: [{ operator: 'SUM', order: null, combine: null, aBlock: [] }],
      reducer: null,
      siblings: [{ schema: 'region_daily_summary', column: 'revenue', operator: 'SUM' }],
      materializeAt: [['day', 'region'], ['region']],
    });
    expect(named.get('orders')).toMatchObject({
      root: { schema: 'transactions', column: null },
      type: { kind: 'int64' },
      ipReducers: [{ operator: 'COUNT(*)', order: null, combine: null, aBlock: [] }],
    });
    expect(named.get('stock')).toMatchObject({
      root: { schema: 'store_monthly_inventory', column: 'units_on_hand' },
      type: { kind: 'int64' },
      ipReducers: [
        { operator: 'LAST', order: 'month', combine: 'SUM', aBlock: [] },
        { operator: 'SUM', order: null, combine: null, aBlock: ['calendar'] },
      ],
      reducer: null,
    });
    expect(named.get('buyers')).toMatchObject({ ipReducers: [], reducer: 'COUNT_DISTINCT', type: { kind: 'text' } });
    expect(named.get('profit')).toMatchObject({
      kind: 'derived',
      formulaText: 'revenue - cost',
      inputs: ['cost', 'revenue'],
      formula: { kind: 'arithmetic', operator: '-' },
    });
  });

  test('bridges', () => {
    expect(manifest.bridges).toEqual([
      {
        id: 'product↔promotion via product_promotions',
        child: 'product',
        parent: 'promotion',
        via: 'product_promotions',
        childColumn: 'sku',
        parentColumn: 'promotion_id',
      },
    ]);
  });

  test('stability: the date column and the days of its source', () => {
    expect(schema(manifest, 'transactions').stability).toEqual({ column: 'day', holdOffDays: 7 });
    expect(schema(manifest, 'stores').stability).toBeNull();
  });

  test('frozen all the way down, and nothing to note', () => {
    const frozen = (value: unknown): boolean =>
      typeof value !== 'object' || value === null || (Object.isFrozen(value) && Object.values(value).every(frozen));
    expect(frozen(manifest)).toBe(true);
    expect(manifest.issues).toEqual([]);
  });

  test('the name map inherits nothing', () => {
    const { constructor: inherited } = manifest.nameMap;
    expect(inherited).toBeUndefined();
    expect({ ...manifest.nameMap }).toEqual({ product: 'sku', store: 'store_id', transaction: 'transaction_id' });
  });
});

describe('calendar', () => {
  const calendar = (text: string, from = 'day') =>
    manifestOf(
      `${HEAD}schemas: [{name: daily, source: daily, grain: [], columns: {day: {dimension: ${from}, type: date}}}]\ndimension_families: [{name: time, calendar: ${text}}]\n`,
    );

  test.each([
    ['{from: day, levels: [week, month, quarter, year]}', ['day→month', 'day→week', 'month→quarter', 'quarter→year']],
    ['{from: day, levels: [quarter, year]}', ['day→quarter', 'quarter→year']],
    ['{from: day, levels: [year, month]}', ['day→month', 'month→year']],
    ['{from: day, levels: [week]}', ['day→week']],
    ['{from: day, levels: []}', []],
  ])('%s', (text, expected) => {
    expect(edges(calendar(text))).toEqual(expected);
  });

  test('it may start at a date of another name', () => {
    const manifest = calendar('{from: sold_on, levels: [month]}', 'sold_on');
    expect(manifest.fdDag).toEqual([
      { kind: 'calendar', id: 'sold_on→month', child: 'sold_on', parent: 'month', from: 'day', to: 'month' },
    ]);
    expect(manifest.dimensions.map(({ name, level }) => [name, level])).toEqual([
      ['month', 'month'],
      ['sold_on', 'day'],
    ]);
  });

  test('it may start at a level', () => {
    const manifest = calendar('{from: month, levels: [year]}', 'month');
    expect(types(manifest, 'daily')).toEqual({ day: { kind: 'date', level: 'month' } });
    expect(edges(manifest)).toEqual(['month→year']);
  });

  test('a date outside a calendar is a day without a level', () => {
    const manifest = manifestOf(
      `${HEAD}schemas: [{name: daily, source: daily, grain: [], columns: {day: {dimension: month, type: date}}}]\n`,
    );
    expect(manifest.dimensions).toEqual([
      { name: 'month', type: { kind: 'date', level: 'day' }, family: 'month', level: null },
    ]);
  });
});

describe('roles', () => {
  const role = (name: string) => `{airport: ${name}, state: ${name}_state, city: ${name}_city}`;
  const text = `${AIR}dimension_families:
  - name: origin
    edges: [{child: origin, parent: origin_state, via: airports, as: ${role('origin')}}]
  - name: destination
    edges: [{child: destination, parent: destination_state, via: airports, as: ${role('destination')}}]
`;
  const manifest = manifestOf(text);

  test('one lookup read twice gives two of everything, and no name of its own', () => {
    expect(manifest.dimensions.map(({ name }) => name)).toEqual([
      'destination',
      'destination_state',
      'flight',
      'origin',
      'origin_state',
    ]);
    expect(manifest.attributes).toEqual([
      { name: 'destination_city', of: 'destination', type: { kind: 'text' } },
      { name: 'origin_city', of: 'origin', type: { kind: 'text' } },
    ]);
    expect(edges(manifest)).toEqual([
      'destination→destination_city via airports',
      'destination→destination_state via airports',
      'origin→origin_city via airports',
      'origin→origin_state via airports',
    ]);
    expect(manifest.fdDag[3]).toMatchObject({ childColumn: 'iata', parentColumn: 'state' });
    expect(roles(manifest, 'airports')).toEqual({
      iata: { kind: 'roleSource', name: 'airport' },
      state: { kind: 'roleSource', name: 'state' },
      city: { kind: 'roleSource', name: 'city' },
    });
  });

  test('its grain is told by its own names', () => {
    expect(grainColumns(schema(manifest, 'airports')).map(({ physical }) => physical)).toEqual(['iata']);
    expect(grainColumns(schema(manifest, 'flights')).map(({ physical }) => physical)).toEqual(['id']);
  });

  test('beside an edge without `as` the lookup keeps its names', () => {
    const both = manifestOf(
      text.replace(
        'dimension_families:',
        'dimension_families:\n  - {name: places, edges: [{child: airport, parent: state, via: airports}]}',
      ),
    );
    expect(both.dimensions.map(({ name }) => name)).toEqual([
      'airport',
      'destination',
      'destination_state',
      'flight',
      'origin',
      'origin_state',
      'state',
    ]);
    expect(edges(both)).toContain('airport→city via airports');
    expect(edges(both)).toContain('airport→state via airports');
  });

  test('the ends of a role have one type', () => {
    const result = compiled(text.replace('origin: {dimension: origin}', 'origin: {dimension: origin, type: int64}'));
    expect(result.ok ? [] : result.issues.map(({ code }) => code)).toEqual(['TWO_TYPES']);
  });

  test('two attributes of one name in two lookups are one', () => {
    const shared = manifestOf(
      `${SHOP.replace('note: {}', 'note: {attribute_of: store}')}  - {name: returns, source: returns, grain: [], columns: {note: {attribute_of: store}}}\n`,
    );
    expect(shared.attributes.filter(({ name }) => name === 'note')).toHaveLength(1);
    expect(edges(shared)).toEqual(['store→note via returns', 'store→note via sales', 'store→title via stores']);
  });
});

describe('bridges', () => {
  const families = (manifest: SemanticManifest) =>
    Object.fromEntries(manifest.dimensions.map(({ name, family }) => [name, family]));
  const TO_OFFER = '{child: store, parent: offer, via: offers}';

  test('are no edges: nothing follows over them', () => {
    const manifest = manifestOf(`${OFFERS}dimension_families: [{name: trade, bridges: [${TO_OFFER}]}]\n`);
    expect(manifest.bridges.map(({ id }) => id)).toEqual(['store↔offer via offers']);
    expect(edges(manifest)).toEqual(['store→title via stores']);
    expect(determines(manifest, ['store'], 'offer')).toBe(false);
    expect(determines(manifest, ['offer'], 'store')).toBe(false);
  });

  test('dimensions that only bridges reach belong to the family of the bridge', () => {
    const alone = manifestOf(`${OFFERS}dimension_families: [{name: trade, bridges: [${TO_OFFER}]}]\n`);
    expect(families(alone)).toMatchObject({ store: 'trade', offer: 'trade', region: 'region', brand: 'brand' });
  });

  test('those that an edge or a calendar reaches stay in its family, wherever it stands in the text', () => {
    const edge = '{name: geography, edges: [{child: store, parent: region, via: stores}]}';
    const bridge = `{name: trade, bridges: [${TO_OFFER}, {child: day, parent: quantity, via: sales}]}`;
    const calendar = '{name: calendar, calendar: {from: day, levels: [month]}}';
    const text = OFFERS.replace('quantity: {}', 'quantity: {dimension: quantity}');
    const expected = { store: 'geography', offer: 'trade', quantity: 'trade', day: 'calendar' };
    for (const order of [
      [edge, bridge, calendar],
      [bridge, calendar, edge],
    ]) {
      const manifest = manifestOf(`${text}dimension_families:\n${order.map((each) => `  - ${each}\n`).join('')}`);
      expect(families(manifest)).toMatchObject(expected);
    }
  });

  test('a lookup read through roles by edges keeps its names where a bridge reads it', () => {
    const roles = '{child: origin, parent: origin_state, via: airports, as: {airport: origin, state: origin_state}}';
    const manifest = manifestOf(
      `${AIR}dimension_families: [{name: places, edges: [${roles}], bridges: [{child: state, parent: airport, via: airports}]}]\n`,
    );
    expect(manifest.bridges).toMatchObject([{ childColumn: 'state', parentColumn: 'iata' }]);
    expect(families(manifest)).toMatchObject({ airport: 'places', state: 'places', origin: 'places' });
  });

  test('both directions of one schema are two bridges, sorted by id', () => {
    const back = '{child: offer, parent: store, via: offers}';
    const manifest = manifestOf(`${OFFERS}dimension_families: [{name: trade, bridges: [${TO_OFFER}, ${back}]}]\n`);
    expect(manifest.bridges.map(({ id }) => id)).toEqual(['offer↔store via offers', 'store↔offer via offers']);
  });

  test('their ends have one type wherever they are held', () => {
    const result = compiled(
      `${OFFERS.replace('{offer: {dimension: offer}', '{store_id: {type: int64}, offer: {dimension: offer}')}dimension_families: [{name: trade, bridges: [${TO_OFFER}]}]\n`,
    );
    expect(result.ok ? [] : result.issues.map(({ code }) => code)).toEqual(['TWO_TYPES']);
  });
});

describe('reducers', () => {
  const reducers = (text: string, column = 'amount') => {
    const [family] = manifestOf(
      `${TREE}metric_families: [{name: a, family_root: {schema: sales, column: ${column}}, ${text}}]\n`,
    ).metricFamilies;
    return family?.kind === 'root' ? [family.ipReducers, family.reducer] : [];
  };
  const plain = { order: null, combine: null, aBlock: [] };

  test.each([
    ['{operator: last, order: month, combine: sum}', { operator: 'LAST', order: 'month', combine: 'SUM', aBlock: [] }],
    ['{operator: FIRST, order: day}', { operator: 'FIRST', order: 'day', combine: null, aBlock: [] }],
    [
      '{operator: FIRST, order: year, combine: MIN, a_block: [geography]}',
      { operator: 'FIRST', order: 'year', combine: 'MIN', aBlock: ['geography'] },
    ],
    ['{operator: STDDEV_SAMP}', { ...plain, operator: 'STDDEV_SAMP' }],
    ['{operator: PRODUCT, a_block: [calendar]}', { ...plain, operator: 'PRODUCT', aBlock: ['calendar'] }],
    ['{operator: APPROX_DISTINCT}', { ...plain, operator: 'APPROX_DISTINCT' }],
  ])('%s', (text, expected) => {
    expect(reducers(`ip_reducers: [${text}]`)).toEqual([[expected], null]);
  });

  test.each(['MEDIAN', 'MODE', 'COUNT_DISTINCT'])('reducer: %s', (operator) => {
    expect(reducers(`reducer: ${operator}`)).toEqual([[], operator]);
  });

  test('a formula over LAST has the type of its column', () => {
    const text = `${TREE}metric_families:
  - {name: a, family_root: {schema: sales, column: amount}, ip_reducers: [{operator: LAST, order: day}]}
  - {name: b, derived: {formula: a * a, inputs: [a]}}
`;
    expect(manifestOf(text).metricFamilies.map(({ name }) => name)).toEqual(['a', 'b']);
  });

  test('a date outside a calendar may order', () => {
    const text = `${SHOP}metric_families: [{name: a, family_root: {schema: sales, column: amount}, ip_reducers: [{operator: LAST, order: day}]}]\n`;
    expect(manifestOf(text).metricFamilies).toMatchObject([{ ipReducers: [{ order: 'day' }] }]);
  });

  test('an order whose type is not known yet is let be', () => {
    const sources = SOURCES.filter(({ name }) => name !== 'sales');
    const text = `${SHOP}metric_families: [{name: a, family_root: {schema: sales, column: amount}, ip_reducers: [{operator: LAST, order: day, combine: SUM}]}]\n`;
    expect(manifestOf(text, { sources }).issues.map(({ code }) => code)).toEqual(['SOURCE_UNREAD']);
  });
});

describe('name map', () => {
  test('a column of which only the type is said is the dimension, of that type', () => {
    const manifest = manifestOf(
      `${HEAD}name_map: {sale: id}\nschemas: [{name: daily, source: sales, grain: [sale], columns: {id: {type: text}}}]\n`,
    );
    expect(schema(manifest, 'daily').columns).toEqual([
      { physical: 'id', type: { kind: 'text' }, role: { kind: 'dimension', dimension: 'sale' } },
    ]);
  });

  test('a mapped column that no source has is noted', () => {
    const manifest = manifestOf(`${HEAD}name_map: {buyer: buyer_no}\nschemas: []\n`);
    expect(manifest.issues).toEqual([
      {
        code: 'NAME_MAP_UNUSED',
        message: 'The name map names the column `buyer_no` for `buyer`, but no source has it. Correct or remove it.',
        line: 3,
        column: 19,
      },
    ]);
  });
});

describe('conditions', () => {
  const root = 'family_root: {schema: sales, column: amount, where: ';

  test('a root condition names measures by their columns and dimensions by their names', () => {
    const manifest = manifestOf(
      `${TREE}metric_families: [{name: a, ${root}"quantity > 0 AND store_id <> 'S1'"}, ip_reducers: [{operator: SUM}]}]\n`,
    );
    expect(manifest.metricFamilies[0]).toMatchObject({
      root: {
        where: {
          kind: 'and',
          operands: [
            { kind: 'compare', left: { kind: 'name', name: 'quantity' } },
            { kind: 'compare', left: { kind: 'name', name: 'store' } },
          ],
        },
      },
    });
  });

  test('the filter understands column names of the name map, and says which schemas it does not scope', () => {
    const manifest = manifestOf(
      `${TREE.replace('schemas:', 'schemas:\n  - {name: daily, source: daily, grain: [day], columns: {day: {dimension: day, type: date}, n: {type: int64}}}')}filter: "store_id <> 'S1' AND year >= 2023"\nmetric_families:\n  - {name: a, family_root: {schema: sales}, ip_reducers: [{operator: COUNT}]}\n  - {name: b, family_root: {schema: daily, column: n}, ip_reducers: [{operator: SUM}]}\n`,
    );
    expect(manifest.filter).toMatchObject({
      kind: 'and',
      operands: [{ left: { name: 'store' } }, { left: { name: 'year' } }],
    });
    expect(manifest.issues.map(({ code, message }) => [code, message.match(/`[a-z]+`/g)])).toEqual([
      ['FILTER_NOT_SCOPED', ['`daily`', '`store`']],
    ]);
  });
});

describe('cousins', () => {
  const text = `${SHOP}  - {name: returns, source: returns, grain: [], columns: {amount: {}}}
metric_families:
  - {name: amount_of, family_root: {schema: sales, column: amount}, ip_reducers: [{operator: SUM}]}
  - {name: amount_of, family_root: {schema: returns, column: amount}, ip_reducers: [{operator: SUM}]}
`;

  test('are noted, and both kept', () => {
    const manifest = manifestOf(text);
    expect(manifest.metricFamilies.map((family) => family.kind === 'root' && family.root.schema)).toEqual([
      'returns',
      'sales',
    ]);
    expect(manifest.issues).toMatchObject([{ code: 'COUSINS', line: 10, column: 12 }]);
  });
});

describe('a source that could not be read', () => {
  const unread = SOURCES.map((source) =>
    source.name === 'sales' ? { name: 'sales', kind: null, columns: [] } : source,
  );
  const text = `${TREE.replace('sale}, day: {dimension: day}', 'sale}, day: {dimension: day, type: date}')}metric_families:
  - {name: a, family_root: {schema: sales, column: amount, where: quantity > 0}, ip_reducers: [{operator: SUM}], cache_hint: {materialize_at: [[region]]}}
  - {name: b, derived: {formula: a + 1, inputs: [a]}}
filter: sale > 3
`;

  test('its columns have their declared types, and text otherwise; the finding says so', () => {
    const manifest = manifestOf(text, { sources: unread });
    expect(types(manifest, 'sales')).toEqual({
      id: { kind: 'text' },
      day: { kind: 'date', level: 'day' },
      amount: { kind: 'text' },
      quantity: { kind: 'text' },
      note: { kind: 'text' },
      // Mapped columns are taken to exist; the type is that of the lookup, which could be read.
      store_id: { kind: 'text' },
    });
    expect(manifest.sources.find(({ name }) => name === 'sales')).toEqual({ name: 'sales', kind: null, columns: [] });
    expect(manifest.issues).toMatchObject([{ code: 'SOURCE_UNREAD', line: 5 }]);
  });

  test('one that is not given at all is the same', () => {
    const given = SOURCES.filter(({ name }) => name !== 'sales');
    expect(manifestOf(text, { sources: given })).toEqual(manifestOf(text, { sources: unread }));
  });

  test('a mapped dimension takes the type that another source gives it', () => {
    const sources = unread.map((source) =>
      source.name === 'stores'
        ? {
            ...source,
            columns: source.columns.map((column) =>
              column.name === 'store_id' ? { ...column, type: 'int64' } : column,
            ),
          }
        : source,
    );
    expect(types(manifestOf(text, { sources }), 'sales').store_id).toEqual({ kind: 'int64' });
  });

  test('a column that dates rows is a date also then', () => {
    const dated = `${HEAD}schemas: [{name: sales, source: sales, grain: [], columns: {day: {}}, stability: {date_column: day}}]\n`;
    expect(types(manifestOf(dated, { sources: unread }), 'sales')).toEqual({ day: { kind: 'date', level: 'day' } });
  });
});

test('only sources that schemas read are in the manifest', () => {
  expect(manifestOf(SHOP).sources.map(({ name }) => name)).toEqual(['sales', 'stores']);
});

test('hold-off days: the override of the source, else the default', () => {
  const text = `${HEAD}schemas:
  - {name: sales, source: sales, grain: [], columns: {day: {}}, stability: {date_column: day}}
  - {name: returns, source: returns, grain: [], columns: {day: {}}, stability: {date_column: day}}
`;
  const installation = `name: shop
sources: {sales: {path: a}, returns: {path: b}}
backend: {type: duckdb}
stability_filter: {default_hold_off_days: 5, overrides: {returns: {hold_off_days: 0}}}
acs: []
`;
  expect(
    manifestOf(text, { installation }).schemas.map(({ name, stability }) => [name, stability?.holdOffDays]),
  ).toEqual([
    ['returns', 0],
    ['sales', 5],
  ]);
});

test('everything that is wrong is told at once, in the order of the text', () => {
  const result = compiled(`${TREE}metric_families:
  - {name: a, family_root: {schema: sales, column: amuont}, ip_reducers: [{operator: SUMM, a_block: [time]}]}
  - {name: b, derived: {formula: a + x, inputs: [a]}}
filter: regoin = 'East'
`);
  expect(result.ok ? [] : result.issues.map(({ line, code }) => `${line} ${code}`)).toEqual([
    '11 UNBOUND_COLUMN',
    '11 UNKNOWN_OPERATOR',
    '11 UNKNOWN_DIMENSION_FAMILY',
    '12 UNKNOWN_FAMILY',
    '12 INPUTS_DIFFER',
    '13 UNKNOWN_DIMENSION',
  ]);
});

test('the same mistake does not hide behind others: reachability is told only of a sound structure', () => {
  const result = compiled(`${TREE.replace('via: stores}', 'via: store}')}metric_families:
  - {name: a, family_root: {schema: sales}, ip_reducers: [{operator: COUNT}], cache_hint: {materialize_at: [[region]]}}
`);
  expect(result.ok ? [] : result.issues.map(({ code }) => code)).toEqual(['UNKNOWN_SCHEMA']);
});
