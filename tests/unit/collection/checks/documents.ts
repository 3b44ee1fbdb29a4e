import { type CheckCase, HEAD, INSTALLATION, OFFERS, SHOP } from './check-case.ts';

const deep = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;
const collection = 'coframe: 1\nname: shop\nschemas: []\n';
/** Ten anchors of ten aliases each: 10^n nodes. */
const bomb = (levels: number) =>
  Array.from({ length: levels }, (_, level) =>
    level === 0 ? '  - &a0 [x, x, x, x, x, x, x, x, x, x]' : `  - &a${level} [${`*a${level - 1}, `.repeat(10)}]`,
  ).join('\n');

/** What can be wrong with a YAML document before it means anything. */
export const DOCUMENT_CHECKS: readonly CheckCase[] = [
  {
    code: 'YAML_SYNTAX',
    about: 'a bracket that never closes',
    fails: 'coframe: 1\nname: shop\nschemas: [\n▸',
    passes: collection,
  },
  {
    code: 'YAML_SYNTAX',
    about: 'a second document',
    fails: `${collection}▸---\na: 1\n`,
    passes: `---\n${collection}`,
  },
  {
    code: 'YAML_SYNTAX',
    about: 'a tag that is not known',
    fails: 'coframe: 1\nname: ▸!unknown shop\nschemas: []\n',
    passes: 'coframe: 1\nname: !!str shop\nschemas: []\n',
  },
  {
    code: 'TOO_DEEP',
    about: 'lists in lists beyond 64 levels',
    fails: `filter: ${'['.repeat(64)}▸${deep(3)}${']'.repeat(64)}\n${collection}`,
    passes: collection,
  },
  {
    code: 'ALIAS_BOMB',
    about: 'aliases of aliases',
    fails: `${collection}filter:\n${bomb(5).replace(/(&a4 \[(\*a3, ){7})/, '$1▸')}\n`,
    passes: collection.replace('[]', '[]\nmetric_families: &none []\ndimension_families: *none'),
  },
  {
    code: 'ALIAS_UNRESOLVED',
    about: 'an alias before its anchor',
    fails: 'coframe: 1\nname: shop\nschemas: ▸*all\ndimension_families: &all []\n',
    passes: 'coframe: 1\nname: shop\nschemas: &all []\ndimension_families: *all\n',
  },
  {
    code: 'ALIAS_UNRESOLVED',
    about: 'an alias inside its own anchor',
    fails: 'coframe: 1\nname: shop\nschemas: &all [▸*all]\n',
    passes: 'coframe: 1\nname: shop\nschemas: &all []\n',
  },
  {
    code: 'DUPLICATE_KEY',
    about: 'a key written twice',
    fails: `${collection}▸name: other\n`,
    passes: `${collection}description: other\n`,
  },
  {
    code: 'KEY_NOT_TEXT',
    about: 'a list as a key',
    fails: `${collection}name_map: {? ▸[a] : b}\n`,
    passes: `${collection}name_map: {a: b}\n`,
  },
  {
    code: 'RESERVED_KEY',
    about: 'a key that every JavaScript object has',
    fails: `${collection}name_map: {▸constructor: b}\n`,
    passes: `${collection}name_map: {constructors: b}\n`,
  },
  {
    code: 'UNKNOWN_KEY',
    about: 'a misspelt key',
    fails: `${collection}▸dimension_family: []\n`,
    passes: `${collection}dimension_families: []\n`,
  },
  {
    code: 'UNKNOWN_KEY',
    about: 'a key of another place',
    fails: `${SHOP}dimension_families: [{name: geography, edges: [], ▸via: stores}]\n`,
    passes: `${SHOP}dimension_families: [{name: geography, edges: [{child: store, parent: region, via: stores}]}]\n`,
  },
  {
    code: 'MISSING_KEY',
    about: 'a schema without a grain',
    fails: `${HEAD}schemas: [▸{name: sales, source: sales}]\n`,
    passes: `${HEAD}schemas: [{name: sales, source: sales, grain: []}]\n`,
  },
  {
    code: 'MISSING_KEY',
    about: 'a bridge without its schema',
    fails: `${OFFERS}dimension_families: [{name: trade, bridges: [▸{child: store, parent: offer}]}]\n`,
    passes: `${OFFERS}dimension_families: [{name: trade, bridges: [{child: store, parent: offer, via: offers}]}]\n`,
  },
  {
    code: 'UNKNOWN_KEY',
    about: 'roles in a bridge',
    fails: `${OFFERS}dimension_families: [{name: trade, bridges: [{child: store, parent: offer, via: offers, ▸as: {}}]}]\n`,
    passes: `${OFFERS}dimension_families: [{name: trade, bridges: [{child: store, parent: offer, via: offers}]}]\n`,
  },
  {
    code: 'WRONG_VALUE',
    about: 'one name where a list belongs',
    fails: `${HEAD}schemas: [{name: stores, source: stores, grain: ▸region, columns: {region: {dimension: region}}}]\n`,
    passes: `${HEAD}schemas: [{name: stores, source: stores, grain: [region], columns: {region: {dimension: region}}}]\n`,
  },
  {
    code: 'WRONG_VALUE',
    about: 'a number where a name belongs',
    fails: 'coframe: 1\nname: ▸2024\nschemas: []\n',
    passes: "coframe: 1\nname: '2024'\nschemas: []\n",
  },
  {
    code: 'WRONG_VALUE',
    about: 'another version of the format',
    fails: 'coframe: ▸2\nname: shop\nschemas: []\n',
    passes: collection,
  },
  {
    code: 'WRONG_VALUE',
    about: 'a type with too many digits',
    fails: `${HEAD}schemas: [{name: sales, source: sales, grain: [], columns: {amount: {type: ▸decimal(19)}}}]\n`,
    passes: `${HEAD}schemas: [{name: sales, source: sales, grain: [], columns: {amount: {type: decimal(18)}}}]\n`,
  },
  {
    code: 'WRONG_VALUE',
    about: 'a date that does not exist',
    of: 'installation',
    fails: `${INSTALLATION}stability_filter: {as_of: ▸2025-02-29}\n`,
    passes: `${INSTALLATION}stability_filter: {as_of: 2024-02-29}\n`,
  },
  {
    code: 'WRONG_VALUE',
    about: 'a hash with capital letters',
    of: 'installation',
    fails: INSTALLATION.replace('path: sales.any', `path: sales.any, sha256: ▸${'AB'.repeat(32)}`),
    passes: INSTALLATION.replace('path: sales.any', `path: sales.any, sha256: ${'ab'.repeat(32)}`),
  },
  {
    code: 'WRONG_VALUE',
    about: 'a word for a truth value',
    of: 'installation',
    fails: `${INSTALLATION}metric_engine: {enabled: ▸yes}\n`,
    passes: `${INSTALLATION}metric_engine: {enabled: true}\n`,
  },
  {
    code: 'WRONG_VALUE',
    about: 'a backend that nobody knows',
    of: 'installation',
    fails: INSTALLATION.replace('type: duckdb', 'type: ▸postgres'),
    passes: INSTALLATION.replace('type: duckdb', 'type: sqlite'),
  },
  {
    code: 'NOT_IN_THIS_VERSION',
    about: 'backend bindings of operators',
    fails: `${SHOP}metric_families:\n  - {name: a, family_root: {schema: sales, column: amount}, ip_reducers: [{operator: SUM}], ▸operators: {SUM: fast}}\n`,
    passes: `${SHOP}metric_families:\n  - {name: a, family_root: {schema: sales, column: amount}, ip_reducers: [{operator: SUM}]}\n`,
  },
  {
    code: 'UNKNOWN_SOURCE',
    about: 'an override of a source that is not there',
    of: 'installation',
    fails: `${INSTALLATION}stability_filter: {overrides: {▸sale: {hold_off_days: 3}}}\n`,
    passes: `${INSTALLATION}stability_filter: {overrides: {sales: {hold_off_days: 3}}}\n`,
  },
  {
    code: 'DUPLICATE_NAME',
    about: 'one collection listed twice',
    of: 'installation',
    fails: INSTALLATION.replace('[{path: ./}]', '[{path: ./}, {path: ▸./}]'),
    passes: INSTALLATION.replace('[{path: ./}]', '[{path: ./}, {path: ../}]'),
  },
];
