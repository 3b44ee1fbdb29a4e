import type { Access, Step } from '../../resolution/access.ts';
import { functionTable, type MapExpression } from '../function-table.ts';
import type { Dialect, Integers } from './dialect.ts';
import { fits } from './integer-sql.ts';
import type { SqlNames } from './sql-names.ts';

/** Of a column of exact numbers it is known that each fits 64 bits; nothing is summed here. */
const STORED: Integers = { each: 'int64', total: 'beyond' };

type LookupStep = Extract<Step, { kind: 'lookup' }>;

/**
 * Values of rows reached by climbs and by the tables of functions, and the joins that reach them. Climbs that begin alike
 * share their joins, and so do equal tables. Each join is a LEFT JOIN with one row a child, so it never changes the number
 * of rows, and unmatched children climb to NULL.
 */
export class ClimbJoins {
  readonly #dialect: Dialect;
  readonly #names: SqlNames;
  readonly #root: (column: string) => string;
  readonly #aliases = new Map<string, string>();
  readonly #joins: string[] = [];

  /** `root` gives the SQL of a root column of the rows that climb. */
  constructor(dialect: Dialect, names: SqlNames, root: (column: string) => string) {
    this.#dialect = dialect;
    this.#names = names;
    this.#root = root;
  }

  /** The SQL of a value, in its stored form; adds the joins that it needs. */
  value({ column, columnType, steps }: Access): string {
    let sql = this.#root(column);
    let type = columnType;
    let path = JSON.stringify(column);
    for (const step of steps) {
      path += `\n${JSON.stringify(step)}`;
      if (step.kind === 'calendar') {
        sql = this.#dialect.periodStart(sql, step.to);
        type = { kind: 'date', level: step.to };
        continue;
      }
      sql = this.#climb(step, path, type.kind === 'text' ? this.#dialect.text(sql) : sql);
      type = step.type;
    }
    return sql;
  }

  /**
   * The SQL of a function's value at what an access gives, by its table: a CASE of some thousand branches would be tried
   * branch by branch for every row. Wide integers stand in the wide form.
   */
  mapped(map: MapExpression, access: Access): string {
    const { pairs, text, wide, literal } = this.#dialect;
    const { of, ofNull, largest } = functionTable(map);
    const { operand, type } = map;
    const stored = this.value(access);
    const child = operand.type.kind === 'text' ? text(stored) : stored;
    const isWide = !fits(largest);
    let value = literal(null, type);
    if (of.size > 0) {
      const table = pairs(of, operand.type, type, isWide);
      const path = `${child}\n${table}`;
      const known = this.#aliases.get(path);
      const alias = known ?? this.#dialect.identifier(`j${this.#aliases.size + 1}`);
      if (known === undefined) {
        this.#aliases.set(path, alias);
        this.#joins.push(`LEFT JOIN (${table}) AS ${alias} ON ${alias}."child" = ${child}`);
      }
      value = `${alias}."parent"`;
    }
    if (ofNull === null) return value;
    const isWideResult = isWide && typeof ofNull !== 'string';
    const result = isWideResult ? wide.literal(BigInt(ofNull)) : literal(ofNull, type);
    return `CASE WHEN ${child} IS NULL THEN ${result} ELSE ${value} END`;
  }

  /** The joins, in the order in which they must stand. */
  joins(): readonly string[] {
    return this.#joins;
  }

  #climb(step: LookupStep, path: string, child: string): string {
    const known = this.#aliases.get(path);
    const alias = known ?? this.#dialect.identifier(`j${this.#aliases.size + 1}`);
    if (known === undefined) {
      this.#aliases.set(path, alias);
      this.#joins.push(`LEFT JOIN (${this.#pairs(step)}) AS ${alias} ON ${alias}."child" = ${child}`);
    }
    return `${alias}."parent"`;
  }

  /** The lookup's pairs, one row a child: where the edge holds, `min` only takes the one parent there is. */
  #pairs(step: LookupStep): string {
    const { identifier, text } = this.#dialect;
    const column = (name: string) => identifier(this.#names.column(step.source, name));
    const stored = column(step.childColumn);
    const child = step.childType.kind === 'text' ? text(stored) : stored;
    const [parent] = this.#dialect.aggregate.min(column(step.parentColumn), STORED);
    const table = identifier(this.#names.table(step.source));
    return `SELECT ${child} AS "child", ${parent} AS "parent" FROM ${table} WHERE ${stored} IS NOT NULL GROUP BY ${stored}`;
  }
}
