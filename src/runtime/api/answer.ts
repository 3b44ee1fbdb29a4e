import type { Span } from '../../canon/issue.ts';
import type { VerificationLevel } from '../../collection/attestation.ts';
import type { Provenance } from './provenance.ts';

export type ServedFrom = 'engine_cache' | 'engine_mixed' | 'engine_backend' | 'backend';
export type Mood = 'serve' | 'disclose' | 'clarify' | 'refuse';
export type Json = string | number | boolean | null;

export interface Disclosure {
  readonly code:
    | 'blocked_reduction'
    | 'contradicted_condition'
    | 'rows_outside_path'
    | 'approximate'
    | 'held_off_rows'
    | 'membership_excess'
    | 'nulls_skipped'
    | 'source_assumed_unchanged'
    | 'storage_full'
    | 'window_cut';
  readonly critical: boolean;
  readonly message: string;
  readonly parameters: Readonly<Record<string, Json>>;
}

interface AnswerCommon {
  readonly ac_name: string;
  readonly row_count: number;
  readonly served_from: ServedFrom;
  readonly mood: 'serve' | 'disclose';
  readonly level: VerificationLevel;
  readonly disclosures: readonly Disclosure[];
  readonly provenance: Provenance;
}

/** JSON form: rows are arrays in column order; dates ISO text, periods printed, integers beyond 2^53 strings. */
export interface Answer extends AnswerCommon {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Json[])[];
}

/** Arrow form: one IPC stream; each field's metadata has `coframe.type` (printed type), `coframe.level` for periods, `coframe.role` anchor | determined | series. */
export interface ArrowAnswer extends AnswerCommon {
  readonly ipc: ArrayBuffer;
}

export interface Refusal {
  readonly ac_name: string;
  readonly mood: 'clarify' | 'refuse';
  readonly code: string;
  readonly message: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly span: Span;
  readonly witness?: { readonly columns: readonly string[]; readonly rows: readonly (readonly Json[])[] };
  readonly others: readonly { readonly code: string; readonly message: string; readonly span: Span }[];
  readonly remedies: readonly { readonly label: string; readonly query: string }[];
}
