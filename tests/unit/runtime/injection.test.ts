import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BackendName } from '../../../src/protocol/backend.ts';
import type { Answer, Json } from '../../../src/runtime/api.ts';
import { type NodeSession, openInNode } from '../../support/node-session.ts';

/** Texts that end a literal, a name or a statement where they are not told apart from it. */
const HOSTILE: readonly string[] = [
  "'",
  "''",
  '"',
  '`',
  '\\',
  "\\'",
  "'; DROP TABLE facts; --",
  '"; DROP TABLE facts; --',
  "x' OR '1'='1",
  "') UNION SELECT 1 --",
  '-- comment',
  '/* comment */',
  'a;b',
  'a|b',
  '|',
  'a,b',
  '%',
  '_',
  '$1',
  '?',
  ':name',
  '$\x7b1}',
  '{{x}}',
  '</script>',
  '__proto__',
  'constructor',
  '\u202eright to left\u202c',
  '\u200b',
  '\u00a0',
  'é',
  'e\u0301',
  '😀',
  '\ud83d\ude00\u200d\ud83d\udc69',
  '\u0001\u001f',
  '\u0000',
  'a\u0000b',
  'two\nlines',
  'NULL',
  'TRUE',
  '1e9',
  '-0',
  ' ',
  'long '.repeat(800),
];

/** Names of things, each hostile in another way. */
const NAME = {
  source: `fac"ts'; DROP TABLE x; --`,
  lookup: 'look/*up*/\\',
  schema: `sche"ma'; --`,
  keys: `ke"y's; --`,
  group: `😀 gro"up \u202e/* */`,
  family: `sum"of'; DROP TABLE x; --`,
  other: '__proto__',
  column: `val"ue'; --`,
  long: `${'long'.repeat(40)}"; --`,
} as const;

const CELLS = HOSTILE.map((text, at) => ({ text, amount: at + 1, group: at % 3 === 0 ? `g"'${at % 6}` : null }));

const INSTALLATION = [
  'name: hostile',
  'sources:',
  `  ${JSON.stringify(NAME.source)}: {path: facts.json}`,
  `  ${JSON.stringify(NAME.lookup)}: {path: lookup.json}`,
  'backend: {type: duckdb}',
  'metric_engine: {enabled: true}',
  'acs: [{path: hostile/}]',
  '',
].join('\n');

const COLLECTION = `coframe: 1
name: hostile
schemas:
  - name: ${JSON.stringify(NAME.schema)}
    source: ${JSON.stringify(NAME.source)}
    grain: [${JSON.stringify(NAME.keys)}]
    columns:
      ${JSON.stringify(NAME.keys)}: {dimension: ${JSON.stringify(NAME.keys)}}
      ${JSON.stringify(NAME.column)}: {type: int64}
      ${JSON.stringify(NAME.long)}: {type: int64}
  - name: ${JSON.stringify(NAME.lookup)}
    source: ${JSON.stringify(NAME.lookup)}
    grain: [${JSON.stringify(NAME.keys)}]
    columns:
      ${JSON.stringify(NAME.keys)}: {dimension: ${JSON.stringify(NAME.keys)}}
      ${JSON.stringify(NAME.group)}: {dimension: ${JSON.stringify(NAME.group)}}
dimension_families:
  - name: ${JSON.stringify(NAME.other)}
    edges: [{child: ${JSON.stringify(NAME.keys)}, parent: ${JSON.stringify(NAME.group)}, via: ${JSON.stringify(NAME.lookup)}}]
metric_families:
  - name: ${JSON.stringify(NAME.family)}
    family_root: {schema: ${JSON.stringify(NAME.schema)}, column: ${JSON.stringify(NAME.column)}}
    ip_reducers: [{operator: SUM, a_block: []}]
  - name: ${JSON.stringify(NAME.long)}
    family_root: {schema: ${JSON.stringify(NAME.schema)}, column: ${JSON.stringify(NAME.long)}}
    ip_reducers: [{operator: SUM, a_block: []}]
`;

