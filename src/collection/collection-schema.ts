import * as v from 'valibot';
import { absent, choice, list, mapping, name, named, text } from './yaml/shape.ts';

const TYPE = 'text, int64, decimal(n) with n from 0 to 18, double, bool or date';
const DIMENSIONS = 'a list of dimension names, as in [store, day]';

const columnSchema = mapping('what the column is, as in {dimension: day, type: date}', {
  dimension: v.exactOptional(name('the dimension that the column holds')),
  attribute_of: v.exactOptional(name('the dimension that determines the column')),
  type: v.exactOptional(
    v.pipe(
      v.string(TYPE),
      v.regex(/^(text|int64|double|bool|date|decimal\((\d|0\d|1[0-8])\))$/, TYPE),
      v.description(`The column's type: ${TYPE}`),
    ),
  ),
});

const schemaSchema = mapping('a schema: a table with a grain', {
  name: name('the name of the schema'),
  source: name('the name of one of the sources of the installation'),
  grain: list(DIMENSIONS, name('the name of a dimension')),
  columns: v.exactOptional(named('a mapping from column names to what each is', columnSchema)),
  stability: v.exactOptional(
    mapping('which column dates a row, as in {date_column: day}', {
      date_column: name('the name of a date column'),
    }),
  ),
});

const edgeSchema = mapping('an edge, as in {child: store, parent: region, via: stores}', {
  child: name('the finer dimension'),
  parent: name('the coarser dimension'),
  via: name('the schema that holds the pairs'),
  as: v.exactOptional(
    named(
      'a mapping from names of the lookup to role names, as in {airport: origin}',
      name('the role name of a dimension or attribute of the lookup'),
    ),
  ),
});

const bridgeSchema = mapping('a bridge, as in {child: product, parent: promotion, via: product_promotions}', {
  child: name('the dimension that rows have'),
  parent: name('the dimension of which each may be in several'),
  via: name('the schema that holds the pairs'),
});

const dimensionFamilySchema = mapping('a dimension family: a name with edges, bridges or a calendar', {
  name: name('the name of the dimension family'),
  edges: v.exactOptional(list('a list of edges', edgeSchema)),
  bridges: v.exactOptional(list('a list of bridges', bridgeSchema)),
  calendar: v.exactOptional(
    mapping('a calendar, as in {from: day, levels: [month, year]}', {
      from: name('the finest date dimension'),
      levels: list(
        'a list of calendar levels, as in [week, month, quarter, year]',
        choice('week, month, quarter or year', ['week', 'month', 'quarter', 'year']),
      ),
    }),
  ),
});

const metricFamilySchema = mapping(
  'a metric family: a name with a family_root or a derived formula',
  {
    name: name('the name of the metric family'),
    description: v.exactOptional(text('a text for readers')),
    family_root: v.exactOptional(
      mapping('the root column, as in {schema: transactions, column: revenue}', {
        schema: name('the name of the root schema'),
        column: v.exactOptional(name("one of the schema's columns; left out: its rows")),
        where: v.exactOptional(text('a condition on the root\'s own columns, as in "revenue >= 0"')),
      }),
    ),
    ip_reducers: v.exactOptional(
      list(
        'a list of reducers, as in [{operator: SUM, a_block: []}]',
        mapping('a reducer, as in {operator: SUM, a_block: []}', {
          operator: name('an operator that merges'),
          order: v.exactOptional(name('the dimension that orders rows, for FIRST and LAST')),
          combine: v.exactOptional(name('SUM, MIN or MAX: how FIRST and LAST merge rows of one period')),
          a_block: v.exactOptional(
            list(
              'a list of dimension families, as in [calendar]',
              name('a dimension family along which it must not aggregate'),
            ),
          ),
        }),
      ),
    ),
    reducer: v.exactOptional(name('an operator that cannot be merged, as in COUNT_DISTINCT')),
    siblings: v.exactOptional(
      list(
        'a list of siblings, as in [{schema: daily, column: revenue, operator: SUM}]',
        mapping('a sibling, as in {schema: daily, column: revenue, operator: SUM}', {
          schema: name('the schema of the pre-aggregate'),
          column: name('the column of the pre-aggregate'),
          operator: name('the operator it was aggregated with'),
        }),
      ),
    ),
    cache_hint: v.exactOptional(
      mapping('what to keep, as in {materialize_at: [[region]]}', {
        materialize_at: list(
          'a list of anchors, as in [[region], [region, day]]',
          list(DIMENSIONS, name('the name of a dimension')),
        ),
      }),
    ),
    derived: v.exactOptional(
      mapping('a formula, as in {formula: revenue - cost, inputs: [revenue, cost]}', {
        formula: text('a formula over metric families, as in "revenue - cost"'),
        inputs: list('a list of the families in the formula', name('the name of a metric family')),
      }),
    ),
  },
  { operators: absent('Backend bindings of operators') },
);

/** ac.yaml: what a person writes. The one place where its keys are defined. */
export const collectionSchema = mapping('an Analytic Collection', {
  coframe: v.pipe(v.literal(1, '1, the version of this format'), v.description('The version of this format')),
  name: name('the name of the collection'),
  description: v.exactOptional(text('a text for readers')),
  schemas: list('a list of schemas', schemaSchema),
  dimension_families: v.exactOptional(list('a list of dimension families', dimensionFamilySchema)),
  metric_families: v.exactOptional(list('a list of metric families', metricFamilySchema)),
  name_map: v.exactOptional(
    named('a mapping from dimensions to column names, as in {store: store_id}', name('the name of a column')),
  ),
  filter: v.exactOptional(text('a condition on dimensions and attributes, as in "day >= \'2023-10-01\'"')),
  blocked_reduction: v.exactOptional(choice('refuse or disclose', ['refuse', 'disclose'])),
});

/** A validated collection document, keys as written. */
export type CollectionDocument = v.InferOutput<typeof collectionSchema>;
export type SchemaDocument = CollectionDocument['schemas'][number];
export type DimensionFamilyDocument = v.InferOutput<typeof dimensionFamilySchema>;
export type EdgeDocument = v.InferOutput<typeof edgeSchema>;
export type BridgeDocument = v.InferOutput<typeof bridgeSchema>;
export type MetricFamilyDocument = v.InferOutput<typeof metricFamilySchema>;
export type IpReducerDocument = NonNullable<MetricFamilyDocument['ip_reducers']>[number];
