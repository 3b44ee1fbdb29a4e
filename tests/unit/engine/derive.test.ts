import { describe, expect, test } from 'vitest';
import { DAY, INT64, period, TEXT } from '../../../src/columns/logical-type.ts';
import { type DerivableEntry, derive } from '../../../src/engine/derive.ts';
import type { Expression } from '../../../src/operators/expression.ts';
import type { Atom } from '../../../src/planning/atom.ts';
import type { Input, Step } from '../../../src/resolution/access.ts';

const lookup = (child: string, parent: string, source = 'stores'): Step => ({
  kind: 'lookup',
  edge: `${child}→${parent} via ${source}`,
  schema: source,
  source,
  childColumn: child,
  parentColumn: parent,
  childType: TEXT,
  type: TEXT,
});
const calendar = (from: 'day' | 'month', to: 'week' | 'month' | 'year'): Step => ({
  kind: 'calendar',
  edge: `${from}→${to}`,
  from,
  to,
});

const text = (name: string, column: string, ...steps: readonly Step[]): Input => ({
  name,
  type: TEXT,
  access: { column, columnType: TEXT, steps },
});
const date = (name: 'day' | 'week' | 'month' | 'year', ...steps: readonly Step[]): Input => ({
  name,
  type: period(name),
  access: { column: 'day', columnType: DAY, steps },
});

const STORE = text('store', 'store_id');
const REGION = text('region', 'store_id', lookup('store', 'region'));
const OWN_REGION = text('region', 'region');
const DAYS = date('day');
const WEEK = date('week', calendar('day', 'week'));
const MONTH = date('month', calendar('day', 'month'));
const YEAR = date('year', calendar('day', 'month'), calendar('month', 'year'));
const STATE = text('state', 'airport', lookup('airport', 'state', 'airports'));
const COUNTRY_DIRECT = text('country', 'airport', lookup('airport', 'country', 'airports'));

function term(name: string, value: string): Atom['filter'][number] {
  const expression: Expression = {
    kind: 'compare',
    operator: '=',
    left: { kind: 'column', name, type: TEXT },
    right: { kind: 'literal', value, type: TEXT },
    type: { kind: 'bool' },
  };
  return { key: `${name}=${value}`, expression, names: [name] };
}

function atom(
  anchor: readonly Input[],
  filter: readonly (readonly [Input, string])[] = [],
  change: Partial<Atom> = {},
): Atom {
  const inputs = new Map([...anchor, ...filter.map(([input]) => input)].map((input) => [input.name, input]));
  return {
    key: 'atom',
    stateKey: 'state',
    family: 'revenue',
    schema: 'sales',
    source: 'sales',
    state: 'sum',
    argument: null,
    input: { kind: 'column', name: '#revenue', type: INT64 },
    inputType: INT64,
    anchor: anchor.map((input) => input.name).sort(),
    memberships: [],
    base: anchor.map((input) => input.name).sort(),
    filter: filter.map(([input, value]) => term(input.name, value)),
    scope: null,
    inputs: [...inputs.values()],
    boundary: null,
    sourceHashes: { sales: 'h1', stores: 'h2' },
    conditions: [],
    rollable: true,
    blockedAlong: [],
    memoise: true,
    sourceRows: 100,
    ...change,
  };
}

function entry(
  anchor: readonly Input[],
  filter: readonly (readonly [Input, string])[] = [],
  change: Partial<DerivableEntry> = {},
): DerivableEntry {
  return {
    stateKey: 'state',
    anchor: anchor.map(({ name, type, access }) => ({ name, type, access })),
    filter: filter.map(([input, value]) => term(input.name, value)),
    notFurtherRollable: false,
    sourceHashes: { sales: 'h1', stores: 'h2' },
    ...change,
  };
}

const edges = (steps: readonly Step[]) => steps.map((step) => step.edge);

