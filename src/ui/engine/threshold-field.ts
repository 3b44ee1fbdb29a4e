import type { RecommendationThresholds } from '../../runtime/api.ts';

export type Threshold = keyof RecommendationThresholds;

/** The thresholds as a person sets them, with what they are at first. */
export const THRESHOLDS: readonly {
  readonly name: Threshold;
  readonly label: string;
  readonly hint: string;
  readonly first: string;
}[] = [
  { name: 'min_hits', label: 'Hits', hint: 'questions that read it', first: '100' },
  { name: 'min_age_days', label: 'Age in days', hint: 'since it was first made', first: '7' },
  { name: 'min_hits_per_day', label: 'Hits a day', hint: 'hits ÷ age', first: '1' },
];

/** What was typed, as a number; why it cannot be one, naming its field. */
export function readThreshold(
  label: string,
  typed: string,
): { readonly ok: true; readonly value: number } | { readonly ok: false; readonly message: string } {
  const text = typed.trim().replace(',', '.');
  if (text === '') return { ok: false, message: `${label} is empty: give a number of 0 or more.` };
  const value = Number(text);
  if (!Number.isFinite(value)) return { ok: false, message: `${label} “${typed.trim()}” is no number.` };
  if (value < 0) return { ok: false, message: `${label} cannot be negative: give 0 or more.` };
  return { ok: true, value };
}
