import type { OutlineTerm, OutlineValue } from '../../runtime/api.ts';

/** What a condition asks of a name, as one choice of a list. */
export const COMPARISONS = [
  { key: '=', label: 'is', needs: 'any' },
  { key: '<>', label: 'is not', needs: 'any' },
  { key: '<', label: 'is less than', needs: 'any' },
  { key: '<=', label: 'is at most', needs: 'any' },
  { key: '>', label: 'is more than', needs: 'any' },
  { key: '>=', label: 'is at least', needs: 'any' },
  { key: 'in', label: 'is one of', needs: 'any' },
  { key: 'not in', label: 'is none of', needs: 'any' },
  { key: 'between', label: 'is between', needs: 'any' },
  { key: 'not between', label: 'is not between', needs: 'any' },
  { key: 'CONTAINS', label: 'contains', needs: 'text' },
  { key: 'not CONTAINS', label: 'does not contain', needs: 'text' },
  { key: 'STARTS_WITH', label: 'starts with', needs: 'text' },
  { key: 'not STARTS_WITH', label: 'does not start with', needs: 'text' },
  { key: 'ENDS_WITH', label: 'ends with', needs: 'text' },
  { key: 'not ENDS_WITH', label: 'does not end with', needs: 'text' },
  { key: 'null', label: 'is missing', needs: 'any' },
  { key: 'not null', label: 'is not missing', needs: 'any' },
] as const;

export type Comparison = (typeof COMPARISONS)[number]['key'];

/** A condition that has controls of its own. */
export type KnownTerm = Exclude<OutlineTerm, { readonly kind: 'expression' }>;

/** The choice that a condition is. */
export function comparisonOf(term: KnownTerm): Comparison {
  switch (term.kind) {
    case 'compare':
      return term.operator;
    case 'in':
      return term.negated ? 'not in' : 'in';
    case 'between':
      return term.negated ? 'not between' : 'between';
    case 'null':
      return term.negated ? 'not null' : 'null';
    case 'text':
      return term.negated ? `not ${term.function}` : term.function;
  }
}

/** The comparisons that a type takes. */
export function comparisonsFor(type: string | null): readonly (typeof COMPARISONS)[number][] {
  return COMPARISONS.filter(({ needs }) => needs === 'any' || type === null || type === 'text');
}

/** The values that a condition holds, in the order they are written. */
export function valuesOf(term: KnownTerm): readonly OutlineValue[] {
  switch (term.kind) {
    case 'compare':
      return [term.value];
    case 'in':
      return term.values;
    case 'between':
      return [term.low, term.high];
    case 'null':
      return [];
    case 'text':
      return [{ kind: 'text', text: term.value }];
  }
}

/** A condition on a name; values that it does not take are dropped, and those that it lacks are empty. */
export function termOf(
  name: string,
  comparison: Comparison,
  values: readonly OutlineValue[],
  type: string | null,
): KnownTerm {
  const value = (at: number): OutlineValue => values[at] ?? emptyValue(type);
  switch (comparison) {
    case 'in':
    case 'not in':
      return { kind: 'in', name, values: values.length > 0 ? values : [value(0)], negated: comparison === 'not in' };
    case 'between':
    case 'not between':
      return { kind: 'between', name, low: value(0), high: value(1), negated: comparison === 'not between' };
    case 'null':
    case 'not null':
      return { kind: 'null', name, negated: comparison === 'not null' };
    case 'CONTAINS':
    case 'STARTS_WITH':
    case 'ENDS_WITH':
      return { kind: 'text', function: comparison, name, value: textOf(value(0)), negated: false };
    case 'not CONTAINS':
      return { kind: 'text', function: 'CONTAINS', name, value: textOf(value(0)), negated: true };
    case 'not STARTS_WITH':
      return { kind: 'text', function: 'STARTS_WITH', name, value: textOf(value(0)), negated: true };
    case 'not ENDS_WITH':
      return { kind: 'text', function: 'ENDS_WITH', name, value: textOf(value(0)), negated: true };
    default:
      return { kind: 'compare', name, operator: comparison, value: value(0) };
  }
}

/** The same condition on another name: values of another type are dropped. */
export function renamedTerm(term: KnownTerm, name: string, type: string | null): KnownTerm {
  const kind = emptyValue(type).kind;
  const kept = valuesOf(term).filter((value) => value.kind === kind || (kind === 'text' && value.kind === 'date'));
  const comparison = comparisonOf(term);
  const isTaken = comparisonsFor(type).some(({ key }) => key === comparison);
  return termOf(name, isTaken ? comparison : '=', kept, type);
}

/** A value of a type before anything is typed. */
export function emptyValue(type: string | null): OutlineValue {
  if (type === 'bool') return { kind: 'bool', value: true };
  return { kind: isNumeric(type) ? 'number' : 'text', text: '' };
}

/** What was typed in the place of a value: it stays what it was, a date a date. */
export function typedValue(before: OutlineValue, text: string): OutlineValue {
  return before.kind === 'bool' ? { kind: 'bool', value: text === 'true' } : { kind: before.kind, text };
}

/** A value as it stands in a field. */
export function textOf(value: OutlineValue): string {
  return value.kind === 'bool' ? String(value.value) : value.text;
}

/** What a value of this type or level of the calendar looks like. */
export function hintOf(type: string | null, level: string | null): string {
  switch (level) {
    case 'day':
      return '2024-01-31';
    case 'week':
      return '2024-W05';
    case 'month':
      return '2024-01';
    case 'quarter':
      return '2024-Q1';
    case 'year':
      return '2024';
    default:
      return isNumeric(type) ? 'a number' : type === 'date' ? '2024-01-31' : 'a value';
  }
}

function isNumeric(type: string | null): boolean {
  return type === 'int64' || type === 'double' || type?.startsWith('decimal') === true;
}
