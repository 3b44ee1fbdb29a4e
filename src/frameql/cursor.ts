import type { Span } from '../canon/issue.ts';
import type { Expr } from './ast.ts';
import { HABIT_WORDS, HABITS, type Habit } from './habits.ts';
import { hintFor, quoted } from './hint.ts';
import { type Token, tokenize, upperCase } from './tokens.ts';

/** How deep brackets may nest, and how deep an expression may be: far above what is written, far below a stack's end. */
export const MAX_DEPTH = 200;

/** A problem met on the way. */
export interface Finding {
  readonly span: Span;
  readonly found: string;
  readonly expected: readonly string[];
  readonly hint: string | null;
  readonly habit: Habit | null;
  /** What reading on did about it, as a button says it; null: what was meant cannot be said in the language. */
  readonly repair: string | null;
}

/**
 * A place in the tokens of a text. Parsers return null where they cannot go on, after `fail` has recorded why. Where
 * they can (a habit, clauses out of order), they `note` it and read on what was meant, so that the repaired statement
 * can be offered.
 */
export class Cursor {
  readonly text: string;
  readonly findings: Finding[] = [];
  /** Tokens looked at and nodes made: the measure of the parser's work. */
  steps = 0;
  private readonly tokens: readonly Token[];
  /** The tokens' texts, words in upper case: parsers ask many times what stands where they are. */
  private readonly words: readonly string[];
  private readonly depths = new Map<Expr, number>();
  private readonly expected = new Set<string>();
  private position = 0;
  private nesting = 0;

  constructor(text: string) {
    this.text = text;
    const tokens = tokenize(text).filter((token) => token.kind !== 'comment');
    this.tokens = tokens.filter((token) => token.problem !== 'block comment');
    this.words = this.tokens.map(({ kind, text: own }) =>
      kind === 'keyword' || kind === 'name' ? upperCase(own) : own,
    );
    const comment = tokens.find((token) => token.problem === 'block comment');
    if (comment !== undefined) this.habit('block comment', comment.span, ['`--`']);
  }

  /** The token here; null at the end of the text. */
  get token(): Token | null {
    return this.ahead(0);
  }

  /** The token `count` places on. */
  ahead(count: number): Token | null {
    this.steps++;
    return this.tokens[this.position + count] ?? null;
  }

  /** Where the token here begins: the start of whatever is read next. */
  get start(): number {
    return this.token?.span.from ?? this.end;
  }

  /** Where the latest token read ends; 0 before the first. */
  get end(): number {
    return this.tokens[this.position - 1]?.span.to ?? 0;
  }

  /** Goes past the token here. */
  advance(): void {
    this.steps++;
    this.position++;
    this.expected.clear();
  }

  /** Whether the token here is this keyword, operator or punctuation mark. */
  at(text: string, count = 0): boolean {
    const token = this.ahead(count);
    switch (token?.kind) {
      case 'keyword':
      case 'operator':
      case 'punctuation':
        return this.words[this.position + count] === text;
      default:
        return false;
    }
  }

  /** Whether the token here is this word without being a keyword: SQL's words are plain names. */
  atWord(word: string, count = 0): boolean {
    return this.ahead(count)?.kind === 'name' && this.words[this.position + count] === word;
  }

  /** Goes past this keyword, operator or mark if it stands here; else remembers that it could have. */
  accept(text: string): boolean {
    if (this.at(text)) {
      this.advance();
      return true;
    }
    this.expected.add(`\`${text}\``);
    return false;
  }

  /** Goes past this keyword, operator or mark; fails if something else stands here. */
  require(text: string): true | null {
    return this.accept(text) ? true : this.fail();
  }

  /** Remembers what could stand here. */
  couldBe(...labels: readonly string[]): void {
    for (const label of labels) this.expected.add(label);
  }

  /** Records that a habit stops here. */
  failHabit(habit: Habit): null {
    return this.fail(HABITS[habit].hint, habit);
  }

  /** Records that what stands here cannot, and why. */
  fail(hint: string | null = null, habit: Habit | null = null): null {
    const { token } = this;
    const known = token?.kind === 'name' ? HABIT_WORDS.get(upperCase(token.text)) : undefined;
    if (hint === null && known !== undefined) return this.failHabit(known);
    this.findings.push({
      span: token?.span ?? { from: this.end, to: this.end },
      found: this.describe(token),
      expected: [...this.expected],
      hint: hint ?? (token === null ? null : hintFor(token, [...this.expected], this.at('BY', 1))),
      habit,
      repair: null,
    });
    return null;
  }

  /** Records a habit that was read as what it means; `told` false: what it means cannot be told. */
  habit(habit: Habit, span: Span, expected: readonly string[] = [], told = true): void {
    const { hint, repair } = HABITS[habit];
    const untold = told ? hint : `${hint} Which question was meant cannot be told from the text.`;
    this.note(span, expected, untold, told ? repair : null, habit);
  }

  /** Records a problem that did not stop the reading. */
  note(span: Span, expected: readonly string[], hint: string, repair: string | null, habit: Habit | null): void {
    const found = quoted(this.text.slice(span.from, span.to)) ?? this.describe(this.token);
    this.findings.push({ span, found, expected, hint, habit, repair });
  }

  /** Forgets the findings since there were `count`: what they were about is left out of the repaired statement. */
  forget(count: number): void {
    this.findings.length = Math.min(count, this.findings.length);
  }

  /** Reads something one bracket (or sign, or NOT) deeper; fails where that is too deep. */
  deeper<T>(read: () => T | null): T | null {
    if (this.nesting >= MAX_DEPTH) return this.fail(TOO_DEEP);
    this.nesting++;
    const result = read();
    this.nesting--;
    return result;
  }

  /** Takes a node over its operands; fails where the tree would be too deep for those who walk it. */
  made(node: Expr, operands: readonly Expr[]): Expr | null {
    let depth = 1;
    for (const operand of operands) {
      this.steps++;
      depth = Math.max(depth, 1 + (this.depths.get(operand) ?? 1));
    }
    if (depth > MAX_DEPTH) return this.fail(TOO_DEEP);
    this.depths.set(node, depth);
    return node;
  }

  /**
   * Whether a node can be put in brackets here and the text still be read: each level of a printed tree may hold two
   * openings, its own (of a call, a sign, NOT or CASE) and a bracket around it.
   */
  fitsInBrackets(node: Expr): boolean {
    return this.nesting + 1 + 2 * (this.depths.get(node) ?? 1) <= MAX_DEPTH;
  }

  /** Goes past all up to the bracket that closes the one just read, and that one; fails where none does. */
  skipToClose(): true | null {
    let open = 1;
    do {
      if (this.at('(')) open++;
      if (this.at(')')) open--;
      if (this.token === null) {
        this.couldBe('`)`');
        return this.fail();
      }
      this.advance();
    } while (open > 0);
    return true;
  }

  private describe(token: Token | null): string {
    const end = this.tokens.length === 0 ? 'an empty text' : 'the end of the text';
    return (token === null ? undefined : quoted(token.text)) ?? end;
  }
}

/** What is said of a text that nests too deep. */
export const TOO_DEEP = `This is nested more than ${MAX_DEPTH} deep. Take it apart: fewer brackets and shorter chains of operators.`;
