import { tokenize } from '../../frameql/tokens.ts';
import { formatCount } from '../format/count.ts';
import type { Phrase } from '../words/phrase.ts';
import { clauseText } from './filter-clause.ts';

/** Rows of a schema's source, where the page knows them. */
export interface SchemaRows {
  readonly schema: string;
  readonly rows: number | null;
}

/** Why there is no row, from the clauses of the question. */
export function zeroRowsPhrase(question: string, schema: SchemaRows | null, locale: string): Phrase {
  const tokens = tokenize(question);
  const filter = clauseText(question, tokens, 'WHERE');
  const having = clauseText(question, tokens, 'HAVING');
  if (filter !== null && having !== null) {
    return ['No rows: nothing passes both ', { code: `WHERE ${filter}` }, ' and ', { code: `HAVING ${having}` }, '.'];
  }
  if (having !== null) return ['No rows: no finished row passes ', { code: `HAVING ${having}` }, '.'];
  if (filter === null || schema === null) return ['No rows: the table that was read has none.'];
  const of = schema.rows === null ? schema.schema : `${formatCount(schema.rows, locale)} ${schema.schema}`;
  return ['No rows: the filter ', { code: filter }, ` keeps 0 of ${of}.`];
}
