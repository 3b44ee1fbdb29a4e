import { describe, expect, it } from 'vitest';
import { isKeyword, isPlainName, KEYWORDS, tokenize, upperCase } from '../../../src/frameql/tokens.ts';

const cut = (text: string) => tokenize(text).map((token) => `${token.problem ?? token.kind} ${token.text}`);

describe('tokenize', () => {
  it.each<[string, readonly string[]]>([
    ['', []],
    [' \t\r\n\u00a0', []],
    ['SELECT region', ['keyword SELECT', 'name region']],
    ['select Region _x1 größe', ['keyword select', 'name Region', 'name _x1', 'name größe']],
    // Case folding beyond ASCII makes no keywords: ſ is an S only to Unicode.
    ['ſelect ordeR', ['name ſelect', 'keyword ordeR']],
    ['"a b" "say ""hi""" ""', ['quoted "a b"', 'quoted "say ""hi"""', 'quoted ""']],
    ["'it''s' '' 'a\nb'", ["string 'it''s'", "string ''", "string 'a\nb'"]],
    [
      '1 007 0.30 .5 1e3 2.5E-7 1e+3',
      ['1', '007', '0.30', '.5', '1e3', '2.5E-7', '1e+3'].map((each) => `number ${each}`),
    ],
    ['1. 2', ['number 1', 'punctuation .', 'number 2']],
    ['revenue.SUM', ['name revenue', 'punctuation .', 'name SUM']],
    [
      'a<=b>=c<>d!=e=>f==g',
      [
        'name a',
        'operator <=',
        'name b',
        'operator >=',
        'name c',
        'operator <>',
        'name d',
        'operator !=',
        'name e',
        'operator =>',
        'name f',
        'operator ==',
        'name g',
      ],
    ],
    [
      '(a){b},;',
      [
        'punctuation (',
        'name a',
        'punctuation )',
        'punctuation {',
        'name b',
        'punctuation }',
        'punctuation ,',
        'punctuation ;',
      ],
    ],
    ['a - -b -- c\nd', ['name a', 'operator -', 'operator -', 'name b', 'comment -- c', 'name d']],
    ['a--b', ['name a', 'comment --b']],
    // DATE is a word like any other, except before a string.
    ["date DATE '2024-01-31'", ['name date', 'keyword DATE', "string '2024-01-31'"]],
    ["date -- of\n'2024'", ['keyword date', 'comment -- of', "string '2024'"]],
    ['date, "date" \'x\'', ['name date', 'punctuation ,', 'quoted "date"', "string 'x'"]],
    ["'abc\nSELECT", ["open string 'abc", 'keyword SELECT']],
    ['"abc\nSELECT', ['open name "abc', 'keyword SELECT']],
    ["'a''b", ["open string 'a''b"]],
    [
      '12abc 1.2.3 1e 1e999',
      ['malformed number 12abc', 'malformed number 1.2.3', 'malformed number 1e', 'number 1e999'],
    ],
    ['2024-01-31', ['unquoted date 2024-01-31']],
    ['2024-01 - 31', ['number 2024', 'operator -', 'number 01', 'operator -', 'number 31']],
    ['a/*b*/c/*d', ['name a', 'block comment /*b*/', 'name c', 'block comment /*d']],
    ['a # € 😀 \ud800', ['name a', 'character #', 'character €', 'character 😀', 'character \ud800']],
  ])('%j', (text, expected) => {
    expect(cut(text)).toEqual(expected);
  });

  it('says where each token stands', () => {
    expect(tokenize(' AT  (x)').map((token) => token.span)).toEqual([
      { from: 1, to: 3 },
      { from: 5, to: 6 },
      { from: 6, to: 7 },
      { from: 7, to: 8 },
    ]);
  });
});

describe('words', () => {
  it('knows keywords in any case', () => {
    expect(KEYWORDS.every((word) => isKeyword(word) && isKeyword(word.toLowerCase()))).toBe(true);
    expect(['date', 'group', 'ſelect', 'sum', ''].some(isKeyword)).toBe(false);
  });

  it.each<[string, boolean]>([
    ['region', true],
    ['größe', true],
    ['_1', true],
    ['date', true],
    ['Select', false],
    ['1st', false],
    ['a b', false],
    ['a"', false],
    ['a\n', false],
    ['', false],
  ])('%j is a plain name: %j', (name, plain) => {
    expect(isPlainName(name)).toBe(plain);
  });

  it('raises ASCII letters only', () => {
    expect(upperCase('sum_ß_ſ_é')).toBe('SUM_ß_ſ_é');
  });
});
