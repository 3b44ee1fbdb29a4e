import type { RequiredColumns } from '../planning/required-columns.ts';
import type { Examples } from './examples.ts';
import type { VerificationContext } from './verification-context.ts';

/** What the data say of a condition. */
export interface Judgement {
  readonly holds: boolean;
  /** Named as in `Attestation.counts`. */
  readonly counts: Readonly<Record<string, number>>;
  readonly examples: Examples;
}

/** A condition made ready to be asked of the data. Making it is pure; only `judge` reads. */
export interface Check {
  /** Sources that it reads: an attestation holds for their bytes. */
  readonly sources: readonly string[];
  /** What has to be loaded before `judge`. */
  readonly columns: RequiredColumns;
  readonly judge: (context: VerificationContext) => Promise<Judgement>;
}
