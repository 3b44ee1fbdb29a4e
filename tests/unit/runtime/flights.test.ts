import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FLIGHTS } from '../../../scripts/fixtures/flights.mjs';
import { makeFixture } from '../../../scripts/fixtures.mjs';
import {
  type Airport,
  type Flight,
  type Flights,
  grouped,
  medianOf,
  readSample,
  sumOf,
  weekOf,
} from '../../reference/flights.ts';
import { BACKENDS } from '../../support/backends.ts';
import { flightsInstallation } from '../../support/flights.ts';
import { type NodeSession, openInNode } from '../../support/node-session.ts';

type Cell = string | number;

interface Question {
  readonly query: string;
  /** The answer by plain loops. */
  readonly rows: (data: Flights) => readonly (readonly Cell[])[];
  /** The path of the first series right after warm-up. */
  readonly path: 'exact' | 'rollup' | 'backend';
}

const monthOf = ({ day }: Flight) => day.slice(0, 7);
const delayOf = ({ delay }: Flight) => delay;
const distanceOf = ({ distance }: Flight) => distance;
const delaysOf = (flights: readonly Flight[]) => flights.map(delayOf);
const mean = (flights: readonly Flight[]) => sumOf(flights, delayOf) / flights.length;

function airportOf({ airports }: Flights, code: string): Airport {
  const airport = airports.get(code);
  if (airport === undefined) throw new Error(`there is no airport ${code}`);
  return airport;
}

const QUESTIONS: readonly Question[] = [
  {
    query: 'SELECT flights, distance AT ()',
    rows: ({ flights }) => [[flights.length, sumOf(flights, distanceOf)]],
    path: 'rollup',
  },
  {
    query: 'SELECT origin_state, flights AT origin_state',
    rows: (data) =>
      grouped(data.flights, ({ origin }) => [airportOf(data, origin).state]).map((each) => [
        ...each.at,
        each.flights.length,
      ]),
    path: 'exact',
  },
  {
    query: 'SELECT origin_state, month, flights, delay, delay_per_flight AT (origin_state, month)',
    rows: (data) =>
      grouped(data.flights, (flight) => [airportOf(data, flight.origin).state, monthOf(flight)]).map((each) => [
        ...each.at,
        each.flights.length,
        sumOf(each.flights, delayOf),
        mean(each.flights),
      ]),
    path: 'rollup',
  },
  {
    query:
      'SELECT month, AVG(delay) AS mean, MIN(delay) AS least, MAX(delay) AS most, MEDIAN(delay) AS middle AT month',
    rows: ({ flights }) =>
      grouped(flights, (flight) => [monthOf(flight)]).map((each) => [
        ...each.at,
        mean(each.flights),
        Math.min(...delaysOf(each.flights)),
        Math.max(...delaysOf(each.flights)),
        medianOf(delaysOf(each.flights)),
      ]),
    path: 'rollup',
  },
  {
    query: 'SELECT week, flights AT week',
    rows: ({ flights }) =>
      grouped(flights, ({ day }) => [weekOf(day)]).map((each) => [...each.at, each.flights.length]),
    path: 'rollup',
  },
  {
    query: 'SELECT origin, destination, distance, MEDIAN(delay) AS middle AT (origin, destination)',
    rows: ({ flights }) =>
      grouped(flights, ({ origin, destination }) => [origin, destination]).map((each) => [
        ...each.at,
        sumOf(each.flights, distanceOf),
        medianOf(delaysOf(each.flights)),
      ]),
    path: 'backend',
  },
  {
    query: 'SELECT origin, origin_name, origin_city, origin_state, destinations AT origin',
    rows: (data) =>
      grouped(data.flights, ({ origin }) => [origin]).map((each) => {
        const [origin = ''] = each.at;
        const { name, city, state } = airportOf(data, origin);
        return [origin, name, city, state, new Set(each.flights.map(({ destination }) => destination)).size];
      }),
    path: 'backend',
  },
  {
    query: 'SELECT destination_state, destinations, delay AT destination_state',
    rows: (data) =>
      grouped(data.flights, ({ destination }) => [airportOf(data, destination).state]).map((each) => [
        ...each.at,
        new Set(each.flights.map(({ destination }) => destination)).size,
        sumOf(each.flights, delayOf),
      ]),
    path: 'backend',
  },
  {
    query: 'SELECT origin_country, year, flights, delay AT (origin_country, year)',
    rows: (data) =>
      grouped(data.flights, ({ origin, day }) => [airportOf(data, origin).country, day.slice(0, 4)]).map((each) => [
        ...each.at,
        each.flights.length,
        sumOf(each.flights, delayOf),
      ]),
    path: 'rollup',
  },
  {
    query:
      "SELECT quarter, COUNT(*) AS n, distance AT quarter WHERE origin_state = 'CA' AND destination_state <> 'CA' AND day < '2001-06-01'",
    rows: (data) =>
      grouped(
        data.flights.filter(
          ({ origin, destination, day }) =>
            airportOf(data, origin).state === 'CA' && airportOf(data, destination).state !== 'CA' && day < '2001-06-01',
        ),
        ({ day }) => [day < '2001-04-01' ? '2001-Q1' : '2001-Q2'],
      ).map((each) => [...each.at, each.flights.length, sumOf(each.flights, distanceOf)]),
    path: 'backend',
  },
  {
    query:
      'SELECT origin_state, origin, flights AT (origin_state, origin) HAVING flights > 20 ORDER BY origin_state, flights DESC LIMIT 2 PER origin_state',
    rows: (data) => {
      const all = grouped(data.flights, ({ origin }) => [airportOf(data, origin).state, origin])
        .map(({ at: [state = '', origin = ''], flights }) => [state, origin, flights.length] as const)
        .filter(([, , flights]) => flights > 20);
      return [...new Set(all.map(([state]) => state))].flatMap((state) =>
        all
          .filter((row) => row[0] === state)
          .sort((a, b) => b[2] - a[2] || (a[1] < b[1] ? -1 : 1))
          .slice(0, 2),
      );
    },
    path: 'rollup',
  },
  {
    // A text, not a NULL: the airports outside the states.
    query: "SELECT origin, flights AT origin WHERE origin_state = 'NA'",
    rows: (data) =>
      grouped(
        data.flights.filter(({ origin }) => airportOf(data, origin).state === 'NA'),
        ({ origin }) => [origin],
      ).map((each) => [...each.at, each.flights.length]),
    path: 'rollup',
  },
];