const FILES = {
  'facts.json': JSON.stringify(
    CELLS.map(({ text, amount }) => ({ [NAME.keys]: text, [NAME.column]: amount, [NAME.long]: amount * 100 })),
  ),
  'lookup.json': JSON.stringify(CELLS.map(({ text, group }) => ({ [NAME.keys]: text, [NAME.group]: group }))),
};

const BACKENDS: readonly BackendName[] = ['duckdb', 'sqlite', 'arquero'];
const keys = quoted(NAME.keys);
const group = quoted(NAME.group);
const family = quoted(NAME.family);

interface Asked {
  readonly name: string;
  readonly query: string;
  readonly rows: readonly (readonly Json[])[];
}

const total = (cells: typeof CELLS) => (cells.length === 0 ? null : cells.reduce((sum, each) => sum + each.amount, 0));
const byCodePoint = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));

/** Questions with a hostile text where a value stands, with their answers by a plain reading of the cells. */
function questionsOf(text: string): readonly Asked[] {
  const value = literal(text);
  const matching = (test: (cell: string) => boolean) => [[total(CELLS.filter((cell) => test(cell.text)))]];
  const sum = `SELECT ${family} AS a`;
  return [
    { name: '=', query: `${sum} AT () WHERE ${keys} = ${value}`, rows: matching((cell) => cell === text) },
    { name: '<>', query: `${sum} AT () WHERE ${keys} <> ${value}`, rows: matching((cell) => cell !== text) },
    {
      name: 'IN',
      query: `${sum} AT () WHERE ${keys} IN (${value}, ${literal('nothing')}, ${literal("'")})`,
      rows: matching((cell) => cell === text || cell === "'"),
    },
    {
      name: 'CONTAINS',
      query: `${sum} AT () WHERE CONTAINS(${keys}, ${value})`,
      rows: matching((cell) => cell.includes(text)),
    },
    {
      name: 'REPLACE',
      query: `${sum} AT () WHERE REPLACE(${keys}, ${value}, ${literal('gone')}) = ${literal('gone')}`,
      rows: matching((cell) => cell.replaceAll(text, 'gone') === 'gone'),
    },
    {
      name: 'CASE',
      query: `SELECT SUM(CASE WHEN ${keys} = ${value} THEN ${family} ELSE 0 * ${family} END) AS a AT ()`,
      rows: [[total(CELLS.filter((cell) => cell.text === text)) ?? 0]],
    },
    {
      name: 'HAVING',
      query: `SELECT ${keys} AS k, ${family} AS a AT ${keys} HAVING k = ${value}`,
      rows: CELLS.filter((cell) => cell.text === text).map((cell) => [cell.text, cell.amount]),
    },
  ];
}

const OF_ALL: readonly Asked[] = [
  {
    name: 'every key comes back as it is',
    query: `SELECT ${keys}, ${family} AS a AT ${keys}`,
    rows: CELLS.toSorted((a, b) => byCodePoint(a.text, b.text)).map((cell) => [cell.text, cell.amount]),
  },
  {
    name: 'a climb over hostile keys',
    query: `SELECT ${family} AS a AT ${group}`,
    rows: [...new Set(CELLS.map((cell) => cell.group))]
      .sort((a, b) => Number(a === null) - Number(b === null) || byCodePoint(a ?? '', b ?? ''))
      .map((each) => [each, total(CELLS.filter((cell) => cell.group === each))]),
  },
  {
    name: 'a map whose entries are hostile on both sides',
    query: `SELECT COUNT_DISTINCT(CONCAT(${keys}, ${literal(`"'|;--`)})) AS n FROM ${quoted(NAME.schema)} AT ()`,
    rows: [[CELLS.length]],
  },
  {
    name: 'a map that is read again',
    query: `SELECT MAX(CONCAT(${literal(`'"\\`)}, ${keys})) AS last FROM ${quoted(NAME.schema)} AT ()`,
    rows: [
      [
        `'"\\${CELLS.map((cell) => cell.text)
          .toSorted(byCodePoint)
          .at(-1)}`,
      ],
    ],
  },
  {
    name: 'a long name',
    query: `SELECT ${quoted(NAME.long)} FROM ${quoted(NAME.schema)} AT ()`,
    rows: [[(total(CELLS) ?? 0) * 100]],
  },
];

