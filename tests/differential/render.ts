import { ALONE } from './operators.ts';
import { printExpr } from './question.ts';
import { bytesOf } from './source-bytes.ts';
import type { Bridge, Edge, Family, Reducer, Table, Type, World } from './world.ts';

/** What a session opens: both documents, and the bytes of every source. */
export interface Rendered {
  readonly installation: string;
  readonly collection: string;
  readonly files: Readonly<Record<string, string | Uint8Array>>;
}

/** The world as a person would have written it. YAML takes JSON's texts. */
export function render(world: World): Rendered {
  const { tables, stability } = world;
  const sources = tables.map((table) => `  ${quote(table.name)}: {path: ${quote(fileName(world, table))}}`);
  return {
    installation: [
      'name: differential',
      'sources:',
      ...sources,
      'backend: {type: duckdb}',
      'metric_engine: {enabled: true}',
      'acs: [{path: world/}]',
      ...(stability === null
        ? []
        : [`stability_filter: {as_of: ${quote(stability.asOf)}, default_hold_off_days: ${stability.holdOffDays}}`]),
      '',
    ].join('\n'),
    collection: collectionText(world),
    files: Object.fromEntries(tables.map((table) => [fileName(world, table), bytesOf(table)])),
  };
}

function fileName({ tables }: World, table: Table): string {
  return `${tables.indexOf(table)}.${table.format}`;
}

function collectionText(world: World): string {
  const { tables, dimensionFamilies, families, nameMap, filter } = world;
  const pairs = Object.entries(nameMap).map(([logical, physical]) => `${quote(logical)}: ${quote(physical)}`);
  return [
    'coframe: 1',
    'name: world',
    ...(world.blocked === 'refuse' ? [] : [`blocked_reduction: ${world.blocked}`]),
    ...(filter === null ? [] : [`filter: ${quote(printExpr(filter))}`]),
    ...(pairs.length === 0 ? [] : [`name_map: {${pairs.join(', ')}}`]),
    'schemas:',
    ...tables.map((table) => `  - ${schemaText(world, table)}`),
    ...(dimensionFamilies.length === 0 ? [] : ['dimension_families:']),
    ...dimensionFamilies.map(({ name, edges, bridges, calendar }) => {
      const parts = [
        ...(edges.length === 0 ? [] : [`edges: [${edges.map(edgeText).join(', ')}]`]),
        ...(bridges.length === 0 ? [] : [`bridges: [${bridges.map(bridgeText).join(', ')}]`]),
        ...(calendar === null
          ? []
          : [`calendar: {from: ${quote(calendar.from)}, levels: [${calendar.levels.join(', ')}]}`]),
      ];
      return `  - {${[`name: ${quote(name)}`, ...parts].join(', ')}}`;
    }),
    ...(families.length === 0 ? [] : ['metric_families:']),
    ...families.map((family) => `  - ${familyText(family)}`),
    '',
  ].join('\n');
}

function schemaText({ nameMap }: World, { name, grain, columns, dateColumn }: Table): string {
  const written = columns.flatMap(({ name: physical, role, type }) => {
    if (role.kind === 'dimension' && nameMap[role.name] === physical) return [];
    const binding =
      role.kind === 'dimension'
        ? [`dimension: ${quote(role.name)}`]
        : role.kind === 'attribute'
          ? [`attribute_of: ${quote(role.of)}`]
          : [];
    return [`${quote(physical)}: {${[...binding, `type: ${typeText(type)}`].join(', ')}}`];
  });
  const stability = dateColumn === null ? '' : `, stability: {date_column: ${quote(dateColumn)}}`;
  return `{name: ${quote(name)}, source: ${quote(name)}, grain: [${grain.map(quote).join(', ')}], columns: {${written.join(', ')}}${stability}}`;
}

function typeText(type: Type): string {
  return type.kind === 'decimal' ? `decimal(${type.digits})` : type.kind;
}

function edgeText({ child, parent, via, as }: Edge): string {
  const names =
    as === null
      ? ''
      : `, as: {${Object.entries(as)
          .map(([own, role]) => `${quote(own)}: ${quote(role)}`)
          .join(', ')}}`;
  return `{child: ${quote(child)}, parent: ${quote(parent)}, via: ${quote(via)}${names}}`;
}

function bridgeText({ child, parent, via }: Bridge): string {
  return `{child: ${quote(child)}, parent: ${quote(parent)}, via: ${quote(via)}}`;
}

function reducerText({ operator, order, combine, block }: Reducer): string {
  const parts = [
    `operator: ${operator}`,
    ...(order === null ? [] : [`order: ${quote(order)}`]),
    ...(combine === null ? [] : [`combine: ${combine}`]),
    `a_block: [${block.map(quote).join(', ')}]`,
  ];
  return `{${parts.join(', ')}}`;
}

function familyText(family: Family): string {
  const name = `name: ${quote(family.name)}`;
  if (family.kind === 'derived') {
    return `{${name}, derived: {formula: ${quote(printExpr(family.formula))}, inputs: [${family.inputs.map(quote).join(', ')}]}}`;
  }
  const { table, column, where, reducers, siblings, hints } = family;
  const [first] = reducers;
  const isSingle = first !== undefined && ALONE.includes(first.operator);
  const root = [
    `schema: ${quote(table)}`,
    ...(column === null ? [] : [`column: ${quote(column)}`]),
    ...(where === null ? [] : [`where: ${quote(printExpr(where))}`]),
  ];
  const anchors = hints.map((anchor) => `[${anchor.map(quote).join(', ')}]`);
  return `{${[
    name,
    `family_root: {${root.join(', ')}}`,
    isSingle ? `reducer: ${first.operator}` : `ip_reducers: [${reducers.map(reducerText).join(', ')}]`,
    ...(siblings.length === 0
      ? []
      : [
          `siblings: [${siblings.map((each) => `{schema: ${quote(each.table)}, column: ${quote(each.column)}, operator: ${each.operator}}`).join(', ')}]`,
        ]),
    ...(anchors.length === 0 ? [] : [`cache_hint: {materialize_at: [${anchors.join(', ')}]}`]),
  ].join(', ')}}`;
}

function quote(text: string): string {
  return JSON.stringify(text);
}
