import { isDeepStrictEqual } from 'node:util';
import { countText } from './figures.mjs';
import { Checklist } from './walkthrough/checklist.mjs';
import { questionsOf } from './walkthrough/questions.mjs';
import { ask, askWithoutEngine, bootLogOf, engineOf, ready } from './walkthrough/visit.mjs';

/**
 * @typedef {import('./walkthrough/questions.mjs').Question} Question
 * @typedef {import('./walkthrough/visit.mjs').Outcome} Outcome
 * @typedef {import('playwright-core').Page} Page
 */

/** Entries that the collection's hints ask for. */
const WARMED = ['cost@(region)', 'revenue@(day, region)', 'revenue@(region)'];

/** Anything of the database engine: its worker, its script, its WebAssembly. */
const DATABASE = /duckdb/i;

/**
 * Walks through the built page as a new visitor: first visit, the questions, a reload, and once more with the engine off.
 * @param {Page} page with a fresh profile
 * @param {{ url: string, reference: import('./walkthrough/reference.mjs').Reference, log: (line: string) => void }} options
 * `log` receives each question with its answer, and each check that failed
 * @returns {Promise<{ passed: number, failed: number }>} checks
 */
export async function walkthrough(page, { url, reference, log }) {
  const checklist = new Checklist(log);
  const questions = questionsOf(reference);
  /** @type {string[]} */
  const requests = [];
  page.context().on('request', (request) => requests.push(request.url()));
  page.on('pageerror', (error) => checklist.note(`the page threw: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') checklist.note(`the page reports: ${message.text()}`);
  });

  const opened = await checklist.attempt('the first visit', () => firstVisit(page, { url, reference, checklist }));
  if (!opened) return { passed: checklist.passed, failed: checklist.failed };
  for (const question of questions) {
    await checklist.attempt(question.query, () => askOne(page, question, checklist));
  }
  await checklist.attempt('the entries', async () => {
    const { metrics } = await engineOf(page);
    checklist.equal(
      'entries of the derived family',
      metrics.filter((name) => name.startsWith('profit@')),
      [],
    );
  });
  await checklist.attempt('the reload', () => reload(page, { questions, requests, checklist }));
  await checklist.attempt('the engine off', () => engineOff(page, questions, checklist));
  return { passed: checklist.passed, failed: checklist.failed };
}

/**
 * Step 1: the boot log names the tables, and warm-up makes exactly what is hinted.
 * @param {Page} page
 * @param {{ url: string, reference: import('./walkthrough/reference.mjs').Reference, checklist: Checklist }} options
 */
async function firstVisit(page, { url, reference, checklist }) {
  checklist.step(1, 'open the page with a fresh profile');
  await page.goto(url);
  /** @type {string[]} */
  let lines = [];
  try {
    await ready(page);
  } finally {
    lines = await bootLogOf(page);
    for (const line of lines) checklist.note(line);
  }
  for (const [table, rows] of reference.tables) {
    const named = lines.some((line) => new RegExp(`\\b${table}\\b.*\\b${countText(rows)}\\b`).test(line));
    checklist.equal(`a line of the boot log with ${table} and ${countText(rows)}`, named, true);
  }
  const { metrics, statistics } = await engineOf(page);
  checklist.note(`entries: ${metrics.join(', ')}`);
  checklist.equal('metric entries after warm-up', metrics, WARMED);
  checklist.equal('compiles in this session', statistics.compiles, 1);
}

/**
 * Steps 2 to 6: one question, its answer, where it came from, and what the backend had to do for it.
 * @param {Page} page
 * @param {Question} question
 * @param {Checklist} checklist
 */
async function askOne(page, question, checklist) {
  checklist.step(question.step, question.query);
  const before = await engineOf(page);
  const outcome = await ask(page, question.query);
  const after = await engineOf(page);
  checkAnswer(outcome, question, question.servedFrom, checklist);
  if ('code' in outcome) return;
  const paths = outcome.provenance.series.flatMap(({ atoms }) => atoms.map(({ path }) => path));
  checklist.equal('paths of its atoms', [...new Set(paths)], [question.path]);
  const statements = after.statistics.backendStatements - before.statistics.backendStatements;
  checklist.equal('whether a backend statement ran', statements > 0, question.path === 'backend');
}

/**
 * Step 7: after a reload the first question is answered from stored entries, before any database was requested.
 * @param {Page} page
 * @param {{ questions: readonly Question[], requests: string[], checklist: Checklist }} options
 */
async function reload(page, { questions, requests, checklist }) {
  const [question] = questions;
  if (!question) return;
  checklist.step(7, `reload, then ${question.query}`);
  requests.length = 0;
  await page.reload();
  await ready(page);
  const outcome = await ask(page, question.query);
  const asked = requests.filter((address) => DATABASE.test(address));
  checkAnswer(outcome, question, 'engine_cache', checklist);
  checklist.note(`${requests.length} requests, ${asked.length} of them for the database engine`);
  checklist.equal('requests for the database engine', asked, []);
  const { statistics } = await engineOf(page);
  checklist.equal('backend statements since the reload', statistics.backendStatements, 0);
  checklist.equal('where entries are stored', statistics.store.kind, 'opfs');
}

/**
 * Step 8: either axis off, the same answers, straight from the backend.
 * @param {Page} page
 * @param {readonly Question[]} questions
 * @param {Checklist} checklist
 */
async function engineOff(page, questions, checklist) {
  const once = questions.filter(({ query }, index) => questions.findIndex((each) => each.query === query) === index);
  const queries = once.map(({ query }) => query);
  checklist.step(8, 'the engine off for each query');
  for (const question of once) {
    checklist.note(question.query);
    checkAnswer(await ask(page, question.query, { engine: false }), question, 'backend', checklist);
  }
  for (const axis of /** @type {const} */ (['session', 'installation'])) {
    checklist.step(8, `the engine off in the ${axis}`);
    const outcomes = await askWithoutEngine(page, axis, queries);
    for (const [index, question] of once.entries()) {
      checklist.note(question.query);
      checkAnswer(outcomes[index], question, 'backend', checklist);
    }
  }
}

/**
 * An answer is right when its columns and every row in order are those of the reference.
 * @param {Outcome | undefined} outcome
 * @param {Question} question
 * @param {Question['servedFrom']} servedFrom
 * @param {Checklist} checklist
 */
function checkAnswer(outcome, question, servedFrom, checklist) {
  if (!outcome || 'code' in outcome) {
    checklist.equal(question.query, outcome && `${outcome.mood} ${outcome.code}: ${outcome.message}`, 'an answer');
    return;
  }
  const shown = outcome.rows.slice(0, 3).map((row) => row.join(' '));
  const rest = outcome.rows.length > shown.length ? ' · …' : '';
  checklist.note(`${countText(outcome.row_count)} rows, ${outcome.served_from}: ${shown.join(' · ')}${rest}`);
  checklist.equal('served_from', outcome.served_from, servedFrom);
  checklist.equal('columns', outcome.columns, question.columns);
  checklist.equal('row_count', outcome.row_count, question.rows.length);
  const wrong = question.rows.findIndex((row, index) => !isDeepStrictEqual(row, outcome.rows[index]));
  checklist.equal(wrong === -1 ? 'every row' : `row ${wrong + 1}`, outcome.rows[wrong], question.rows[wrong]);
  const { column, central } = question.known ?? {};
  if (column === undefined) return;
  const row = outcome.rows.find(([region]) => region === 'Central');
  checklist.equal(`${column} of Central`, row?.[outcome.columns.indexOf(column)], central);
}