describe.each(BACKENDS)('hostile names and values on %s', (backend) => {
  let session: NodeSession;

  beforeAll(async () => {
    session = await openInNode({
      installation: INSTALLATION,
      collections: { 'hostile/': COLLECTION },
      files: FILES,
    });
  }, 60_000);

  afterAll(() => session.close());

  const ask = async (query: string): Promise<Answer> => {
    const answer = await session.query(query, { backend, engine: false });
    if ('code' in answer) throw new Error(`${answer.code}: ${answer.message}`);
    return answer;
  };

  test.each(OF_ALL)('$name', async ({ query, rows }) => {
    const answer = await ask(query);
    expect(answer.rows).toEqual(rows);
    for (const statement of statementsOf(answer)) expect(outside(statement, backend)).toEqual([]);
  });

  test.each(HOSTILE.map((text) => ({ shown: text.slice(0, 30), text })))('as a value: $shown', async ({ text }) => {
    for (const { name, query, rows } of questionsOf(text)) {
      const answer = await ask(query);
      expect(answer.rows, name).toEqual(rows);
      for (const statement of statementsOf(answer)) expect(outside(statement, backend), name).toEqual([]);
    }
  });
});

test('remedies over hostile names run', async () => {
  const session = await openInNode({
    installation: INSTALLATION,
    collections: { 'hostile/': COLLECTION },
    files: FILES,
  });
  try {
    const refused = {
      ALIAS_REQUIRED: `SELECT ${family} / (${family} @ ()) AT ${group}`,
      NOT_DETERMINED: `SELECT ${keys}, ${family} AT ${group}`,
      UNKNOWN_NAME: `SELECT ${family} AT ${quoted(`${NAME.group}x`)}`,
      NOT_AN_OUTPUT_COLUMN: `SELECT ${family} AS a AT ${group} HAVING ${keys} = ${literal(`'; --`)}`,
      NAME_COLLISION: `SELECT ${family}, ${quoted(NAME.long)} AS ${family} AT ()`,
    };
    for (const [code, query] of Object.entries(refused)) {
      const refusal = await session.query(query);
      if (!('code' in refusal)) throw new Error(`answered: ${query}`);
      expect(refusal.code).toBe(code);
      expect(refusal.remedies.length).toBeGreaterThan(0);
      for (const remedy of refusal.remedies) expect(await session.query(remedy.query)).toHaveProperty('rows');
    }
  } finally {
    await session.close();
  }
});

function statementsOf({ provenance }: Answer): readonly string[] {
  return provenance.series.flatMap(({ atoms }) => atoms.flatMap(({ statement }) => statement ?? []));
}

/** What of a statement stands outside quoted names and literals, and is neither a word of the language nor its marks. */
function outside(statement: string, backend: BackendName): readonly string[] {
  const quotes = backend === 'arquero' ? /"(?:[^"\\]|\\.)*"/gu : /'(?:[^']|'')*'|"(?:[^"]|"")*"/gu;
  const bare = statement.replaceAll(quotes, ' ');
  const marks = backend === 'arquero' ? /^[\w\s(){}[\],.:=<>!&|?+*/$-]*$/u : /^[\w\s(),.=<>+*/|-]*$/u;
  const foreign = ['DROP', 'UNION', 'script', ...(backend === 'arquero' ? ['//'] : ['--', ';']), '/*'];
  return [...foreign.filter((each) => bare.includes(each)), ...(marks.test(bare) ? [] : [bare])];
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
