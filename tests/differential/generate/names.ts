import type { Random } from '../random.ts';

const LOGICAL = [
  'store',
  'region',
  'größe',
  '店舗',
  'Ωmega',
  'two words',
  'select',
  'x"y',
  "o'brien",
  'UPPER',
  'count',
  '😀dim',
  'naïve_1',
  'ключ',
  'date',
  'a.b',
  'limit',
  '_under',
  'state',
  'State',
  'product',
  '1st',
  'sum',
  'e\u0301t',
  'true',
  'k0',
  'child',
  'parent',
  'row',
  'group',
];
const PHYSICAL = [
  'c',
  'C',
  'col 1',
  'ключ',
  'from',
  'val"ue',
  'amount',
  'AMOUNT',
  '数',
  'k0',
  'parent',
  'rowid',
  "it's",
  'a.b',
  '😀',
];

/** Gives names that stand for one thing only. */
export class Names {
  private readonly taken = new Set<string>();
  private readonly random: Random;

  constructor(random: Random) {
    this.random = random;
    // Levels of the calendar, and what questions name their columns.
    for (const name of ['day', 'week', 'month', 'quarter', 'year']) this.taken.add(name);
  }

  /** A name in the collection: often a strange one. */
  logical(plain: string): string {
    return this.fresh(this.random.chance(0.35) ? this.random.pick(LOGICAL) : plain);
  }

  /** A name of a table: names of sources lie in one space of each backend, whatever their case. */
  table(plain: string): string {
    return this.fresh(this.random.chance(0.2) ? `${plain} ${this.random.pick(['é', '"', "'", '店', '.'])}` : plain);
  }

  /** A column name that no other column of the table has. */
  column(plain: string, columns: ReadonlySet<string>): string {
    const wanted = this.random.chance(0.3) ? this.random.pick(PHYSICAL) : plain;
    return columns.has(wanted) ? `${wanted}_${columns.size}` : wanted;
  }

  private fresh(wanted: string): string {
    let name = wanted;
    for (let more = 2; this.taken.has(name); more++) name = `${wanted}_${more}`;
    this.taken.add(name);
    return name;
  }
}
