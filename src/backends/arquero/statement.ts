import type { AggregateRequest } from '../../protocol/request.ts';
import type { Input, Step } from '../../resolution/access.ts';
import { functionTable, type MapExpression } from '../function-table.ts';
import { type ArqueroTables, freeName } from './held-tables.ts';
import { literalCode } from './number-code.ts';
import type { Verbs } from './verbs.ts';

const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;

/**
 * The verbs of a request as JavaScript. The expressions are those that run; three things are written plainly that run
 * faster and otherwise the same: climbs and tables of functions, which are looked up once a distinct value, and what is
 * grouped by, which is grouped as codes.
 */
export function statementText(held: ArqueroTables, request: AggregateRequest, verbs: Verbs): string {
  const columns = [...verbs.columns];
  const keys = request.keys.map((key) => columns.find(([, { name }]) => name === key)?.[0] ?? key);
  const lines = [tableText(request.table)];
  const taken = [...verbs.columns.keys(), ...(held.find(request.table)?.columns.map(({ stored }) => stored) ?? [])];
  for (const [name, input] of columns) {
    const isMapped = [...verbs.maps.values()].some(({ operand }) => operand.name === input.name);
    if (verbs.read.has(name) || keys.includes(name) || isMapped) {
      lines.push(...climbLines(held, request, name, input, taken));
    }
  }
  for (const [name, map] of verbs.maps) {
    const from = columns.find(([, input]) => input.name === map.operand.name)?.[0] ?? map.operand.name;
    lines.push(...mapLines(map, from, name));
  }
  const values = [...verbs.values.values()];
  const grouped = [...keys, ...values.map(({ column }) => column)];
  const groupby = `.groupby(${grouped.map((key) => JSON.stringify(key)).join(', ')})`;
  // What is grouped by is computed of the rows that the filter keeps.
  if (grouped.length > 0 && values.length === 0) lines.push(groupby);
  if (verbs.sets.size > 0) {
    const sets = [...verbs.sets].map(([name, values]) => {
      const members = values.map((value) =>
        typeof value === 'string'
          ? JSON.stringify(value)
          : literalCode(value, typeof value === 'bigint' ? { kind: 'int64' } : { kind: 'double' }),
      );
      return `${name}: new Set([${members.join(', ')}])`;
    });
    lines.push(`.params({ ${sets.join(', ')} })`);
  }
  if (verbs.filter !== null) lines.push(`.filter(${verbs.filter})`);
  if (values.length > 0) {
    const derived = values.map(({ column, code }) => `${JSON.stringify(column)}: ${code}`);
    lines.push(`.derive({ ${derived.join(', ')} })`, groupby);
  }
  const aggregates = [...verbs.rollup].map(([name, code]) => `${JSON.stringify(name)}: ${code}`);
  lines.push(aggregates.length === 0 ? '.rollup({})' : `.rollup({ ${aggregates.join(', ')} })`);
  return lines.join('\n  ');
}

function climbLines(
  held: ArqueroTables,
  { table }: AggregateRequest,
  name: string,
  { access }: Input,
  taken: string[],
): readonly string[] {
  let from = held.findColumn(table, access.column)?.stored ?? access.column;
  return access.steps.map((step, position) => {
    const isLast = position === access.steps.length - 1;
    const to = isLast ? name : freeName(`${name}_${position + 1}`, taken);
    taken.push(to);
    const line = stepLine(held, step, from, to);
    from = to;
    return line;
  });
}

function stepLine(held: ArqueroTables, step: Step, from: string, to: string): string {
  const [source, target] = [from, to].map((name) => JSON.stringify(name));
  if (step.kind === 'calendar') {
    return `.derive({ ${target}: d => op.period_start(d[${source}], ${JSON.stringify(step.to)}) })`;
  }
  const column = (name: string) => JSON.stringify(held.findColumn(step.source, name)?.stored ?? name);
  const least = step.type.kind === 'text' ? 'text_min' : 'min';
  const pairs =
    `${tableText(step.source)}.groupby({ "child": d => d[${column(step.childColumn)}] })` +
    `.rollup({ "parent": d => op.${least}(d[${column(step.parentColumn)}]) })`;
  return `.lookup(${pairs}, [${source}, "child"], { ${target}: d => d["parent"] })`;
}

/** A function's table, looked up as a climb's pairs are; a lookup finds nothing for NULL, whose value is told apart. */
function mapLines(map: MapExpression, from: string, to: string): readonly string[] {
  const { operand, type } = map;
  const { of, ofNull } = functionTable(map);
  const [source, target] = [from, to].map((name) => JSON.stringify(name));
  const children = [...of.keys()].map((value) => literalCode(value, operand.type));
  const parents = [...of.values()].map((value) => literalCode(value, type));
  const pairs = `aq.table({ "child": [${children.join(', ')}], "parent": [${parents.join(', ')}] })`;
  const lookup = `.lookup(${pairs}, [${source}, "child"], { ${target}: d => d["parent"] })`;
  if (ofNull === null) return [lookup];
  // Only NaN differs from itself.
  const isNull = operand.type.kind === 'text' ? `d[${source}] === undefined` : `d[${source}] !== d[${source}]`;
  return [lookup, `.derive({ ${target}: d => (${isNull} ? ${literalCode(ofNull, type)} : d[${target}]) })`];
}

function tableText(table: string): string {
  return IDENTIFIER.test(table) ? table : `tables[${JSON.stringify(table)}]`;
}
