import { KEYWORDS } from '../../../src/frameql/tokens.ts';
import type { Random } from '../../differential/random.ts';

/**
 * Statements made from the grammar as people know it, not from the parser's: a list of words that can be spelt in many
 * ways. `⟨` and `⟩` are brackets that change nothing and may be left out.
 */
export function grammaticalWords(random: Random): readonly string[] {
  return new Sentences(random).statement();
}

/** One spelling of words: cases of words that have none, spaces, lines, comments, brackets that change nothing. */
export function spell(random: Random, words: readonly string[]): string {
  const bracketed = random.chance(0.5);
  const braces = random.chance(0.3);
  const parts: string[] = [];
  for (const word of words) {
    if (word === '⟨' || word === '⟩') {
      if (bracketed) parts.push(word === '⟨' ? '(' : ')');
    } else if (word === '⟦' || word === '⟧') {
      parts.push(word === '⟦' ? (braces ? '{' : '(') : braces ? '}' : ')');
    } else {
      parts.push(CASELESS.has(word) && random.chance(0.5) ? word.toLowerCase() : word);
    }
  }
  const spaces = [' ', ' ', '  ', '\n', '\t', ' -- note\n'];
  return parts.map((part) => part + random.pick(spaces)).join('');
}

const OPERATORS = ['SUM', 'COUNT', 'AVG', 'MEDIAN', 'QUANTILE', 'LAST', 'COUNT_DISTINCT'];
const FUNCTIONS = ['COALESCE', 'UPPER', 'ROUND', 'CONCAT', 'LAG', 'CUMSUM', 'RANK', 'NOW', 'GREATEST', 'REPLACE'];
const CASELESS: ReadonlySet<string> = new Set([...KEYWORDS, ...OPERATORS, ...FUNCTIONS, 'DATE']);

const NAMES = [
  'region',
  'store',
  'day',
  'revenue',
  'cost',
  'größe',
  'date',
  'first',
  '_x1',
  '"order"',
  '"a ""b"""',
  'left',
];
const LITERALS = [
  '0',
  '1',
  '0.30',
  '.5',
  '12345678901234567890',
  '1e3',
  '2.5E-7',
  "'x'",
  "'it''s'",
  'TRUE',
  'FALSE',
  'NULL',
];

class Sentences {
  private readonly random: Random;
  /** How many nodes may still be made: keeps sentences short. */
  private left: number;

  constructor(random: Random) {
    this.random = random;
    this.left = random.between(3, 40);
  }

  statement(): readonly string[] {
    const { random } = this;
    const words: string[] = [];
    if (random.chance(0.15)) words.push('EXPLAIN');
    if (random.chance(0.3)) {
      const names = random.some(['net', 'share', 'big', '"the top"'], 1, 3);
      words.push('WITH', ...this.list(names.map((name) => [name, '=', ...this.any()])));
    }
    words.push('SELECT', ...this.list(this.times(1, 4, () => this.item())));
    if (random.chance(0.3)) words.push('FROM', this.name());
    const at = ['AT', ...this.anchor(true)];
    const where = random.chance(0.5) ? ['WHERE', ...this.any()] : [];
    words.push(...(random.chance(0.2) ? [...where, ...at] : [...at, ...where]));
    if (random.chance(0.3)) words.push('HAVING', ...this.any());
    if (random.chance(0.3)) words.push('ORDER', 'BY', ...this.list(this.times(1, 3, () => this.key())));
    if (random.chance(0.3)) {
      words.push('LIMIT', String(random.between(0, 99)));
      if (random.chance(0.5)) words.push('PER', ...this.anchor(false));
    }
    if (random.chance(0.2)) words.push(';');
    return words;
  }

  private item(): readonly string[] {
    return this.random.chance(0.7) ? [...this.any(), 'AS', this.name()] : this.any();
  }

  private key(): readonly string[] {
    return [this.name(), ...this.random.pick([[], ['ASC'], ['DESC']])];
  }

