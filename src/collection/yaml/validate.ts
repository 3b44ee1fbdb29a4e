import * as v from 'valibot';
import { nearestNames } from '../nearest-names.ts';
import type { Report } from '../report.ts';
import type { NodePath, Positions } from './positions.ts';

/** Checks a document's value against its schema; reports everything that differs and then returns undefined. */
export function validate<const Schema extends v.GenericSchema>(
  schema: Schema,
  value: unknown,
  positions: Positions,
  report: Report,
): v.InferOutput<Schema> | undefined {
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  for (const issue of result.issues) {
    const path = nodePath(issue);
    const key = String(path[path.length - 1] ?? '');
    if (issue.type === 'never') {
      const known = issue.message.split(' ');
      report.issue(
        'UNKNOWN_KEY',
        { key, within: within(path.slice(0, -1)), known, suggestions: nearestNames(key, known, 1) },
        positions.key(path),
      );
    } else if (issue.path?.[issue.path.length - 1]?.origin === 'key') {
      const container = path.slice(0, -1);
      report.issue('MISSING_KEY', { key, within: within(container) }, positions.value(container));
    } else {
      report.issue(
        'WRONG_VALUE',
        { at: printPath(path), expected: issue.message, found: describe(issue.input, issue.type === 'string') },
        positions.value(path),
      );
    }
  }
  return undefined;
}

function nodePath(issue: v.BaseIssue<unknown>): NodePath {
  return (issue.path ?? []).map(({ key }) => (typeof key === 'number' ? key : String(key)));
}

/** A path as a person reads it: `schemas[0].columns.day`; the whole document is "the document". */
export function printPath(path: NodePath): string {
  if (path.length === 0) return 'the document';
  return path.map((step, index) => (typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`)).join('');
}

function within(path: NodePath): string {
  return path.length === 0 ? 'the document' : `\`${printPath(path)}\``;
}

/** What was found, in words: `the text "x"`, `the number 3`, `a list`. */
function describe(value: unknown, textExpected: boolean): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  switch (typeof value) {
    case 'string':
      return `the text "${value.length > 60 ? `${value.slice(0, 60)}…` : value}"`;
    case 'number':
    case 'bigint':
      return `the number ${value}${textExpected ? ' (in quotes it would be a text)' : ''}`;
    case 'boolean':
      return `the truth value ${value}`;
    default:
      return 'a mapping';
  }
}
