import { type Token, tokenize } from '../../frameql/tokens.ts';
import type { CollectionSummary } from '../../runtime/api.ts';
import { spelled } from '../browser/field-tree.ts';
import { CLAUSE_WORDS, INNER_WORDS, OPERATOR_WORDS } from './vocabulary.ts';

/** One word that could stand at the caret. */
export interface Suggestion {
  readonly label: string;
  readonly kind: 'family' | 'dimension' | 'attribute' | 'schema' | 'operator' | 'keyword';
  /** Type or meaning, shown muted. */
  readonly detail: string;
  /** What is typed in its place; the caret comes to stand `back` letters before its end. */
  readonly insert: string;
  readonly back: number;
  /** Higher comes first: what the clause asks for. */
  readonly rank: number;
}

export interface Suggestions {
  /** Where the word that is being typed begins. */
  readonly from: number;
  readonly options: readonly Suggestion[];
}

type Clause = 'SELECT' | 'FROM' | 'AT' | 'WHERE' | 'HAVING' | 'ORDER' | 'LIMIT' | 'PER';

const CLAUSES: readonly string[] = ['SELECT', 'FROM', 'AT', 'WHERE', 'HAVING', 'ORDER', 'LIMIT', 'PER'];

/** Words that could stand at an offset of the text; null inside strings, numbers and comments. */
export function suggestionsAt(text: string, offset: number, summary: CollectionSummary | null): Suggestions | null {
  const tokens = tokenize(text);
  const inside = tokens.find((token) => token.span.from < offset && offset <= token.span.to);
  if (inside !== undefined && (inside.kind === 'string' || inside.kind === 'number' || inside.kind === 'comment')) {
    return null;
  }
  const word = inside !== undefined && (inside.kind === 'name' || inside.kind === 'keyword') ? inside : undefined;
  const clause = clauseAt(tokens, word?.span.from ?? offset);
  return { from: word?.span.from ?? offset, options: [...names(summary, clause), ...words(clause)] };
}

function clauseAt(tokens: readonly Token[], offset: number): Clause | null {
  let clause: Clause | null = null;
  for (const token of tokens) {
    if (token.span.to > offset) break;
    const word = token.text.toUpperCase();
    if (token.kind === 'keyword' && CLAUSES.includes(word)) clause = clauseNamed(word);
  }
  return clause;
}

function clauseNamed(word: string): Clause | null {
  switch (word) {
    case 'SELECT':
    case 'FROM':
    case 'AT':
    case 'WHERE':
    case 'HAVING':
    case 'ORDER':
    case 'LIMIT':
    case 'PER':
      return word;
    default:
      return null;
  }
}

function names(summary: CollectionSummary | null, clause: Clause | null): readonly Suggestion[] {
  if (summary === null || clause === null) return [];
  const named = (kind: Suggestion['kind'], name: string, detail: string, rank: number): Suggestion => ({
    label: name,
    kind,
    detail,
    insert: spelled(name),
    back: 0,
    rank,
  });
  if (clause === 'FROM') return summary.schemas.map((schema) => named('schema', schema.name, schema.source, 9));
  const place = clause === 'AT' || clause === 'PER' || clause === 'WHERE';
  const dimensions = summary.dimensions.map((each) => named('dimension', each.name, each.type, place ? 9 : 6));
  if (clause === 'AT' || clause === 'PER') return dimensions;
  const attributes = summary.attributes.map((each) => named('attribute', each.name, `of ${each.of}`, place ? 8 : 5));
  if (clause === 'WHERE') return [...dimensions, ...attributes];
  const families = summary.families.map((each) => named('family', each.name, each.formula ?? each.type, 7));
  return [...families, ...dimensions, ...attributes];
}

function words(clause: Clause | null): readonly Suggestion[] {
  const keyword = (label: string, rank: number): Suggestion => ({
    label,
    kind: 'keyword',
    detail: '',
    insert: `${label} `,
    back: 0,
    rank,
  });
  const after = clause === null ? -1 : CLAUSE_WORDS.findIndex((each) => each.startsWith(clause));
  const clauses = CLAUSE_WORDS.map((each, index) => keyword(each, index > after ? 4 : 1));
  if (clause === null) return clauses;
  const operators = OPERATOR_WORDS.map(
    ({ name, meaning }): Suggestion => ({
      label: name,
      kind: 'operator',
      detail: meaning,
      insert: `${name}()`,
      back: 1,
      rank: clause === 'SELECT' ? 5 : 2,
    }),
  );
  const inner = INNER_WORDS.map((each) => keyword(each, 3));
  return clause === 'SELECT' || clause === 'HAVING' ? [...operators, ...inner, ...clauses] : [...inner, ...clauses];
}
