import { bytesText, countText } from '../scripts/figures.mjs';
import { millisecondsText, spreadOf, spreadText } from './spread.mjs';
import { tableLines } from './table.mjs';

/**
 * @typedef {import('./measurements.mjs').Row} Row
 * @typedef {import('./measurements.mjs').FirstVisit} FirstVisit
 * @typedef {import('./first-paint.mjs').Part} Part
 */

/**
 * The distinct hashes of a row's answers: one where all sides agree.
 * @param {Row} row
 */
export const hashesOf = ({ hashes }) => [...new Set(hashes)];

/**
 * The table of paths beside `raw`. `met` is told for people; no time makes a run fail.
 * @param {readonly Row[]} rows
 * @param {string} raw
 */
export function pathLines(rows, raw) {
  if (rows.length === 0) return [];
  const heading = ['path', 'goal', 'met', 'Coframe', 'runs', raw, 'runs', 'ratio', 'text as VARCHAR', 'answer'];
  return tableLines([heading, ...rows.map(pathCells)]);
}

/**
 * What planning took.
 * @param {readonly import('./measurements.mjs').PlanRow[]} plans
 */
export function planLines(plans) {
  if (plans.length === 0) return [];
  const cells = plans.map(({ name, goalMilliseconds, times }) => {
    const spread = spreadOf(times);
    const met = goalMilliseconds === undefined ? '' : spread.p50 <= goalMilliseconds ? 'yes' : 'no';
    const goal = goalMilliseconds === undefined ? '' : `≤ ${millisecondsText(goalMilliseconds)}`;
    return [name, goal, met, spreadText(spread), String(spread.runs)];
  });
  return tableLines([['parse, resolve and plan in the worker', 'goal', 'met', 'Coframe', 'runs'], ...cells]);
}

/** @param {Row} row */
function pathCells(row) {
  const ours = spreadOf(row.coframe);
  const theirs = spreadOf(row.raw);
  const ratio = ours.p50 / theirs.p50;
  const isMet =
    (row.goalMilliseconds === undefined || ours.p50 <= row.goalMilliseconds) &&
    (row.goalRatio === undefined || ratio <= row.goalRatio) &&
    (row.goalSlowest === undefined || (ours.p99 ?? 0) <= row.goalSlowest);
  const [hash = '', ...others] = hashesOf(row);
  return [
    row.path,
    row.goal,
    isMet ? 'yes' : 'no',
    spreadText(ours),
    String(ours.runs),
    spreadText({ ...theirs, p99: undefined }),
    String(theirs.runs),
    ratio < 0.1 ? ratio.toFixed(3) : ratio.toFixed(2),
    row.rawText === undefined ? '' : spreadText({ ...spreadOf(row.rawText), p99: undefined }),
    others.length > 0 ? 'DIFFERENT' : hash.slice(0, 12),
  ];
}

/** @param {readonly { name: string, bytes: number }[]} held of the transactions */
export function heldLines(held) {
  if (held.length === 0) return [];
  const rows = held.map(({ name, bytes }) => [name, bytesText(bytes)]);
  return tableLines([['backend', 'holds of the transactions'], ...rows]);
}

/** @param {import('./backends.mjs').CheckRow | undefined} check */
export function checkLines(check) {
  if (check === undefined) return [];
  const { times, goalMilliseconds, parts } = check;
  const rows = parts.flatMap(({ name, start, compute }) => [
    [`  ${name}: starts, reads, loads`, '', '', ...spreadCells({ batches: start, calls: start })],
    [`  ${name}: computes`, '', '', ...spreadCells({ batches: compute, calls: compute })],
  ]);
  const isMet = spreadOf(times).p50 <= goalMilliseconds;
  const whole = ['cross-check, nothing started', `≤ ${goalMilliseconds}`, isMet ? 'yes' : 'no', ...spreadCells(times)];
  return tableLines([['after a reload', 'goal', 'met', 'milliseconds', 'runs'], whole, ...rows]);
}

/** @param {readonly import('./flights.mjs').FlightRow[]} rows */
export function flightLines(rows) {
  if (rows.length === 0) return [];
  const heading = ['all 3,000,000 flights', 'rows', 'first, with starting and loading', 'again', 'runs', 'answer'];
  const lines = rows.map(({ backend, anchor, rows: count, first, times, hash }) => [
    `${backend}: at ${anchor}`,
    countText(count),
    millisecondsText(first),
    ...spreadCells(times),
    hash.slice(0, 12),
  ]);
  return tableLines([heading, ...lines]);
}

/**
 * Questions to which the backends gave different answers.
 * @param {readonly import('./flights.mjs').FlightRow[]} rows
 */
export function unequalFlights(rows) {
  return [...new Set(rows.map(({ anchor }) => anchor))].filter(
    (anchor) => new Set(rows.filter((row) => row.anchor === anchor).map(({ hash }) => hash)).size > 1,
  );
}

/** @param {import('./timing.ts').Times} times */
function spreadCells(times) {
  const spread = spreadOf(times);
  return [spreadText(spread), String(spread.runs)];
}

/** @param {readonly FirstVisit[]} visits */
export function visitLines(visits) {
  const rows = visits.map(({ name, times, bytes, kinds }) => {
    const spread = spreadOf(times);
    return [
      name,
      spreadText(spread),
      String(spread.runs),
      bytesText(bytes),
      kinds.map(([kind, size]) => `${kind} ${bytesText(size)}`).join(', '),
    ];
  });
  return visits.length === 0
    ? []
    : tableLines([['first page view, fresh profile', 'milliseconds', 'runs', 'transferred', 'by kind'], ...rows]);
}

/** @param {readonly Part[]} parts */
export function firstPaintLines(parts) {
  const rows = parts.map(({ name, bytes, baseline, goal }) => [
    name,
    bytesText(bytes),
    goal === undefined ? '' : `≤ ${bytesText(goal)}`,
    goal === undefined ? '' : bytes <= goal ? 'yes' : 'no',
    baseline === undefined
      ? 'none stored'
      : `${bytes >= baseline ? '+' : '−'}${Math.abs((bytes / baseline - 1) * 100).toFixed(1)} %`,
  ]);
  return tableLines([['first paint, brotli', 'bytes', 'goal', 'met', 'against the baseline'], ...rows]);
}
