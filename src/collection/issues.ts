import { allOf, type MessageTable, oneOf } from '../canon/issue.ts';
import type { OperatorParameter } from '../operators/catalog.ts';
import type { Place } from './yaml/positions.ts';

/** Every problem that stops a YAML document from being used, with what its message needs. */
export type CollectionIssueParameters = {
  // The document
  YAML_SYNTAX: { readonly detail: string };
  TOO_DEEP: { readonly limit: number };
  ALIAS_BOMB: { readonly limit: number };
  ALIAS_UNRESOLVED: { readonly anchor: string };
  DUPLICATE_KEY: { readonly key: string; readonly firstLine: number };
  KEY_NOT_TEXT: { readonly found: string };
  RESERVED_KEY: { readonly key: string };
  UNKNOWN_KEY: {
    readonly key: string;
    readonly within: string;
    readonly known: readonly string[];
    readonly suggestions: readonly string[];
  };
  MISSING_KEY: { readonly key: string; readonly within: string };
  WRONG_VALUE: { readonly at: string; readonly expected: string; readonly found: string };
  NOT_IN_THIS_VERSION: { readonly feature: string; readonly remedy: string };
  // Names
  DUPLICATE_NAME: { readonly kind: string; readonly name: string; readonly firstLine: number };
  RESERVED_NAME: { readonly name: string };
  NAME_TAKEN: { readonly name: string; readonly kind: string; readonly otherKind: string; readonly otherLine: number };
  UNKNOWN_SOURCE: Unknown;
  UNKNOWN_SCHEMA: Unknown;
  UNKNOWN_COLUMN: { readonly column: string; readonly source: string; readonly suggestions: readonly string[] };
  UNBOUND_COLUMN: {
    readonly column: string;
    readonly schema: string;
    readonly usedBy: string;
    readonly inSource: boolean;
    readonly suggestions: readonly string[];
  };
  UNKNOWN_DIMENSION: Unknown;
  UNKNOWN_FAMILY: Unknown;
  UNKNOWN_DIMENSION_FAMILY: Unknown;
  UNKNOWN_OPERATOR: { readonly operator: string; readonly usedBy: string; readonly known: readonly string[] };
  // Columns and types
  COLUMN_WITH_TWO_MEANINGS: { readonly schema: string; readonly column: string };
  DIMENSION_BOUND_TWICE: {
    readonly schema: string;
    readonly dimension: string;
    readonly columns: readonly string[];
  };
  NAME_MAP_DISAGREES: {
    readonly schema: string;
    readonly column: string;
    readonly logical: string;
    readonly found: string;
  };
  /** `other` is what the name already means, with its article. */
  NAME_MAP_AMBIGUOUS: { readonly physical: string; readonly logical: string; readonly other: string };
  GRAIN_WITHOUT_COLUMN: {
    readonly schema: string;
    readonly dimension: string;
    readonly suggestions: readonly string[];
  };
  ATTRIBUTE_WITHOUT_DIMENSION: {
    readonly schema: string;
    readonly attribute: string;
    readonly dimension: string;
    readonly suggestions: readonly string[];
  };
  DIMENSION_WITHOUT_SCHEMA: {
    readonly dimension: string;
    readonly usedBy: string;
    readonly suggestions: readonly string[];
  };
  TWO_TYPES: {
    readonly kind: string;
    readonly name: string;
    readonly first: string;
    /** Where: `schema.column` in backticks, or the calendar. */
    readonly firstAt: string;
    readonly second: string;
    readonly secondAt: string;
  };
  ATTRIBUTE_OF_TWO: { readonly attribute: string; readonly first: string; readonly second: string };
  UNREADABLE_TYPE: { readonly schema: string; readonly column: string; readonly type: string };
  STABILITY_NOT_A_DATE: { readonly schema: string; readonly column: string; readonly type: string };
  // Edges, bridges, roles, calendar
  EDGE_WITHOUT_COLUMN: {
    /** `The edge a → b`, `The bridge a ↔ b`. */
    readonly subject: string;
    readonly schema: string;
    readonly dimension: string;
    readonly suggestions: readonly string[];
  };
  ROLE_UNKNOWN: { readonly name: string; readonly schema: string; readonly known: readonly string[] };
  ROLE_WITH_TWO_MEANINGS: {
    readonly role: string;
    readonly schema: string;
    readonly first: string;
    readonly second: string;
  };
  ROLE_UNUSED: { readonly role: string; readonly name: string };
  ATTRIBUTE_ROLE_ALONE: { readonly role: string; readonly attribute: string; readonly of: string };
  BRIDGE_TO_ITSELF: { readonly dimension: string };
  BRIDGE_REPEATS_EDGE: { readonly child: string; readonly parent: string; readonly schema: string };
  BRIDGES_ALIKE: {
    readonly first: string;
    readonly second: string;
    readonly parent: string;
    readonly schema: string;
  };
  BRIDGE_IN_CALENDAR: { readonly family: string };
  CALENDAR_LEVEL: { readonly from: string; readonly level: string };
  CYCLE_IN_EDGES: { readonly cycle: readonly string[] };
  TOO_MANY_PATHS: { readonly from: string; readonly to: string; readonly paths: number; readonly limit: number };
  DIMENSION_IN_TWO_FAMILIES: { readonly dimension: string; readonly first: string; readonly second: string };
  EMPTY_DIMENSION_FAMILY: { readonly family: string };
  // Metric families
  FAMILY_WITHOUT_ROOT: { readonly family: string };
  DERIVED_WITH_ROOT: { readonly family: string; readonly key: string };
  REDUCER_MISSING: { readonly family: string };
  REDUCER_TWICE: { readonly family: string };
  NOT_MERGEABLE: { readonly family: string; readonly operator: string };
  REDUCER_MERGES: { readonly family: string; readonly operator: string; readonly ordered: boolean };
  OPERATOR_NEEDS_ARGUMENT: {
    readonly family: string;
    readonly operator: string;
    readonly place: 'reducer' | 'sibling';
    readonly parameters: readonly OperatorParameter[];
  };
  ORDER_MISSING: { readonly family: string; readonly operator: string };
  ORDER_NOT_A_DATE: { readonly family: string; readonly dimension: string; readonly type: string };
  ORDER_UNREACHABLE: { readonly family: string; readonly dimension: string; readonly root: string };
  COMBINE_UNKNOWN: { readonly operator: string; readonly known: readonly string[] };
  ORDER_NOT_TAKEN: { readonly operator: string; readonly key: string };
  OPERATOR_TYPE: {
    readonly operator: string;
    readonly subject: string;
    readonly type: string;
    readonly accepts: readonly string[];
  };
  ROWS_ONLY_COUNTED: { readonly family: string; readonly operator: string; readonly schema: string };
  ROWS_WITH_COLUMN: { readonly family: string; readonly column: string };
  SIBLING_IS_ROOT: { readonly family: string; readonly schema: string };
  SIBLING_TYPE: {
    readonly family: string;
    readonly sibling: string;
    readonly type: string;
    readonly operator: string;
    readonly needed: string;
  };
  SIBLING_NOT_MERGEABLE: { readonly family: string; readonly operator: string; readonly parts: readonly string[] };
  SIBLING_UNREACHABLE: {
    readonly family: string;
    readonly sibling: string;
    readonly dimension: string;
    readonly root: string;
  };
  HINT_UNREACHABLE: {
    readonly family: string;
    readonly anchor: readonly string[];
    readonly dimension: string;
    readonly root: string;
  };
  // Formulas and conditions
  EXPRESSION_SYNTAX: {
    readonly subject: string;
    readonly found: string;
    readonly expected: readonly string[];
    readonly hint: string | null;
  };
  EXPRESSION_TYPE: { readonly subject: string; readonly problem: string; readonly remedy: string };
  CALL_IN_EXPRESSION: { readonly subject: string; readonly operator: string };
  INPUTS_DIFFER: {
    readonly family: string;
    readonly missing: readonly string[];
    readonly extra: readonly string[];
  };
  CYCLE_IN_FORMULAS: { readonly cycle: readonly string[] };
};