describe('an atom that follows from an entry', () => {
  test.each([
    { about: 'by dropping a dimension', from: entry([DAYS, STORE]), to: atom([DAYS]), climbs: {} },
    { about: 'the grand total', from: entry([STORE]), to: atom([]), climbs: {} },
    {
      about: 'by a lookup',
      from: entry([STORE]),
      to: atom([REGION]),
      climbs: { region: ['store', 'store→region via stores'] },
    },
    {
      about: 'by two steps of the calendar',
      from: entry([DAYS]),
      to: atom([YEAR]),
      climbs: { year: ['day', 'day→month', 'month→year'] },
    },
    {
      about: 'by the rest of a climb',
      from: entry([MONTH]),
      to: atom([YEAR]),
      climbs: { year: ['month', 'month→year'] },
    },
    {
      about: 'from the nearest of several dimensions',
      from: entry([DAYS, MONTH]),
      to: atom([YEAR]),
      climbs: { year: ['month', 'month→year'] },
    },
    {
      about: 'with a filter on a dimension it holds',
      from: entry([DAYS, STORE]),
      to: atom([DAYS], [[STORE, 'S1']]),
      climbs: {},
    },
    {
      about: 'with a filter that it climbs to',
      from: entry([DAYS, STORE]),
      to: atom([DAYS], [[REGION, 'East']]),
      climbs: { region: ['store', 'store→region via stores'] },
    },
    {
      about: 'from an entry whose filter is among its own',
      from: entry([STORE], [[DAYS, 'd']]),
      to: atom(
        [STORE],
        [
          [DAYS, 'd'],
          [STORE, 'S1'],
        ],
      ),
      climbs: {},
    },
  ])('$about', ({ from, to, climbs }) => {
    const derivation = derive(from, to);
    if ('obstacle' in derivation) throw new Error(derivation.obstacle.kind);
    expect(derivation.keys).toEqual(to.anchor);
    const found = Object.fromEntries(
      derivation.climbs.map((climb) => [climb.name, [climb.from, ...edges(climb.steps)]]),
    );
    expect(found).toEqual(climbs);
  });

  test('only the terms that the entry has not applied are left to filter by', () => {
    const derivation = derive(
      entry([STORE], [[DAYS, 'd']]),
      atom(
        [STORE],
        [
          [DAYS, 'd'],
          [STORE, 'S1'],
        ],
      ),
    );
    if ('obstacle' in derivation) throw new Error(derivation.obstacle.kind);
    expect(derivation.filter).toEqual(term('store', 'S1').expression);
  });
});

describe('an atom that does not follow from an entry', () => {
  test.each([
    {
      about: 'a week gives no year',
      from: entry([WEEK]),
      to: atom([YEAR]),
      obstacle: { kind: 'undetermined', names: ['year'] },
    },
    {
      about: 'a year gives no month',
      from: entry([YEAR]),
      to: atom([MONTH]),
      obstacle: { kind: 'undetermined', names: ['month'] },
    },
    {
      about: 'a state is not on the direct path to a country',
      from: entry([STATE]),
      to: atom([COUNTRY_DIRECT]),
      obstacle: { kind: 'undetermined', names: ['country'] },
    },
    {
      about: 'a climbed region is not the schema’s own',
      from: entry([REGION]),
      to: atom([OWN_REGION]),
      obstacle: { kind: 'undetermined', names: ['region'] },
    },
    {
      about: 'a filter on a dropped dimension',
      from: entry([DAYS]),
      to: atom([DAYS], [[STORE, 'S1']]),
      obstacle: { kind: 'undetermined', names: ['store'] },
    },
    {
      about: 'an entry with a filter of its own',
      from: entry([STORE], [[DAYS, 'd']]),
      to: atom([STORE]),
      obstacle: { kind: 'filtered' },
    },
    {
      about: 'an entry filtered otherwise',
      from: entry([STORE], [[DAYS, 'd']]),
      to: atom([STORE], [[DAYS, 'e']]),
      obstacle: { kind: 'filtered' },
    },
    {
      about: 'a state that does not merge',
      from: entry([STORE]),
      to: atom([REGION], [], { rollable: false, state: 'median' }),
      obstacle: { kind: 'not mergeable' },
    },
    {
      about: 'an entry of such a state',
      from: entry([STORE], [], { notFurtherRollable: true }),
      to: atom([REGION]),
      obstacle: { kind: 'not mergeable' },
    },
    {
      about: 'an entry of other bytes of a lookup',
      from: entry([STORE], [], { sourceHashes: { sales: 'h1', stores: 'old' } }),
      to: atom([REGION]),
      obstacle: { kind: 'other bytes', source: 'stores' },
    },
  ])('$about', ({ from, to, obstacle }) => {
    expect(derive(from, to)).toEqual({ obstacle });
  });
});
