import type { Issue, MessageTable, Span } from '../canon/issue.ts';
import { allOf, oneOf } from '../canon/issue.ts';

/** Each refusal code and what its message needs. */
export type RefusalParameters = {
  SYNTAX: { readonly found: string; readonly expected: readonly string[]; readonly hint: string | null };
  UNKNOWN_NAME: { readonly name: string; readonly kind: string; readonly suggestions: readonly string[] };
  COUSINS: { readonly name: string; readonly schemas: readonly string[] };
  /** `reachable`: dimensions that every series could be told at, nearest first. */
  UNREACHABLE_ANCHOR: {
    readonly series: string;
    readonly dimension: string;
    readonly schemas: readonly string[];
    readonly reachable: readonly string[];
  };
  FD_CONTRADICTED: {
    readonly series: string;
    readonly dimension: string;
    readonly edge: string;
    readonly violations: number;
  };
  /** `along`: the rows that are read, or those of the Frame, over which a window sums however fine the anchor is. */
  BLOCKED_REDUCTION: {
    readonly series: string;
    readonly operator: string;
    readonly families: readonly string[];
    readonly along: 'rows' | 'window';
  };
  /** `clause`: membership can be asked for in AT and inner anchors; WHERE and operators cannot say it. */
  FAN_OUT: {
    readonly series: string;
    readonly dimension: string;
    readonly child: string;
    readonly bridges: readonly [string, ...string[]];
    readonly clause: 'AT' | 'WHERE' | 'operator';
  };
  /** `place`: where the order could be said. */
  NO_ORDER_AXIS: {
    readonly series: string;
    readonly anchor: readonly string[];
    readonly place: 'AT' | 'inner anchor' | 'order';
  };
  NOTHING_REDUCED: { readonly series: string; readonly inner: readonly string[]; readonly outer: readonly string[] };
  REPLICATED_SUM: { readonly series: string; readonly operator: string };
  FILTER_UNREACHABLE: { readonly name: string; readonly series: string; readonly schemas: readonly string[] };
  FAMILY_IN_WHERE: { readonly family: string };
  /** `unsaid`: at which grain values are taken, or how rows of one period merge. */
  INPUT_GRAIN_AMBIGUOUS: {
    readonly series: string;
    readonly unsaid: 'grain' | 'merging';
    readonly candidates: readonly string[];
  };
  NOT_DEFINED_FOR_TYPE: {
    readonly operator: string;
    readonly subject: string;
    readonly type: string;
    readonly accepts: readonly string[];
  };
  DIMENSION_TYPE_MISMATCH: { readonly name: string; readonly type: string; readonly literal: string };
  OPERATOR_UNBOUND: { readonly operator: string; readonly backend: string; readonly others: readonly string[] };
  /** `listed` null: it is no family but an expression with a term that no family lists. */
  OPERATOR_NOT_LISTED: {
    readonly operator: string;
    readonly family: string;
    readonly listed: readonly string[] | null;
  };
  NAME_COLLISION: { readonly name: string; readonly between: 'columns' | 'anchor' | 'definition' };
  ALIAS_REQUIRED: { readonly expression: string; readonly name: string };
  NOT_IN_SCHEMA: {
    readonly series: string;
    readonly schema: string;
    readonly reason: string | null;
    readonly holders: readonly string[];
  };
  /** `subject` null: there is no series, and the coordinates could be those of several schemas. */
  ROWS_AMBIGUOUS: {
    readonly subject: string | null;
    readonly anchor: readonly string[];
    readonly schemas: readonly string[];
  };
  NOT_DETERMINED: { readonly name: string; readonly anchor: readonly string[] };
  /** `isKnown`: it means something that could be selected. */
  NOT_AN_OUTPUT_COLUMN: {
    readonly name: string;
    readonly clause: string;
    readonly columns: readonly string[];
    readonly isKnown: boolean;
  };
  PER_NOT_IN_ANCHOR: { readonly name: string; readonly anchor: readonly string[] };
  PER_NOT_ORDERED: { readonly per: readonly string[]; readonly order: readonly string[] };
  AMBIGUOUS_PATH: { readonly series: string; readonly dimension: string; readonly paths: readonly string[] };
  /** `coordinate` null: an integer passed 127 bits on the way, and the backend does not say for which one. */
  OVERFLOW: { readonly series: string; readonly coordinate: readonly string[] | null };
  SOURCE_CHANGED: { readonly source: string; readonly expected: string; readonly found: string };
  SOURCE_UNREADABLE: {
    readonly source: string;
    readonly location: string;
    readonly reason: string;
    readonly remedy: string;
  };
  TABLE_TOO_LARGE: {
    readonly table: string;
    readonly rows: number;
    readonly bytes: number;
    readonly limit: number;
    readonly backend: string;
  };
};

export type RefusalCode = keyof RefusalParameters;
export type RefusalIssue = Issue<RefusalParameters>;

const all = (names: readonly string[]) => allOf(names.map((name) => `\`${name}\``));
const quote = (names: readonly string[]) => oneOf(names.map((name) => `\`${name}\``));
const at = (names: readonly string[]) => `(${names.join(', ')})`;

