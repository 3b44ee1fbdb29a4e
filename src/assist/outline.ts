import type { Span } from '../canon/issue.ts';
import { type Token, tokenize, upperCase } from '../frameql/tokens.ts';

export type ClauseWord = 'WITH' | 'SELECT' | 'FROM' | 'AT' | 'WHERE' | 'HAVING' | 'ORDER BY' | 'LIMIT' | 'PER';

/** A clause of a text that may not be a statement yet. */
export interface OutlinedClause {
  readonly word: ClauseWord;
  /** Its keywords. */
  readonly span: Span;
  /** What follows them, up to the next clause: tokens without comments, and the stretch of the text. */
  readonly tokens: readonly Token[];
  readonly body: Span;
}

/** A text cut at its clause words, which are reserved: they begin clauses even in brackets that are still open. */
export interface Outline {
  readonly text: string;
  /** All tokens, comments included. */
  readonly tokens: readonly Token[];
  /** In text order. */
  readonly clauses: readonly OutlinedClause[];
}

/** Cuts any text into clauses. Total. */
export function outlineOf(text: string): Outline {
  const tokens = tokenize(text);
  const spoken = tokens.filter((token) => token.kind !== 'comment');
  const starts: { readonly word: ClauseWord; readonly at: number; readonly count: number }[] = [];
  spoken.forEach((token, at) => {
    const word = token.kind === 'keyword' ? clauseWord(upperCase(token.text)) : null;
    // `order =>` names an argument.
    if (word === null || spoken[at + 1]?.text === '=>') return;
    const by = spoken[at + 1];
    const isOrder = word === 'ORDER BY' && by?.kind === 'keyword' && upperCase(by.text) === 'BY';
    starts.push({ word, at, count: isOrder ? 2 : 1 });
  });
  const semicolon = spoken.findIndex((token) => token.text === ';');
  const clauses = starts.map(({ word, at, count }, index): OutlinedClause => {
    const next = starts[index + 1]?.at ?? (semicolon > at ? semicolon : spoken.length);
    const end = spoken[next]?.span.from ?? text.length;
    const from = spoken[at]?.span.from ?? 0;
    const to = spoken[at + count - 1]?.span.to ?? from;
    return {
      word,
      span: { from, to },
      tokens: spoken.slice(at + count, next),
      body: { from: to, to: Math.max(to, end) },
    };
  });
  return { text, tokens, clauses };
}

/** The first clause of a word; undefined where the text has none. */
export function clauseNamed({ clauses }: Outline, word: ClauseWord): OutlinedClause | undefined {
  return clauses.find((clause) => clause.word === word);
}

/** Tokens cut at the commas that stand in no bracket; a part may be empty. */
export function listParts(tokens: readonly Token[]): readonly (readonly Token[])[] {
  return parts(tokens, (token) => token.text === ',');
}

/** Tokens cut at the ANDs that stand in no bracket and belong to no BETWEEN. */
export function conditionParts(tokens: readonly Token[]): readonly (readonly Token[])[] {
  let between = false;
  return parts(tokens, (token) => {
    const word = token.kind === 'keyword' ? upperCase(token.text) : '';
    if (word === 'BETWEEN') between = true;
    if (word !== 'AND') return false;
    if (!between) return true;
    between = false;
    return false;
  });
}

function parts(tokens: readonly Token[], isCut: (token: Token) => boolean): readonly (readonly Token[])[] {
  const cut: Token[][] = [[]];
  let open = 0;
  for (const token of tokens) {
    if (isOpening(token)) open++;
    if (isClosing(token)) open = Math.max(0, open - 1);
    if (open === 0 && isCut(token)) cut.push([]);
    else cut[cut.length - 1]?.push(token);
  }
  return cut;
}

export function isOpening({ kind, text }: Token): boolean {
  return kind === 'punctuation' && (text === '(' || text === '{');
}

export function isClosing({ kind, text }: Token): boolean {
  return kind === 'punctuation' && (text === ')' || text === '}');
}

/** The stretch of text that tokens cover; null where there are none. */
export function stretch(tokens: readonly Token[]): Span | null {
  const [first, last] = [tokens[0], tokens[tokens.length - 1]];
  return first === undefined || last === undefined ? null : { from: first.span.from, to: last.span.to };
}

function clauseWord(word: string): ClauseWord | null {
  switch (word) {
    case 'WITH':
    case 'SELECT':
    case 'FROM':
    case 'AT':
    case 'WHERE':
    case 'HAVING':
    case 'LIMIT':
    case 'PER':
      return word;
    case 'ORDER':
      return 'ORDER BY';
    default:
      return null;
  }
}
