import { describe, expect, test } from 'vitest';
import { loadCollection } from '../../../src/collection/collection.ts';
import { compileCollection } from '../../../src/collection/compile-collection.ts';
import { loadInstallation } from '../../../src/collection/installation.ts';
import { COLLECTION_ISSUES, type CollectionIssue } from '../../../src/collection/issues.ts';
import { type CheckCase, INSTALLATION, SOURCES } from './checks/check-case.ts';
import { DOCUMENT_CHECKS } from './checks/documents.ts';
import { METRIC_CHECKS } from './checks/metrics.ts';
import { STRUCTURE_CHECKS } from './checks/structure.ts';

const CHECKS = [...DOCUMENT_CHECKS, ...STRUCTURE_CHECKS, ...METRIC_CHECKS];

function issuesOf(text: string, of: CheckCase['of']): readonly CollectionIssue[] {
  if (of === 'installation') {
    const loaded = loadInstallation(text, 'installation.yaml');
    return loaded.ok ? [] : loaded.issues;
  }
  const installation = loadInstallation(INSTALLATION, 'installation.yaml');
  if (!installation.ok) throw new Error('the installation of the cases is not valid');
  const collection = loadCollection(text, 'ac.yaml');
  if (!collection.ok) return collection.issues;
  const compiled = compileCollection({
    collection: collection.model,
    installation: installation.model,
    sources: SOURCES,
  });
  return compiled.ok ? [] : compiled.issues;
}

function marked(text: string) {
  const before = text.slice(0, text.indexOf('▸')).split('\n');
  return {
    text: text.replace('▸', ''),
    line: before.length,
    column: (before[before.length - 1]?.length ?? 0) + 1,
  };
}

describe.each(CHECKS)('$code: $about', ({ code, fails, passes, of, also }) => {
  test('is refused at its place', () => {
    const { text, line, column } = marked(fails);
    const issues = issuesOf(text, of);
    const places = issues.filter((issue) => issue.code === code).map((each) => `${each.line}:${each.column}`);
    expect(
      places,
      issues.map((issue) => `${issue.line}:${issue.column} ${issue.code} ${issue.message}`).join('\n'),
    ).toContain(`${line}:${column}`);
    const others = issues.map((issue) => issue.code).filter((each) => each !== code);
    expect(new Set(others)).toEqual(new Set((also ?? []).filter((each) => each !== code)));
    expect(issues[0]?.file).toBe(of === 'installation' ? 'installation.yaml' : 'ac.yaml');
  });

  test('its near miss passes', () => {
    expect(issuesOf(passes, of)).toEqual([]);
  });
});

test('every code has a case', () => {
  const covered = new Set<string>(CHECKS.map(({ code }) => code));
  expect(Object.keys(COLLECTION_ISSUES).filter((code) => !covered.has(code))).toEqual([]);
});

test('every message is a sentence that ends in what to do, and names no undefined thing', () => {
  for (const { fails, of } of CHECKS) {
    for (const { message } of issuesOf(marked(fails).text, of)) {
      expect(message).toMatch(/[.?]$/);
      expect(message).not.toMatch(/undefined|\[object|NaN|``/);
    }
  }
});