/** Codes that ask back with choices; all others refuse. */
export const CLARIFYING: ReadonlySet<RefusalCode> = new Set<RefusalCode>([
  'COUSINS',
  'ROWS_AMBIGUOUS',
  'INPUT_GRAIN_AMBIGUOUS',
  'FILTER_UNREACHABLE',
]);

/** The message of each code: what was asked, what stands in the way, what to do. */
export const REFUSAL_MESSAGES: MessageTable<RefusalParameters> = {
  SYNTAX: ({ found, expected, hint }) => `${hint ?? `Found ${found} where ${oneOf(expected)} could stand.`}`,
  UNKNOWN_NAME: ({ name, kind, suggestions }) =>
    `There is no ${kind} named \`${name}\`${suggestions.length > 0 ? `; did you mean ${quote(suggestions)}?` : '. See the fields list for what there is.'}`,
  COUSINS: ({ name, schemas }) =>
    `\`${name}\` has ${schemas.length} different roots: ${all(schemas)}. Say which one with FROM.`,
  UNREACHABLE_ANCHOR: ({ series, dimension, schemas, reachable }) =>
    `\`${series}\` cannot be told at \`${dimension}\`: no functional dependency leads there from ${all(schemas)}. ${reachable.length > 0 ? `Ask at ${quote(reachable)} instead.` : `Leave \`${dimension}\` out.`}`,
  FD_CONTRADICTED: ({ series, dimension, edge, violations }) =>
    `\`${series}\` cannot be rolled up to \`${dimension}\`: ${edge} does not hold in the data (${violations} violation${violations === 1 ? '' : 's'}). Mend the lookup, or ask at a finer dimension.`,
  BLOCKED_REDUCTION: ({ series, operator, families, along }) =>
    along === 'rows'
      ? `\`${series}\` would be the ${operator} along ${all(families)}, which the collection blocks. Keep that axis in the anchor, or pin it in WHERE.`
      : `\`${series}\` would be the ${operator} along ${all(families)}, which the collection blocks. Ask for the values themselves.`,
  FAN_OUT: ({ series, dimension, child, bridges, clause }) => {
    const told = `\`${series}\` would be counted more than once at \`${dimension}\`: a \`${child}\` may have several there, through ${quote(bridges)}.`;
    const [first] = bridges;
    switch (clause) {
      case 'AT':
        return `${told} Write \`${dimension} VIA ${first}\` to count each in every one on purpose.`;
      case 'WHERE':
        return `${told} Ask at \`${dimension} VIA ${first}\`, and keep the rows with HAVING.`;
      case 'operator':
        return `${told} Ask it of the rows of ${first} with FROM.`;
    }
  },
  NO_ORDER_AXIS: ({ series, anchor, place }) => {
    switch (place) {
      case 'AT':
        return `\`${series}\` runs along time, and the anchor ${at(anchor)} has no one finest calendar dimension. Add one to AT.`;
      case 'inner anchor':
        return `\`${series}\` needs an order of time, and ${at(anchor)} has no one finest calendar dimension. Add one to the inner anchor, or write \`order =>\`.`;
      case 'order':
        return `\`${series}\` needs an order of time, and its rows have no one finest calendar dimension. Write \`order =>\` with a date that they determine.`;
    }
  },
  NOTHING_REDUCED: ({ series, inner, outer }) =>
    `\`${series}\` reduces nothing: ${at(inner)} is determined by the anchor ${at(outer)}, so there is one value a row. Name a finer inner anchor, or leave the operator out.`,
  REPLICATED_SUM: ({ series, operator }) =>
    `\`${series}\` would add up a value that is repeated at every row, once for each. Leave ${operator} out, or sum the series itself.`,
  FILTER_UNREACHABLE: ({ name, series, schemas }) =>
    `WHERE uses \`${name}\`, which ${all(schemas)} cannot reach, so it cannot filter \`${series}\`. Ask for the series apart, or filter by a dimension they share.`,
  FAMILY_IN_WHERE: ({ family }) =>
    `WHERE filters input rows by dimensions and attributes; \`${family}\` is a metric. Filter the finished rows with HAVING.`,
  INPUT_GRAIN_AMBIGUOUS: ({ series, unsaid, candidates }) =>
    unsaid === 'grain'
      ? `\`${series}\` has no one grain to reduce from: say where its values are taken, at ${oneOf(candidates)}.`
      : `\`${series}\` may meet several rows of one period, and it is not said how they merge. Write combine => ${oneOf(candidates)}.`,
  NOT_DEFINED_FOR_TYPE: ({ operator, subject, type, accepts }) =>
    `${operator} is not defined for ${type}: \`${subject}\` would have to be ${oneOf(accepts)}.`,
  DIMENSION_TYPE_MISMATCH: ({ name, type, literal }) =>
    `\`${name}\` is ${type}; ${literal} is not a value of that type. Write a value of its type.`,
  OPERATOR_UNBOUND: ({ operator, backend, others }) =>
    `${backend} does not bind ${operator}${others.length > 0 ? `; ${oneOf(others)} does` : ''}. Choose another backend.`,
  OPERATOR_NOT_LISTED: ({ operator, family, listed }) =>
    listed === null
      ? `${operator} of \`${family}\` would add up what is no metric: each of its terms needs one that lists ${operator}. Use another operator, or a metric in each term.`
      : `\`${family}\` does not list ${operator} among its reducers (${listed.join(', ') || 'none'}), so it may not be applied. Use one that is listed, or add it to the collection.`,
  NAME_COLLISION: ({ name, between }) => {
    switch (between) {
      case 'columns':
        return `Two columns would be named \`${name}\`. Name one of them with AS.`;
      case 'anchor':
        return `The anchor names \`${name}\` twice. Name it once.`;
      case 'definition':
        return `WITH gives the name \`${name}\`, which means something in the collection already. Give the definition another.`;
    }
  },
  ALIAS_REQUIRED: ({ expression, name }) =>
    `\`${expression}\` needs a name: write AS and a name after it, as in \`AS ${name}\`.`,
  NOT_IN_SCHEMA: ({ series, schema, reason, holders }) =>
    `FROM names \`${schema}\`, which ${reason ?? `does not hold \`${series}\``}${holders.length > 0 ? `; ${quote(holders)} does` : ''}. Leave FROM out or name a schema that holds every series.`,
  ROWS_AMBIGUOUS: ({ subject, anchor, schemas }) => {
    const told =
      subject === null ? 'Without a series a Frame lists coordinates' : `\`${subject}\` counts the rows of one schema`;
    return schemas.length === 0
      ? `${told}, and no schema reaches all of ${at(anchor)}. Ask at fewer dimensions.`
      : `${told}, and it is not said of which: ${quote(schemas)}. Say it with FROM.`;
  },
  NOT_DETERMINED: ({ name, anchor }) =>
    `\`${name}\` is not determined by the anchor ${at(anchor)}: one row could have several values. Add it to AT.`,
  NOT_AN_OUTPUT_COLUMN: ({ name, clause, columns, isKnown }) =>
    `${clause} works on the finished Frame, which has no column \`${name}\`; it has ${all(columns)}. ${isKnown ? 'Select it first.' : 'Use one of those.'}`,
  PER_NOT_IN_ANCHOR: ({ name, anchor }) =>
    `LIMIT … PER \`${name}\`: it is not in the anchor ${at(anchor)}. PER takes anchor dimensions.`,
  PER_NOT_ORDERED: ({ per, order }) =>
    `LIMIT … PER ${at(per)} needs ORDER BY to begin with ${oneOf(per)}${order.length > 0 ? `, not ${order.join(', ')}` : ''}, so that rows rank within each.`,
  AMBIGUOUS_PATH: ({ series, dimension, paths }) =>
    `\`${series}\` reaches \`${dimension}\` by paths that disagree: ${paths.join(' · ')}. Mend the lookups, or ask at a dimension with one path.`,
  OVERFLOW: ({ series, coordinate }) =>
    coordinate === null
      ? `\`${series}\` takes integers beyond 127 bits, so it has no exact value here. Ask at a finer anchor, with smaller factors, or in doubles.`
      : `\`${series}\` at ${at(coordinate)} is outside the 64-bit integers, so it has no exact value here. Ask at a finer anchor, or in doubles.`,
  SOURCE_CHANGED: ({ source, expected, found }) =>
    `The bytes of \`${source}\` are not those the installation names: sha256 ${found.slice(0, 12)}… where ${expected.slice(0, 12)}… is stated. Restore the file, or update sha256 in installation.yaml.`,
  SOURCE_UNREADABLE: ({ source, location, reason, remedy }) =>
    `\`${source}\` (${location}) cannot be read: ${reason}. ${remedy}`,
  TABLE_TOO_LARGE: ({ table, rows, bytes, limit, backend }) =>
    `\`${table}\` (${rows.toLocaleString('en')} rows, about ${Math.round(bytes / 1_048_576)} MB) is over what ${backend} takes here (${Math.round(limit / 1_048_576)} MB). Use another backend or a smaller extract.`,
};

/** A table that shows why: printed values. */
export interface Witness {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}

/** A complete query that answers something near, and how to say what it does. */
export interface Remedy {
  readonly label: string;
  readonly query: string;
}

/** One cause of a refusal, before it is addressed to the reader: the first in text order speaks. */
export type Cause = RefusalIssue & {
  readonly span: Span;
  readonly witness: Witness | null;
  readonly remedies: readonly Remedy[];
};

/** Makes a cause; its message is derived. */
export function cause<Code extends RefusalCode>(
  code: Code,
  parameters: RefusalParameters[Code],
  span: Span,
  remedies: readonly Remedy[] = [],
  witness: Witness | null = null,
): Extract<Cause, { code: Code }> {
  const message = REFUSAL_MESSAGES[code](parameters);
  return { code, parameters, message, span, remedies, witness } as Extract<Cause, { code: Code }>;
}
