import { compareCodePoints } from '../canon/code-point.ts';
import type { Attestation, Condition } from '../collection/attestation.ts';
import type { ConditionOf } from '../collection/conditions.ts';
import { edgeEnds } from '../collection/edge-id.ts';
import type { SemanticManifest } from '../collection/manifest.ts';
import { printDay } from '../columns/calendar.ts';
import { contradictionSentence } from './contradiction-sentence.ts';
import { counted, verb } from './figures.ts';

/** What has to be said with an answer, as facts of the data that it rests on. `message` has `names` in backticks. */
export interface Disclosure {
  readonly code: 'contradicted_condition' | 'rows_outside_path' | 'held_off_rows' | 'nulls_skipped';
  /** The number may be wrong, not only less than whole. */
  readonly critical: boolean;
  readonly message: string;
  readonly parameters: Readonly<Record<string, string | number | boolean | null>>;
}

const ORDER: readonly Disclosure['code'][] = [
  'contradicted_condition',
  'rows_outside_path',
  'held_off_rows',
  'nulls_skipped',
];

/**
 * What the attestations of the conditions that an answer rests on have to say with it: critical ones first, then in a
 * fixed order. What was not tested says nothing here; it shows in the level.
 */
export function disclosuresOf(
  conditions: readonly Condition[],
  manifest: SemanticManifest,
  attestations: ReadonlyMap<string, Attestation>,
): readonly Disclosure[] {
  const known = new Map(conditions.map((condition) => [condition.key, attestations.get(condition.key)]));
  return [...known]
    .sort(([a], [b]) => compareCodePoints(a, b))
    .flatMap(([, attestation]) => (attestation === undefined ? [] : disclosuresFrom(attestation, manifest)))
    .sort((a, b) => ORDER.indexOf(a.code) - ORDER.indexOf(b.code));
}

function disclosuresFrom(attestation: Attestation, manifest: SemanticManifest): readonly Disclosure[] {
  const { condition } = attestation;
  const found: (Disclosure | null)[] = [contradicted(attestation, manifest)];
  switch (condition.id) {
    case 'I2':
      found.push(heldOff(condition, attestation));
      break;
    case 'I5':
      found.push(outsidePath(condition, attestation));
      break;
    case 'I8':
      found.push(nullsSkipped(condition, attestation));
      break;
    case 'I1':
    case 'I3':
    case 'I4':
    case 'I6':
    case 'I9':
    case 'I10':
    case 'I11':
  }
  return found.filter((each) => each !== null);
}

function contradicted(attestation: Attestation, manifest: SemanticManifest): Disclosure | null {
  const { condition, status, counts } = attestation;
  if (status !== 'contradicted' || saidAsOutsidePath(attestation)) return null;
  return {
    code: 'contradicted_condition',
    critical: true,
    message: contradictionSentence(attestation, manifest),
    parameters: { condition: condition.key, id: condition.id, ...counts },
  };
}

/** Rows without a parent keep their numbers, under NULL: they are told as what they are. */
function saidAsOutsidePath({ condition, counts }: Attestation): boolean {
  return condition.id === 'I5' && (counts.missing_parents ?? 0) > 0;
}

function outsidePath({ schema, edge }: ConditionOf<'I5'>, { counts }: Attestation): Disclosure | null {
  const rows = counts.missing_parents ?? 0;
  if (rows === 0) return null;
  const { child, parent, via } = edgeEnds(edge);
  const message =
    `${counted(rows, 'row')} of \`${schema}\` ${verb(rows, 'has', 'have')} a \`${child}\` that \`${via ?? edge}\` does not list; ` +
    `${verb(rows, 'it is', 'they are')} under \`${parent}\` NULL.`;
  return { code: 'rows_outside_path', critical: false, message, parameters: { schema, edge, child, parent, rows } };
}

function heldOff({ schema }: ConditionOf<'I2'>, { counts, boundary }: Attestation): Disclosure | null {
  const later = counts.held_off ?? 0;
  const undated = counts.undated ?? 0;
  if (later + undated === 0) return null;
  const until = boundary === null ? null : printDay(boundary);
  const reasons = [
    ...(later === 0 ? [] : [`${counted(later, 'row')} of \`${schema}\` past ${until ?? 'the stability boundary'}`]),
    ...(undated === 0 ? [] : [`${counted(undated, 'row')} of \`${schema}\` without a date`]),
  ];
  const message = `${reasons.join(' and ')} ${verb(later + undated, 'is', 'are')} held off and not read.`;
  return { code: 'held_off_rows', critical: false, message, parameters: { schema, held_off: later, undated, until } };
}

function nullsSkipped({ schema, column }: ConditionOf<'I8'>, { counts }: Attestation): Disclosure | null {
  const nulls = counts.nulls ?? 0;
  if (nulls === 0) return null;
  const notFinite = counts.not_finite ?? 0;
  const cause =
    notFinite === 0
      ? ''
      : ` The source holds ${counted(notFinite, 'value')} there that ${verb(notFinite, 'is', 'are')} NaN or infinite, read as NULL.`;
  const message = `${counted(nulls, 'row')} of \`${schema}\` ${verb(nulls, 'has', 'have')} no \`${column}\` and ${verb(nulls, 'is', 'are')} skipped.${cause}`;
  return {
    code: 'nulls_skipped',
    critical: false,
    message,
    parameters: { schema, column, nulls, not_finite: notFinite },
  };
}
