import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PROJECT } from '../../scripts/project.mjs';
import { questionsOf } from '../../scripts/walkthrough/questions.mjs';
import { type Reference, readReference } from '../../scripts/walkthrough/reference.mjs';
import { walkthrough } from '../../scripts/walkthrough.mjs';
import { TestBrowser } from './support/browser.ts';
import type { FreshPage } from './support/fresh-page.ts';

let browser: TestBrowser;
let fresh: FreshPage;
let reference: Reference;
let result: { readonly passed: number; readonly failed: number };
/** What the walkthrough printed of each step. */
const steps = new Map<number, string[]>();

beforeAll(async () => {
  browser = await TestBrowser.launch();
  fresh = await browser.freshPage();
  reference = await readReference(join(PROJECT, 'public', 'fixtures', 'retail'));
  let lines: string[] = [];
  const log = (line: string): void => {
    const step = /^(\d+) {2}/.exec(line)?.[1];
    if (step !== undefined) {
      lines = steps.get(Number(step)) ?? [];
      steps.set(Number(step), lines);
    }
    lines.push(line.trim());
  };
  result = await walkthrough(fresh.page, { url: fresh.url, reference, log });
});

afterAll(async () => {
  await browser?.close();
});

describe('the walkthrough in a fresh profile', () => {
  test.each([
    { step: 1, title: 'first visit: five tables, three entries' },
    { step: 2, title: 'a hinted anchor from its entry' },
    { step: 3, title: 'a roll-up, kept; then exact' },
    { step: 4, title: 'a finer anchor from the backend; then from its entry' },
    { step: 5, title: 'a formula over two families, never stored' },
    { step: 6, title: 'the best of each region' },
    { step: 7, title: 'after a reload, from stored files, no database requested' },
    { step: 8, title: 'the engine off by either axis: the same answers' },
  ])('$step: $title', ({ step }) => {
    const lines = steps.get(step) ?? [];
    expect(lines).not.toEqual([]);
    expect(lines.filter((line) => line.startsWith('✗'))).toEqual([]);
  });

  test('every check was made, and the page reported no error', () => {
    expect(result).toEqual({ passed: expect.any(Number), failed: 0 });
    expect(result.passed).toBeGreaterThan(100);
    expect(fresh.errors).toEqual([]);
    expect(fresh.foreign).toEqual([]);
  });
});

describe('the independent reference, which the walkthrough compares with', () => {
  test('Central comes to what the fixture promises', () => {
    const central = reference.sums(['region'], ['revenue', 'cost', 'profit']).find(([region]) => region === 'Central');
    expect(central).toEqual(['Central', 3868636.36, 2710830.2, 1157806.16]);
  });

  test('the questions have as many rows as the fixture has regions, days, stores and best stores', () => {
    expect(questionsOf(reference).map(({ step, rows }) => [step, rows.length])).toEqual([
      [2, 3],
      [3, 443],
      [3, 443],
      [4, 13],
      [4, 13],
      [5, 3],
      [5, 3],
      [6, 9],
    ]);
  });
});
