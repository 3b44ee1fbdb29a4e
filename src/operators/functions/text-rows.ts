import { BOOL, INT64, TEXT } from '../../columns/logical-type.ts';
import { arithmetic, call, integer } from './build.ts';
import { argument, functionsOf, INTEGER, type ScalarFunction, TEXTS } from './scalar-function.ts';

/** Functions of texts. Positions and lengths count code points. */
export const TEXT_ROWS: readonly ScalarFunction[] = functionsOf('text', [
  {
    name: 'UPPER',
    signature: 'UPPER(text)',
    doc: 'In upper case, as Unicode maps letters whatever the language.',
    example: "UPPER('Straße') = 'STRASSE'",
    parameters: [TEXTS],
    build: (args) => call('UPPER', args, TEXT),
  },
  {
    name: 'LOWER',
    signature: 'LOWER(text)',
    doc: 'In lower case, as Unicode maps letters whatever the language.',
    example: "LOWER('EAST') = 'east'",
    parameters: [TEXTS],
    build: (args) => call('LOWER', args, TEXT),
  },
  {
    name: 'TRIM',
    signature: 'TRIM(text)',
    doc: 'Without white space at both ends.',
    example: "TRIM(' East ') = 'East'",
    parameters: [TEXTS],
    build: (args) => call('TRIM', args, TEXT),
  },
  {
    name: 'LENGTH',
    signature: 'LENGTH(text)',
    doc: 'Number of code points.',
    example: "LENGTH('East') = 4",
    parameters: [TEXTS],
    build: (args) => call('LENGTH', args, INT64),
  },
  {
    name: 'SUBSTR',
    signature: 'SUBSTR(text, start[, length])',
    doc: 'The code points at positions start to start + length − 1, of those that exist; positions begin at 1.',
    example: "SUBSTR('2024-W05', 6, 3) = 'W05'",
    parameters: [TEXTS, INTEGER, INTEGER],
    required: 2,
    build: (args) => call('SUBSTR', args, TEXT),
  },
  {
    name: 'LEFT',
    signature: 'LEFT(text, n)',
    doc: 'The first n code points.',
    example: "LEFT('East', 2) = 'Ea'",
    parameters: [TEXTS, INTEGER],
    build: (args) => call('SUBSTR', [argument(args, 0), integer(1), argument(args, 1)], TEXT),
  },
  {
    name: 'RIGHT',
    signature: 'RIGHT(text, n)',
    doc: 'The last n code points.',
    example: "RIGHT('East', 2) = 'st'",
    parameters: [TEXTS, INTEGER],
    build: (args) => {
      const [text, n] = [argument(args, 0), argument(args, 1)];
      const before = arithmetic('-', call('LENGTH', [text], INT64), n);
      return call('SUBSTR', [text, arithmetic('+', before, integer(1)), n], TEXT);
    },
  },
  {
    name: 'REPLACE',
    signature: 'REPLACE(text, from, to)',
    doc: 'With every `from` replaced by `to`; unchanged where `from` is empty.',
    example: "REPLACE('2024-01', '-', '/') = '2024/01'",
    parameters: [TEXTS, TEXTS, TEXTS],
    build: (args) => call('REPLACE', args, TEXT),
  },
  {
    name: 'CONCAT',
    signature: 'CONCAT(a, b, …)',
    doc: 'The texts one after the other; NULL where one is.',
    example: "CONCAT('East', '-', '1') = 'East-1'",
    parameters: [TEXTS],
    repeats: true,
    build: (args) => call('CONCAT', args, TEXT),
  },
  {
    name: 'CONTAINS',
    signature: 'CONTAINS(text, part)',
    doc: 'Whether the part stands in the text; upper and lower case differ.',
    example: "CONTAINS('East', 'as') = TRUE",
    parameters: [TEXTS, TEXTS],
    build: (args) => call('CONTAINS', args, BOOL),
  },
  {
    name: 'STARTS_WITH',
    signature: 'STARTS_WITH(text, part)',
    doc: 'Whether the text begins with the part.',
    example: "STARTS_WITH('East', 'Ea') = TRUE",
    parameters: [TEXTS, TEXTS],
    build: (args) => call('STARTS_WITH', args, BOOL),
  },
  {
    name: 'ENDS_WITH',
    signature: 'ENDS_WITH(text, part)',
    doc: 'Whether the text ends with the part.',
    example: "ENDS_WITH('East', 'ea') = FALSE",
    parameters: [TEXTS, TEXTS],
    build: (args) => call('ENDS_WITH', args, BOOL),
  },
]);
