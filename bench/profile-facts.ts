import type { ProfileValue, TableProfile } from '../src/runtime/api.ts';

/** What a profile and a database can both say of a table; equal texts where they agree. */
export interface ProfileFacts {
  readonly rows: number;
  /** name, NULLs, distinct values, least and largest value. */
  readonly columns: readonly (readonly (string | number)[])[];
  /** `a, b` sorted. */
  readonly keys: readonly string[];
  /** `a, b → c` sorted, with left sides, rows that test it and violations. */
  readonly candidates: readonly string[];
}

/** Runs a statement; its rows, every value as text. */
export type Ask = (sql: string) => Promise<readonly (readonly string[])[]>;

const sided = (left: readonly string[]) => [...left].sort().join(', ');

const candidate = (left: readonly string[], right: string, counts: readonly (string | number)[]) =>
  `${sided(left)} → ${right}: ${counts.join(' ')}`;

export function factsOfProfile({ rows, columns, dependencies }: TableProfile): ProfileFacts {
  const plain = (value: ProfileValue | null) =>
    String(value)
      .replace(/(\.\d*?)0+$/, '$1')
      .replace(/\.$/, '');
  return {
    rows,
    columns: columns.map(({ name, nulls, distinct, min, max }) => [
      name,
      nulls,
      distinct.count,
      plain(min),
      plain(max),
    ]),
    keys: dependencies.keys.map(sided).sort(),
    candidates: dependencies.candidates
      .map(({ left, right, groups, testedRows, violations }) =>
        candidate(left, right, [groups, testedRows, violations]),
      )
      .sort(),
  };
}

/** The statement that gives NULLs, distinct values and extremes of every column at once. */
export function columnsStatement(table: string, columns: readonly string[]): string {
  const facts = columns.flatMap((name) => [
    `CAST(count(*) - count(${name}) AS VARCHAR)`,
    `CAST(count(DISTINCT ${name}) AS VARCHAR)`,
    `CAST(min(${name}) AS VARCHAR)`,
    `CAST(max(${name}) AS VARCHAR)`,
  ]);
  return `SELECT CAST(count(*) AS VARCHAR), ${facts.map((fact, i) => `${fact} AS f${i}`).join(', ')} FROM ${table}`;
}

/**
 * The same facts from a database by their definitions, every left side of one or two columns being tried. The table has
 * no NULL and no constant.
 */
export async function factsOfDatabase(
  table: string,
  columns: readonly string[],
  nearLimit: number,
  ask: Ask,
): Promise<ProfileFacts> {
  const [first = []] = await ask(columnsStatement(table, columns));
  const plain = (text: string) => (/^-?\d+\.\d+$/.test(text) ? text.replace(/0+$/, '').replace(/\.$/, '') : text);
  const rows = Number(first[0]);
  const pairs = columns.flatMap((a, at) => columns.slice(at + 1).map((b) => [a, b]));
  const distinct = new Map<string, number>();
  const groupsOf = async (names: readonly string[]) => {
    const key = sided(names);
    const known = distinct.get(key);
    if (known !== undefined) return known;
    const [[count = ''] = []] = await ask(
      `SELECT CAST(count(*) AS VARCHAR) FROM (SELECT DISTINCT ${key} FROM ${table})`,
    );
    distinct.set(key, Number(count));
    return Number(count);
  };
  const keys: string[] = [];
  const told: {
    readonly left: readonly string[];
    readonly right: string;
    readonly holds: boolean;
    readonly text: string;
  }[] = [];
  for (const left of [...columns.map((name) => [name]), ...pairs]) {
    const has = (smaller: string) => smaller.split(', ').every((name) => left.includes(name));
    if (keys.some(has)) continue;
    if ((await groupsOf(left)) === rows) {
      keys.push(sided(left));
      continue;
    }
    for (const right of columns) {
      if (left.includes(right) || keys.includes(right)) continue;
      const smaller = told.filter((each) => each.right === right && each.left.every((name) => left.includes(name)));
      if (smaller.some(({ holds }) => holds)) continue;
      const groups = await groupsOf(left);
      const both = await groupsOf([...left, right]);
      // Every further right side of a left side is at least one violation: most candidates need no closer look.
      if (both - groups > nearLimit * rows) continue;
      const [[tested = '', violations = ''] = []] = await ask(
        `SELECT CAST(sum(CASE WHEN n > 1 THEN n ELSE 0 END) AS VARCHAR), CAST(sum(n - most) AS VARCHAR) FROM ` +
          `(SELECT sum(n) AS n, max(n) AS most FROM (SELECT ${sided(left)}, count(*) AS n FROM ${table} ` +
          `GROUP BY ${[...left, right].join(', ')}) GROUP BY ${sided(left)})`,
      );
      const holds = Number(violations) === 0;
      if (Number(violations) > nearLimit * Number(tested) || (!holds && smaller.length > 0)) continue;
      told.push({ left, right, holds, text: candidate(left, right, [groups, tested, violations]) });
    }
  }
  return {
    rows,
    columns: columns.map((name, i) => {
      const [nulls = '', count = '', min = '', max = ''] = first.slice(4 * i + 1, 4 * i + 5);
      return [name, Number(nulls), Number(count), plain(min), plain(max)];
    }),
    keys: keys.sort(),
    candidates: told.map(({ text }) => text).sort(),
  };
}
