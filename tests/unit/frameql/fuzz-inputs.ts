import { Random } from '../../differential/random.ts';
import { STATEMENTS, STRAY } from './corpus.ts';
import { grammaticalWords, spell } from './grammar.ts';

/** A text to try on the parser. */
export type FuzzInput =
  /** Of the language, in two spellings. */
  | { readonly kind: 'grammatical'; readonly text: string; readonly respelt: string }
  /** Anything. */
  | { readonly kind: 'mutated' | 'pieces' | 'characters'; readonly text: string };

/** The input of a seed and a number: the same on every machine. */
export function fuzzInput(seed: number, index: number): FuzzInput {
  const random = new Random(Math.imul(seed, 0x01000193) ^ index);
  const kind = random.weighted<FuzzInput['kind']>([
    [4, 'grammatical'],
    [5, 'mutated'],
    [2, 'pieces'],
    [1, 'characters'],
  ]);
  switch (kind) {
    case 'grammatical': {
      const words = grammaticalWords(random);
      return { kind, text: spell(random, words), respelt: spell(random, words) };
    }
    case 'mutated':
      return { kind, text: mutated(random) };
    case 'pieces':
      return { kind, text: pieces(random, 30).join(random.pick(['', ' '])) };
    case 'characters':
      return { kind, text: characters(random, 40) };
  }
}

/** Pieces of the language and of what lies near it. */
const PIECES: readonly string[] = [
  ...['SELECT', 'FROM', 'AT', 'WHERE', 'HAVING', 'ORDER', 'BY', 'LIMIT', 'PER', 'AS', 'AND', 'OR', 'NOT', 'IN', 'IS'],
  ...[
    'BETWEEN',
    'CASE',
    'WHEN',
    'THEN',
    'ELSE',
    'END',
    'NULL',
    'TRUE',
    'DATE',
    'VIA',
    'WITH',
    'EXPLAIN',
    'ASC',
    'DESC',
  ],
  ...[
    'GROUP',
    'JOIN',
    'LEFT',
    'ON',
    'USING',
    'DISTINCT',
    'ALL',
    'OVER',
    'FILTER',
    'PARTITION',
    'LIKE',
    'ILIKE',
    'CAST',
  ],
  ...['EXTRACT', 'IFNULL', 'IF', 'INTERVAL', 'COUNT', 'SUM', 'RANK', 'COALESCE', 'a', 'b', 'revenue', '"y"', '""'],
  ...[
    '(',
    ')',
    '{',
    '}',
    ',',
    ';',
    '.',
    '*',
    '+',
    '-',
    '/',
    '%',
    '||',
    '=',
    '<',
    '<>',
    '!=',
    '>=',
    '@',
    '=>',
    '==',
    '::',
  ],
  ...[
    "'x'",
    "'%x%'",
    "'",
    '"',
    '1',
    '0.30',
    '2e5',
    '1e999',
    '12ab',
    '2024-01-31',
    '--',
    '/*',
    '*/',
    '\n',
    '#',
    '😀',
    '\ud800',
  ],
];

function pieces(random: Random, most: number): readonly string[] {
  return Array.from({ length: random.between(0, most) }, () => random.pick(PIECES));
}

function characters(random: Random, most: number): string {
  const one = () => {
    const limit = random.pick([0x7f, 0x7f, 0x2fff, 0x1ffff]);
    return String.fromCodePoint(random.between(0, limit));
  };
  return Array.from({ length: random.between(0, most) }, one).join('');
}

/** A text that people write, or one of the language, changed in a few places. */
function mutated(random: Random): string {
  let text = random.chance(0.7) ? random.pick([...STATEMENTS, ...STRAY]) : spell(random, grammaticalWords(random));
  for (let edits = random.pick([1, 1, 1, 2, 4]); edits > 0; edits--) text = edited(random, text);
  return text;
}

function edited(random: Random, text: string): string {
  const at = random.between(0, text.length);
  const to = Math.min(text.length, at + random.between(0, 12));
  const [before, cut, after] = [text.slice(0, at), text.slice(at, to), text.slice(to)];
  switch (random.between(0, 5)) {
    case 0:
      return `${before}${after}`;
    case 1:
      return `${before}${cut}${cut}${after}`;
    case 2:
      return `${before} ${pieces(random, 3).join(' ')} ${after}`;
    case 3:
      return `${before}${characters(random, 3)}${after}`;
    case 4: {
      // A stretch of another text, from anywhere.
      const other = random.pick(STATEMENTS);
      const from = random.between(0, other.length);
      return `${before}${other.slice(from, from + random.between(0, 40))}${cut}${after}`;
    }
    default: {
      const words = text.split(' ');
      const [one, two] = [random.between(0, words.length - 1), random.between(0, words.length - 1)];
      return words.map((word, place) => words[place === one ? two : place === two ? one : place] ?? word).join(' ');
    }
  }
}