let data: Flights;

beforeAll(async () => {
  await makeFixture(FLIGHTS, { log: () => {} });
  data = await readSample(FLIGHTS.folder);
}, 120_000);

describe.each(['await', 'off'] as const)('every hundredth flight, warm-up %s', (warmUp) => {
  let session: NodeSession;
  beforeAll(async () => {
    session = await openInNode({ ...(await flightsInstallation('sample')), warmUp });
  });
  afterAll(() => session.close());

  test.each(QUESTIONS)('$query', async ({ query, rows, path }) => {
    const expected = rows(data);
    expect(expected.length).toBeGreaterThan(0);
    for (const [engine, time] of [
      [true, 'first'],
      [true, 'again'],
      [false, 'off'],
    ] as const) {
      const answer = await session.query(query, { engine });
      if ('code' in answer) throw new Error(`${query} (${time}): ${answer.code} ${answer.message}`);
      expectEqual(answer.rows, expected, time);
      if (time === 'again') expect(answer.served_from).toBe('engine_cache');
      if (time === 'off') expect(answer.served_from).toBe('backend');
      if (time !== 'first' || warmUp === 'off') continue;
      expect(answer.provenance.series[0]?.atoms[0]?.path).toBe(path);
    }
  });
});

describe.each(BACKENDS)('what holds in the lookup, and what does not, found by $name', ({ name }) => {
  let session: NodeSession;
  beforeAll(async () => {
    session = await openInNode(await flightsInstallation('sample', name));
  });
  afterAll(() => session.close());

  test('a country is reached from the airport: the state does not lead there', async () => {
    const answer = await session.query('SELECT origin_country, flights AT origin_country');
    if ('code' in answer) throw new Error(answer.message);
    expect(answer.provenance.series[0]?.atoms[0]?.steps).toEqual(['origin→origin_country via airports']);
  });

  test('the questions that warm-up prepares are verified throughout', async () => {
    const answer = await session.query('SELECT origin_state, flights AT origin_state');
    if ('code' in answer) throw new Error(answer.message);
    expect([answer.level, answer.disclosures]).toEqual(['AAA', []]);
    const held = answer.provenance.conditions.find(({ key }) => key === 'I4 "origin→origin_state via airports"');
    expect(held).toMatchObject({ status: 'verified', counts: { distinct_x_count: 3_376, violation_count: 0 } });
  });

  test.each([
    ['SELECT destination_country, flights AT destination_country', 'flights', 'destination'],
    ["SELECT flights AT () WHERE destination_country = 'USA'", 'flights', 'destination'],
    ['SELECT destination_state, destination_country, flights AT destination_state', 'destination_state', 'destination'],
    ['SELECT origin_state, origin_country, flights AT origin_state', 'origin_state', 'origin'],
  ])('refused, for one state has several countries: %s', async (query, series, role) => {
    for (const engine of [true, false]) {
      const refusal = await session.query(query, { engine });
      if (!('code' in refusal)) throw new Error(`${query} was answered`);
      expect(refusal).toMatchObject({
        code: 'FD_CONTRADICTED',
        mood: 'refuse',
        parameters: {
          series,
          dimension: `${role}_country`,
          edge: `${role}_state→${role}_country via airports`,
          violations: 1,
        },
        witness: {
          columns: [`${role}_state`, `${role}_country 1`, `${role}_country 2`],
          rows: [['NA', 'Federated States of Micronesia', 'N Mariana Islands']],
        },
      });
      expect(refusal.remedies.length).toBeGreaterThan(0);
      for (const remedy of refusal.remedies) expect(await session.query(remedy.query)).toHaveProperty('rows');
    }
  });

  test('the lookup gives no names outside its roles', async () => {
    expect(await session.query('SELECT state, flights AT state')).toMatchObject({
      code: 'UNKNOWN_NAME',
      parameters: { suggestions: ['destination_state', 'origin_state'] },
    });
  });
});

test('all three million are read and counted', { timeout: 60_000 }, async () => {
  const session = await openInNode({ ...(await flightsInstallation('all')), warmUp: 'off' });
  try {
    const answer = await session.query('SELECT flights, delay AT ()');
    expect(answer).toMatchObject({ rows: [[3_000_000, 20_003_603]] });
  } finally {
    await session.close();
  }
});

/** Bit for bit, but what is no whole number, a double, within 1e-9 relative. */
function expectEqual(found: readonly (readonly unknown[])[], expected: readonly (readonly Cell[])[], time: string) {
  const close = expected.map((row, i) =>
    row.map((cell, column) => {
      const other = found[i]?.[column];
      if (typeof cell !== 'number' || typeof other !== 'number' || Number.isInteger(cell)) return cell;
      return Math.abs(cell - other) <= 1e-9 * Math.abs(cell) ? other : cell;
    }),
  );
  expect(found, time).toEqual(close);
}