  private anchor(bridges: boolean): readonly string[] {
    const point = () => (bridges && this.random.chance(0.2) ? [this.name(), 'VIA', this.name()] : [this.name()]);
    if (this.random.chance(0.3)) return point();
    return ['⟦', ...this.list(this.times(0, 3, point)), '⟧'];
  }

  /** From loosest to tightest, as SQL has it; `@` binds tightest of all. */
  private any(): readonly string[] {
    return this.joined('OR', () => this.joined('AND', () => this.not()));
  }

  private not(): readonly string[] {
    return this.may(0.1) ? ['NOT', ...this.not()] : this.condition();
  }

  private condition(): readonly string[] {
    const { random } = this;
    const operand = this.sum();
    if (!this.may(0.3)) return operand;
    const not = random.chance(0.4) ? ['NOT'] : [];
    switch (random.between(0, 3)) {
      case 0:
        return [...operand, random.pick(['=', '<>', '!=', '<', '<=', '>', '>=']), ...this.sum()];
      case 1:
        return [...operand, ...not, 'IN', '(', ...this.list(this.times(1, 3, () => this.any())), ')'];
      case 2:
        return [...operand, ...not, 'BETWEEN', ...this.sum(), 'AND', ...this.sum()];
      default:
        return [...operand, 'IS', ...not, 'NULL'];
    }
  }

  private sum(): readonly string[] {
    return this.joined(this.random.pick(['+', '-']), () => this.product());
  }

  private product(): readonly string[] {
    return this.joined(this.random.pick(['*', '/']), () => this.signed());
  }

  private signed(): readonly string[] {
    return this.may(0.1) ? ['-', ...this.signed()] : this.placed();
  }

  private placed(): readonly string[] {
    const words = [...this.primary()];
    while (this.may(0.1)) words.push('@', ...this.anchor(true));
    return words;
  }

  private primary(): readonly string[] {
    const { random } = this;
    this.left -= 1;
    if (this.left < 0) return [this.name()];
    return random.weighted<() => readonly string[]>([
      [5, () => [this.name()]],
      [2, () => ['⟨', this.name(), '⟩']],
      [3, () => [random.pick(LITERALS)]],
      [1, () => ['DATE', "'2024-01-31'"]],
      [1, () => ['COUNT', '(', '*', ')']],
      [1, () => [this.name(), '.', random.pick(OPERATORS)]],
      [3, () => this.call()],
      [2, () => ['(', ...this.any(), ')']],
      [1, () => this.case()],
    ])();
  }

  private call(): readonly string[] {
    const args = this.times(0, 3, () => this.any());
    const named = this.random
      .some(['step', 'Within', '"a b"'], 0, 2)
      .map((name): readonly string[] => [name, '=>', ...this.any()]);
    const callee = this.random.pick(this.random.chance(0.5) ? OPERATORS : FUNCTIONS);
    return [callee, '(', ...this.list(this.random.chance(0.3) ? [...args, ...named] : args), ')'];
  }

  private case(): readonly string[] {
    const operand = this.random.chance(0.4) ? this.any() : [];
    const branches = this.times(1, 3, () => ['WHEN', ...this.any(), 'THEN', ...this.any()]).flat();
    return ['CASE', ...operand, ...branches, ...(this.random.chance(0.5) ? ['ELSE', ...this.any()] : []), 'END'];
  }

  private joined(word: string, part: () => readonly string[]): readonly string[] {
    const words = [...part()];
    while (this.may(0.15)) words.push(word, ...part());
    return words;
  }

  private name(): string {
    return this.random.pick(NAMES);
  }

  private may(probability: number): boolean {
    return this.left > 0 && this.random.chance(probability);
  }

  private times<Part>(least: number, most: number, part: () => Part): Part[] {
    return Array.from({ length: this.random.between(least, most) }, part);
  }

  private list(parts: readonly (readonly string[])[]): readonly string[] {
    return parts.flatMap((part, index) => (index === 0 ? part : [',', ...part]));
  }
}
