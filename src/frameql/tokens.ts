import type { Span } from '../canon/issue.ts';

export type TokenKind =
  | 'keyword'
  | 'name'
  /** `"…"`, a name whatever it holds. */
  | 'quoted'
  | 'number'
  | 'string'
  | 'operator'
  | 'punctuation'
  | 'comment'
  | 'error';

/** Why a piece of text is no token of the language. */
export type TokenProblem =
  | 'open string'
  | 'open name'
  | 'malformed number'
  | 'unquoted date'
  | 'block comment'
  | 'character';

/** A piece of the text. Tokens stand in text order and do not overlap; only white space lies between them. */
export interface Token {
  readonly kind: TokenKind;
  /** As written, quotes included. */
  readonly text: string;
  readonly span: Span;
  /** Set on errors only. */
  readonly problem: TokenProblem | null;
}

/** The reserved words, upper case. `DATE` is not one: it is a keyword only before a string. */
export const KEYWORDS: readonly string[] = [
  'SELECT',
  'FROM',
  'AT',
  'WHERE',
  'HAVING',
  'ORDER',
  'BY',
  'ASC',
  'DESC',
  'LIMIT',
  'PER',
  'AS',
  'AND',
  'OR',
  'NOT',
  'TRUE',
  'FALSE',
  'NULL',
  'EXPLAIN',
  'WITH',
  'VIA',
  'CASE',
  'WHEN',
  'THEN',
  'ELSE',
  'END',
  'IN',
  'BETWEEN',
  'IS',
];

const RESERVED: ReadonlySet<string> = new Set(KEYWORDS);

/** Upper case of the ASCII letters alone: `ſum` and `größe` stay what they are, so no other word turns into a keyword. */
export function upperCase(word: string): string {
  return ASCII.test(word) ? word.toUpperCase() : word.replace(/[a-z]+/g, (letters) => letters.toUpperCase());
}

/** Most words are: they need no look at each letter. */
const ASCII = /^[\x20-\x7e]*$/;

/** Lower case of the ASCII letters alone. */
export function lowerCase(word: string): string {
  return word.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** Whether the word is reserved, in any case. */
export function isKeyword(word: string): boolean {
  return RESERVED.has(upperCase(word));
}

/** Whether the text can be written as a name without quotes: a letter or `_`, then letters, digits and `_`. */
export function isPlainName(text: string): boolean {
  return /^[\p{L}_][\p{L}\p{M}\p{N}_]*$/u.test(text) && !isKeyword(text);
}

/** Cuts a text into tokens, comments included. Total: it never throws, and what is no token of the language is an error token. */
export function tokenize(text: string): Token[] {
  const scan = scanner(text);
  const tokens: Token[] = [];
  /** Index of the latest token that is no comment. */
  let latest = -1;
  for (let from = scan.skipSpace(0); from < text.length; ) {
    const { kind, problem, to } = scan.token(from);
    const before = tokens[latest];
    if (kind === 'string' && before?.kind === 'name' && upperCase(before.text) === 'DATE') {
      tokens[latest] = { ...before, kind: 'keyword' };
    }
    if (kind !== 'comment') latest = tokens.length;
    tokens.push({ kind, text: text.slice(from, to), span: { from, to }, problem });
    from = scan.skipSpace(to);
  }
  return tokens;
}

interface Piece {
  readonly kind: TokenKind;
  readonly problem: TokenProblem | null;
  readonly to: number;
}

const piece = (kind: TokenKind, to: number): Piece => ({ kind, problem: null, to });
const error = (problem: TokenProblem, to: number): Piece => ({ kind: 'error', problem, to });

function scanner(text: string) {
  // Sticky patterns hold a position, so each text has its own.
  const patterns = {
    space: /\s+/y,
    line: /[^\n\r]*/y,
    date: /\d{4}-\d{2}-\d{2}(?![\p{L}\p{M}\p{N}_])/uy,
    number: /(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?/y,
    /** What makes a number malformed when it follows at once. */
    tail: /(?:[\p{L}\p{M}\p{N}_]|\.\d)[\p{L}\p{M}\p{N}_.]*/uy,
    name: /[\p{L}_][\p{L}\p{M}\p{N}_]*/uy,
    operator: /<>|!=|<=|>=|=>|==|\|\||[-+*/%=<>@]/y,
    punctuation: /[(){},;.]/y,
    character: /./suy,
  };

  /** Where the pattern's match at `from` ends; `from` itself where it does not match. */
  const end = (pattern: RegExp, from: number): number => {
    pattern.lastIndex = from;
    return pattern.test(text) ? pattern.lastIndex : from;
  };

  const quotedPiece = (from: number, quote: string, kind: TokenKind, problem: TokenProblem): Piece => {
    const to = closing(text, from, quote);
    // Left open, it ends with its line, so that the lines below keep their colours.
    return to === undefined ? error(problem, end(patterns.line, from)) : piece(kind, to);
  };

  const numberPiece = (from: number): Piece | undefined => {
    const dateEnd = end(patterns.date, from);
    if (dateEnd > from) return error('unquoted date', dateEnd);
    const to = end(patterns.number, from);
    if (to === from) return undefined;
    const tail = end(patterns.tail, to);
    return tail > to ? error('malformed number', tail) : piece('number', to);
  };

  const wordPiece = (from: number): Piece | undefined => {
    const to = end(patterns.name, from);
    if (to === from) return undefined;
    return piece(isKeyword(text.slice(from, to)) ? 'keyword' : 'name', to);
  };

  const markPiece = (from: number): Piece => {
    const operator = end(patterns.operator, from);
    if (operator > from) return piece('operator', operator);
    const punctuation = end(patterns.punctuation, from);
    if (punctuation > from) return piece('punctuation', punctuation);
    return error('character', end(patterns.character, from));
  };

  return {
    skipSpace: (from: number): number => end(patterns.space, from),
    /** The token that begins at `from`, which holds no white space. */
    token: (from: number): Piece => {
      if (text.startsWith('--', from)) return piece('comment', end(patterns.line, from));
      if (text.startsWith('/*', from)) {
        const close = text.indexOf('*/', from + 2);
        return error('block comment', close < 0 ? text.length : close + 2);
      }
      if (text[from] === "'") return quotedPiece(from, "'", 'string', 'open string');
      if (text[from] === '"') return quotedPiece(from, '"', 'quoted', 'open name');
      return numberPiece(from) ?? wordPiece(from) ?? markPiece(from);
    },
  };
}

/** End of what the quote at `from` opens, a doubled quote standing for one; undefined where nothing closes it. */
function closing(text: string, from: number, quote: string): number | undefined {
  for (let at = from + 1; ; ) {
    const next = text.indexOf(quote, at);
    if (next < 0) return undefined;
    if (text[next + 1] !== quote) return next + 1;
    at = next + 2;
  }
}