/** A name that nothing bears. */
type Unknown = {
  readonly name: string;
  readonly usedBy: string;
  readonly suggestions: readonly string[];
};

export type CollectionIssueCode = keyof CollectionIssueParameters;

/** One problem at its place, as data. */
export interface CollectionIssue extends Place {
  readonly code: CollectionIssueCode;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly message: string;
}

const tick = (name: string) => `\`${name}\``;
const ticks = (names: readonly string[]) => oneOf(names.map(tick));
const capitalised = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);
const article = (noun: string) => `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;
const listed = (names: readonly string[]) => names.map(tick).join(', ');
const anchor = (names: readonly string[]) => `(${names.join(', ')})`;
const chain = (names: readonly string[]) => names.map(tick).join(' → ');

/** How messages tell of what stands after an operator's column. */
const ARGUMENTS: Readonly<Record<OperatorParameter, { readonly words: string; readonly example: string }>> = {
  weight: { words: 'a weight', example: 'w' },
  q: { words: 'a share from 0 to 1', example: '0.9' },
};

/** Did-you-mean where there is something near, else what to do. */
const nearest = (suggestions: readonly string[], otherwise: string) =>
  suggestions.length > 0 ? `Did you mean ${ticks(suggestions)}?` : otherwise;

/** The message of each code: the thing, what was expected and found, and what to do. */
export const COLLECTION_ISSUES: MessageTable<CollectionIssueParameters> = {
  YAML_SYNTAX: ({ detail }) => `This is not valid YAML: ${detail}. Mend the document at this place.`,
  TOO_DEEP: ({ limit }) => `The document is nested deeper than ${limit} levels. Write it flatter.`,
  ALIAS_BOMB: ({ limit }) =>
    `With its aliases written out the document has more than ${limit.toLocaleString('en')} nodes. Use fewer aliases.`,
  ALIAS_UNRESOLVED: ({ anchor: name }) =>
    `The alias *${name} names no anchor that is complete before it. Write &${name} at the node it should repeat, above this one.`,
  DUPLICATE_KEY: ({ key, firstLine }) =>
    `The key ${tick(key)} is written twice; the first is on line ${firstLine}. Keep one of them.`,
  KEY_NOT_TEXT: ({ found }) => `A key must be a text, found ${found}. Write the key as one word or in quotes.`,
  RESERVED_KEY: ({ key }) => `The key ${tick(key)} is reserved by JavaScript and cannot be used. Choose another name.`,
  UNKNOWN_KEY: ({ key, within, known, suggestions }) =>
    `There is no key ${tick(key)} in ${within}; it takes ${listed(known)}. ${nearest(suggestions, 'Take it out.')}`,
  MISSING_KEY: ({ key, within }) =>
    `${capitalised(within)} must have the key ${tick(key)} and has not. Add ${tick(`${key}: …`)}.`,
  WRONG_VALUE: ({ at, expected, found }) => `${tick(at)} must be ${expected}; found ${found}. Replace it.`,
  NOT_IN_THIS_VERSION: ({ feature, remedy }) => `This version of Coframe does not have ${feature}. ${remedy}`,

  DUPLICATE_NAME: ({ kind, name, firstLine }) =>
    `The ${kind} ${tick(name)} is declared twice; the first is on line ${firstLine}. Rename or remove one of them.`,
  NAME_TAKEN: ({ name, kind, otherKind, otherLine }) =>
    `${tick(name)} names ${article(kind)} here and ${article(otherKind)} on line ${otherLine}; a name means exactly one thing. Rename one of them.`,
  RESERVED_NAME: ({ name }) =>
    `The name ${tick(name)} begins with #, which is kept for what has no name of its own. Choose a name that does not.`,
  UNKNOWN_SOURCE: ({ name, usedBy, suggestions }) =>
    `${usedBy} reads the source ${tick(name)}, which the installation does not have. ${nearest(suggestions, 'Add it under `sources:` in installation.yaml.')}`,
  UNKNOWN_SCHEMA: ({ name, usedBy, suggestions }) =>
    `${usedBy} names the schema ${tick(name)}, which does not exist. ${nearest(suggestions, 'Declare it under `schemas:`.')}`,
  UNKNOWN_COLUMN: ({ column, source, suggestions }) =>
    `The source ${tick(source)} has no column ${tick(column)}. ${nearest(suggestions, 'Name one of its columns, or take this one out.')}`,
  UNBOUND_COLUMN: ({ column, schema, usedBy, inSource, suggestions }) =>
    `${usedBy} uses the column ${tick(column)}, which the schema ${tick(schema)} does not bind. ${
      inSource
        ? `Its source has it: add it under \`columns:\` of ${tick(schema)}.`
        : nearest(suggestions, `Add it under \`columns:\` of ${tick(schema)}.`)
    }`,
  UNKNOWN_DIMENSION: ({ name, usedBy, suggestions }) =>
    `${usedBy} names ${tick(name)}, which is no dimension of this collection. ${nearest(suggestions, 'Bind a column to it with `dimension:`.')}`,
  UNKNOWN_FAMILY: ({ name, usedBy, suggestions }) =>
    `${usedBy} names ${tick(name)}, which is no metric family. ${nearest(suggestions, 'Declare it under `metric_families:`.')}`,
  UNKNOWN_DIMENSION_FAMILY: ({ name, usedBy, suggestions }) =>
    `${usedBy} names ${tick(name)}, which is no dimension family. ${nearest(suggestions, 'Declare it under `dimension_families:`.')}`,
  UNKNOWN_OPERATOR: ({ operator, usedBy, known }) =>
    `${usedBy} uses ${tick(operator)}, which is not in the operator catalog. Use ${oneOf(known)}.`,

  COLUMN_WITH_TWO_MEANINGS: ({ schema, column }) =>
    `The column ${tick(column)} of ${tick(schema)} has both \`dimension\` and \`attribute_of\`. Keep one of them.`,
  DIMENSION_BOUND_TWICE: ({ schema, dimension, columns }) =>
    `The schema ${tick(schema)} binds the dimension ${tick(dimension)} to ${columns.map(tick).join(' and ')}. Keep one, or name the other as a dimension of its own.`,
  NAME_MAP_DISAGREES: ({ schema, column, logical, found }) =>
    `The name map makes ${tick(column)} the dimension ${tick(logical)}, but in ${tick(schema)} ${found}. Make the two agree.`,
  NAME_MAP_AMBIGUOUS: ({ physical, logical, other }) =>
    `The name map gives the column ${tick(physical)} to ${tick(logical)}, but that name already means ${other}. Rename one of them.`,
  GRAIN_WITHOUT_COLUMN: ({ schema, dimension, suggestions }) =>
    `The grain of ${tick(schema)} names ${tick(dimension)}, but none of its columns is that dimension. ${nearest(suggestions, `Bind a column with \`dimension: ${dimension}\`, or map the name in \`name_map:\`.`)}`,
  ATTRIBUTE_WITHOUT_DIMENSION: ({ schema, attribute, dimension, suggestions }) =>
    `${tick(attribute)} is an attribute of ${tick(dimension)}, but no column of ${tick(schema)} is that dimension. ${nearest(suggestions, `Bind a column with \`dimension: ${dimension}\`.`)}`,
  DIMENSION_WITHOUT_SCHEMA: ({ dimension, usedBy, suggestions }) =>
    `${usedBy} uses the dimension ${tick(dimension)}, but no schema has a column for it. ${nearest(suggestions, `Bind a column with \`dimension: ${dimension}\`.`)}`,
  TWO_TYPES: ({ kind, name, first, firstAt, second, secondAt }) =>
    `The ${kind} ${tick(name)} is ${first} in ${firstAt} and ${second} in ${secondAt}; it must have one type. Declare the same \`type:\` for both.`,
  ATTRIBUTE_OF_TWO: ({ attribute, first, second }) =>
    `${tick(attribute)} is an attribute of ${tick(first)} and of ${tick(second)}; a name means exactly one thing. Rename one with \`as:\`, or make it a dimension.`,
  UNREADABLE_TYPE: ({ schema, column, type }) =>
    `The column ${tick(column)} of ${tick(schema)} has the type ${type} in its source, which Coframe cannot hold. Declare a \`type:\` it can be read as, or take the column out.`,
  STABILITY_NOT_A_DATE: ({ schema, column, type }) =>
    `\`date_column\` of ${tick(schema)} must be a date; ${tick(column)} is ${type}. Name a date column, or declare \`type: date\`.`,

  EDGE_WITHOUT_COLUMN: ({ subject, schema, dimension, suggestions }) =>
    `${subject} reads ${tick(dimension)} from ${tick(schema)}, which has no column for that dimension. ${nearest(suggestions, `Bind a column of ${tick(schema)} with \`dimension: ${dimension}\`.`)}`,
  ROLE_UNKNOWN: ({ name, schema, known }) =>
    `\`as:\` gives a role to ${tick(name)}, which is no dimension or attribute of ${tick(schema)}; it has ${listed(known)}. Name one of them.`,
  ROLE_WITH_TWO_MEANINGS: ({ role, schema, first, second }) =>
    `The role ${tick(role)} stands for ${tick(first)} and for ${tick(second)} of ${tick(schema)}. Give each its own role name.`,
  ROLE_UNUSED: ({ role, name }) =>
    `\`as:\` gives ${tick(name)} the role ${tick(role)}, but no edge uses it. Add an edge to it, or take it out.`,
  ATTRIBUTE_ROLE_ALONE: ({ role, attribute, of }) =>
    `\`as:\` gives the attribute ${tick(attribute)} the role ${tick(role)}, but ${tick(of)}, which determines it, has no role beside it. Give ${tick(of)} a role in the same \`as:\`.`,
  BRIDGE_TO_ITSELF: ({ dimension }) =>
    `This bridge leads from ${tick(dimension)} to itself. Name two dimensions, or take it out.`,
  BRIDGE_REPEATS_EDGE: ({ child, parent, schema }) =>
    `Edges via ${tick(schema)} say that each ${tick(child)} has one ${tick(parent)}; a bridge via it says that it may have several. Keep the edges or the bridge.`,
  BRIDGES_ALIKE: ({ first, second, parent, schema }) =>
    `Via ${tick(schema)} both ${tick(first)} and ${tick(second)} lead to ${tick(parent)}, so that \`${parent} VIA ${schema}\` would mean two things. Keep one bridge, or give the other a schema of its own over the same source.`,
  BRIDGE_IN_CALENDAR: ({ family }) =>
    `The dimension family ${tick(family)} is a calendar, which has no bridges. Put them into another dimension family.`,
  CALENDAR_LEVEL: ({ from, level }) =>
    `The calendar starts at ${tick(from)}, from which ${tick(level)} does not follow. List only coarser levels, each once.`,
  CYCLE_IN_EDGES: ({ cycle }) => `These edges lead in a circle: ${chain(cycle)}. Remove one of them.`,
  TOO_MANY_PATHS: ({ from, to, paths, limit }) =>
    `${paths} paths of edges lead from ${tick(from)} to ${tick(to)}, more than ${limit}. Remove edges that others imply.`,
  DIMENSION_IN_TWO_FAMILIES: ({ dimension, first, second }) =>
    `The dimension ${tick(dimension)} stands in the dimension families ${tick(first)} and ${tick(second)}. Put their edges and bridges into one family.`,
  EMPTY_DIMENSION_FAMILY: ({ family }) =>
    `The dimension family ${tick(family)} has neither \`edges\` nor \`bridges\` nor \`calendar\`. Add some, or take the family out.`,

  FAMILY_WITHOUT_ROOT: ({ family }) =>
    `The metric family ${tick(family)} has neither \`family_root\` nor \`derived\`. Say which column or formula it is.`,
  DERIVED_WITH_ROOT: ({ family, key }) =>
    `${tick(family)} is derived by a formula, so it cannot have ${tick(key)}. Remove ${tick(key)}, or \`derived\`.`,
  REDUCER_MISSING: ({ family }) =>
    `The metric family ${tick(family)} says no way to reduce it. Add \`ip_reducers\`, or \`reducer\` for an operator that cannot be merged.`,
  REDUCER_TWICE: ({ family }) =>
    `The metric family ${tick(family)} has both \`ip_reducers\` and \`reducer\`. Keep one of them.`,
  NOT_MERGEABLE: ({ family, operator }) =>
    `${operator} cannot be merged from parts, so it is no ip_reducer of ${tick(family)}. Write \`reducer: ${operator}\` instead of \`ip_reducers\`.`,
  REDUCER_MERGES: ({ family, operator, ordered }) =>
    `\`reducer\` of ${tick(family)} is for operators that cannot be merged; ${operator} can. Write \`ip_reducers: [{operator: ${operator}, ${ordered ? 'order: …, combine: …, ' : ''}a_block: []}]\`.`,
  OPERATOR_NEEDS_ARGUMENT: ({ family, operator, place, parameters }) =>
    `${operator} needs ${oneOf(parameters.map((each) => ARGUMENTS[each].words))} beside its column, so it is no ${place} of ${tick(family)}. Ask for it in a query instead, as in \`${operator}(x, ${parameters.map((each) => ARGUMENTS[each].example).join(', ')})\`.`,
  ORDER_MISSING: ({ family, operator }) =>
    `${operator} of ${tick(family)} does not say what orders its rows. Add \`order:\` with a date dimension, as in \`order: month\`.`,
  ORDER_NOT_A_DATE: ({ family, dimension, type }) =>
    `\`order\` of ${tick(family)} must be a date; ${tick(dimension)} is ${type}. Name a level of a calendar or another date dimension.`,
  ORDER_UNREACHABLE: ({ family, dimension, root }) =>
    `${tick(family)} cannot be ordered by ${tick(dimension)}: its root ${tick(root)} does not determine it. Declare the edge or calendar that leads there, or order by another dimension.`,
  COMBINE_UNKNOWN: ({ operator, known }) =>
    `Rows of one period cannot be combined by ${tick(operator)}. Use ${oneOf(known)}, or leave \`combine\` out where there is one row a period.`,
  ORDER_NOT_TAKEN: ({ operator, key }) => `${operator} has no ${tick(key)}. Remove ${tick(key)}.`,
  OPERATOR_TYPE: ({ operator, subject, type, accepts }) =>
    `${operator} is not defined for ${type}: ${subject} would have to be ${oneOf(accepts)}. Use another operator, or declare another \`type:\`.`,
  ROWS_ONLY_COUNTED: ({ family, operator, schema }) =>
    `${tick(family)} has no \`column\`, so it is the rows of ${tick(schema)}, and rows can only be counted; found ${operator}. Use COUNT, or name a column.`,
  ROWS_WITH_COLUMN: ({ family, column }) =>
    `COUNT(*) counts rows, but the root of ${tick(family)} names the column ${tick(column)}. Use COUNT, or leave \`column\` out.`,
  SIBLING_IS_ROOT: ({ family, schema }) =>
    `${tick(schema)} is the root of ${tick(family)}, so it cannot be its sibling. Name the pre-aggregate's schema.`,
  SIBLING_TYPE: ({ family, sibling, type, operator, needed }) =>
    `${tick(sibling)} is ${type}, but ${operator} of ${tick(family)} is ${needed}. Declare \`type: ${needed}\` for it.`,
  SIBLING_NOT_MERGEABLE: ({ family, operator, parts }) =>
    `A column of finished ${operator} values cannot be merged, so it is no sibling of ${tick(family)}. ${
      parts.length > 1 ? `Hold ${allOf(parts)} as siblings of their own.` : 'Take it out; the root answers.'
    }`,
  SIBLING_UNREACHABLE: ({ family, sibling, dimension, root }) =>
    `${tick(sibling)} is no pre-aggregate of ${tick(family)}: its root ${tick(root)} does not determine ${tick(dimension)}. Declare the edge that leads there, or remove the sibling.`,
  HINT_UNREACHABLE: ({ family, anchor: names, dimension, root }) =>
    `${tick(family)} cannot be materialised at ${anchor(names)}: its root ${tick(root)} does not determine ${tick(dimension)}. Declare the edge that leads there, or change the hint.`,

  EXPRESSION_SYNTAX: ({ subject, found, expected, hint }) =>
    hint === null
      ? `${subject} cannot be read: found ${found} where ${oneOf(expected)} could stand. Mend it here.`
      : `${subject} cannot be read: ${hint}`,
  EXPRESSION_TYPE: ({ subject, problem, remedy }) => `${subject}: ${problem}. ${remedy}`,
  CALL_IN_EXPRESSION: ({ subject, operator }) =>
    `${subject} uses ${operator}; operators, windows and @ cannot stand there. Write it in the question, or declare a metric family with that reducer and use its name.`,
  INPUTS_DIFFER: ({ family, missing, extra }) =>
    `\`inputs\` of ${tick(family)} must be the names in its formula; ${[
      ...(missing.length > 0 ? [`${listed(missing)} ${missing.length > 1 ? 'are' : 'is'} missing`] : []),
      ...(extra.length > 0 ? [`${listed(extra)} ${extra.length > 1 ? 'are' : 'is'} not in it`] : []),
    ].join(', ')}. List exactly the names it uses.`,
  CYCLE_IN_FORMULAS: ({ cycle }) =>
    `These formulas need each other in a circle: ${chain(cycle)}. Write one of them without the others.`,
};
