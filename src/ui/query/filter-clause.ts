import type { Span } from '../../canon/issue.ts';
import type { Token } from '../../frameql/tokens.ts';

/** A comparison of a name with a string, where it stands in the text. */
export interface TextComparison {
  readonly name: string;
  /** The string without its quotes. */
  readonly value: string;
  readonly valueSpan: Span;
}

const CLAUSE_ENDS: ReadonlySet<string> = new Set(['AT', 'HAVING', 'ORDER', 'LIMIT', 'WHERE', 'FROM']);

/** The text of a clause from after its keyword to the next clause, or null where the statement has none. */
export function clauseText(text: string, tokens: readonly Token[], keyword: 'WHERE' | 'HAVING'): string | null {
  const inside = clauseTokens(tokens, keyword);
  const first = inside[0];
  const last = inside[inside.length - 1];
  if (first === undefined || last === undefined) return null;
  return text.slice(first.span.from, last.span.to).replace(/\s+/g, ' ');
}

/** The comparisons `name = 'text'` of the WHERE clause. */
export function textComparisons(tokens: readonly Token[]): readonly TextComparison[] {
  const inside = clauseTokens(tokens, 'WHERE');
  const found: TextComparison[] = [];
  inside.forEach((token, index) => {
    const operator = inside[index + 1];
    const value = inside[index + 2];
    if (operator === undefined || value === undefined) return;
    if (token.kind !== 'name' || value.kind !== 'string') return;
    if (operator.text !== '=') return;
    found.push({
      name: token.text,
      value: unquoted(value.text),
      valueSpan: value.span,
    });
  });
  return found;
}

/** A string as Frame-QL writes it. */
export function quoteText(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

function unquoted(literal: string): string {
  return literal.replace(/^'|'$/g, '').replaceAll("''", "'");
}

function clauseTokens(tokens: readonly Token[], keyword: string): readonly Token[] {
  const words = tokens.filter((token) => token.kind !== 'comment');
  const word = (token: Token) => token.text.toUpperCase();
  const start = words.findIndex((token) => token.kind === 'keyword' && word(token) === keyword);
  if (start < 0) return [];
  const rest = words.slice(start + 1);
  const end = rest.findIndex(
    (token) => (token.kind === 'keyword' && CLAUSE_ENDS.has(word(token))) || word(token) === ';',
  );
  return end < 0 ? rest : rest.slice(0, end);
}
