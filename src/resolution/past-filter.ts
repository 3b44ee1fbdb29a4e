import type { SelectItem, Statement } from '../frameql/ast.ts';
import type { Names } from './names.ts';
import { joinedTerms, mentions, queryText } from './rewrite.ts';
import { andTerms } from './where.ts';

/**
 * The question with the terms of WHERE that mention one of the names moved to HAVING, and what they compare selected where
 * no column shows it: windows then look over all rows, and the same rows are kept.
 */
export function pastFilter(
  names: Names,
  statement: Statement,
  cut: ReadonlySet<string>,
  columns: readonly string[],
): string {
  const isCut = (written: string) => cut.has(logicalName(names, written));
  const terms = andTerms(statement.where);
  const moved = terms.filter((term) => mentions(term, isCut));
  const missing = new Set<string>();
  for (const term of moved) {
    mentions(term, (name) => {
      if (!columns.includes(name)) missing.add(name);
      return false;
    });
  }
  const { span } = statement;
  const selected = [...missing].map((name): SelectItem => {
    return { expr: { kind: 'name', name, quoted: false, span }, alias: null, span };
  });
  return queryText({
    ...statement,
    items: [...statement.items, ...selected],
    where: joinedTerms(terms.filter((term) => !moved.includes(term))),
    having: joinedTerms([...andTerms(statement.having), ...moved]),
  });
}

function logicalName(names: Names, written: string): string {
  const meaning = names.meaningOf(written);
  return meaning?.kind === 'dimension' ? meaning.dimension.name : written;
}
