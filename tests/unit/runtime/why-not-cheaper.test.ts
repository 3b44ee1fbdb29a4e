import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AtomProvenance } from '../../../src/runtime/api.ts';
import { csv } from '../../cases/case.ts';
import { type NodeSession, openInNode } from '../../support/node-session.ts';

const COLLECTION = `coframe: 1
name: flights
blocked_reduction: disclose
schemas:
  - name: flights
    source: flights
    grain: [flight]
    columns: {flight: {dimension: flight}, airport: {dimension: airport}, day: {dimension: day, type: date}, seats: {type: int64}}
  - name: stocks
    source: stocks
    grain: [airport, day]
    columns: {airport: {dimension: airport}, day: {dimension: day, type: date}, fuel: {type: int64}}
  - name: airports
    source: airports
    grain: [airport]
    columns: {airport: {dimension: airport}, state: {dimension: state}, country: {dimension: country}}
  - name: states
    source: states
    grain: [state, city]
    columns: {state: {dimension: state}, city: {dimension: city}, country: {dimension: country}}
  - name: alliances
    source: alliances
    grain: [airport, alliance]
    columns: {airport: {dimension: airport}, alliance: {dimension: alliance}}
dimension_families:
  - {name: calendar, calendar: {from: day, levels: [month, year]}}
  - name: geography
    edges:
      - {child: airport, parent: state, via: airports}
      - {child: airport, parent: country, via: airports}
      - {child: state, parent: country, via: states}
    bridges: [{child: airport, parent: alliance, via: alliances}]
metric_families:
  - {name: seats, family_root: {schema: flights, column: seats}, ip_reducers: [{operator: SUM, a_block: []}]}
  - {name: fuel, family_root: {schema: stocks, column: fuel}, ip_reducers: [{operator: SUM, a_block: [calendar]}]}
`;

const FILES = {
  'flights.csv': csv(
    'flight,airport,day,seats',
    'f1,JFK,2024-01-01,10',
    'f2,LGA,2024-01-01,20',
    'f3,YYZ,2024-02-01,30',
    'f4,JFK,2024-02-02,40',
  ),
  'stocks.csv': csv('airport,day,fuel', 'JFK,2024-01-01,5', 'JFK,2024-01-02,7', 'YYZ,2024-01-01,9'),
  'airports.csv': csv('airport,state,country', 'JFK,NY,US', 'LGA,NY,US', 'YYZ,ON,CA'),
  // ON is said to lie in two countries.
  'states.csv': csv('state,city,country', 'NY,New York,US', 'ON,Toronto,CA', 'ON,Ontario,US'),
  'alliances.csv': csv('airport,alliance', 'JFK,One', 'JFK,Sky', 'YYZ,Sky'),
};

const INSTALLATION = [
  'name: flights',
  'sources:',
  ...Object.keys(FILES).map((path) => `  ${path.replace('.csv', '')}: {path: ${path}}`),
  'backend: {type: duckdb}',
  'metric_engine: {enabled: true}',
  'acs: [{path: ac/}]',
  '',
].join('\n');

const NOT_EXACT = 'no entry at exactly this anchor and filter';

describe('why a state was not had more cheaply', () => {
  let session: NodeSession;
  beforeAll(async () => {
    session = await openInNode({ installation: INSTALLATION, collections: { 'ac/': COLLECTION }, files: FILES });
  });
  afterAll(() => session?.close());

  const cameBy = async (text: string): Promise<Pick<AtomProvenance, 'path' | 'notCheaper'>> => {
    const answer = await session.query(text);
    if (!('provenance' in answer)) throw new Error(`${text}: ${JSON.stringify(answer)}`);
    const [atom, ...others] = answer.provenance.series.flatMap(({ atoms }) => atoms);
    if (atom === undefined || others.length > 0) throw new Error(`${text}: not one atom`);
    return { path: atom.path, notCheaper: atom.notCheaper };
  };

  it('nothing is kept of it', async () => {
    expect(await cameBy('SELECT seats AT state')).toEqual({
      path: 'backend',
      notCheaper: [NOT_EXACT, 'no entry holds this state'],
    });
  });

  it('no entry has a dimension that is asked for', async () => {
    expect(await cameBy('SELECT seats AT month')).toEqual({
      path: 'backend',
      notCheaper: [NOT_EXACT, 'no entry has month'],
    });
    expect(await cameBy("SELECT seats AT airport WHERE day >= DATE '2024-02-01'")).toEqual({
      path: 'backend',
      notCheaper: [NOT_EXACT, 'no entry has airport, day'],
    });
  });

  it('an edge that leads there is contradicted by the data', async () => {
    await session.query('SELECT seats AT state');
    expect(await cameBy('SELECT seats AT country')).toEqual({
      path: 'backend',
      notCheaper: [
        NOT_EXACT,
        'state → country is contradicted by the data',
        'seats@(month): it does not determine country',
        'seats@(airport): its filter leaves out rows that are asked for',
      ],
    });
  });

  it('it is blocked along an axis: what crosses that is never made of entries', async () => {
    await session.query('SELECT fuel AT (airport, day)');
    const crossed = { path: 'backend', notCheaper: ['fuel is blocked along calendar'] };
    expect(await cameBy('SELECT SUM(fuel) AS fuel AT airport')).toEqual(crossed);
    expect(await cameBy('SELECT SUM(fuel) AS fuel AT airport')).toEqual(crossed);
  });

  it('members are counted for each question', async () => {
    expect(await cameBy('SELECT seats AT (alliance VIA alliances)')).toEqual({
      path: 'backend',
      notCheaper: ['members of alliance are counted for each question'],
    });
  });

  it('a roll-up tells what stood in the way of cheaper entries only', async () => {
    await session.query('SELECT MAX(seats) AS most AT (airport, day)');
    await session.query('SELECT MAX(seats) AS most AT month');
    expect(await cameBy('SELECT MAX(seats) AS most AT day')).toEqual({
      path: 'rollup',
      notCheaper: [NOT_EXACT, 'no cheaper entry has day'],
    });
    // Nothing cheaper is left to tell of.
    await session.service.evict(null);
    await session.query('SELECT MAX(seats) AS most AT airport');
    expect(await cameBy('SELECT MAX(seats) AS most AT ()')).toEqual({ path: 'rollup', notCheaper: [NOT_EXACT] });
  });
});
