import type { SourceEvidence } from '../sources/evidence.ts';

/** What was last seen of a source's server. */
export interface Sighting {
  readonly evidence: SourceEvidence | null;
  /** When it was last asked; when the bytes were last hashed in this session. By the clock. */
  readonly askedAt: number;
  readonly hashedAt: number;
  /** When it was last proven to have the bytes that it is taken to have: by themselves, or by a strong tag. */
  readonly provenAt: number;
}

/** Of a source that nobody has asked for. */
export const UNSEEN: Sighting = {
  evidence: null,
  askedAt: Number.NEGATIVE_INFINITY,
  hashedAt: Number.NEGATIVE_INFINITY,
  provenAt: Number.NEGATIVE_INFINITY,
};

/** What is known of the bytes that a source is taken to have. */
export interface SourceProof {
  /** The last look at it proved nothing. */
  readonly isAssumed: boolean;
  /** Its bytes are being fetched, and compared with those that it is taken to have. */
  readonly isComparing: boolean;
  /** Milliseconds since they were last proven in this session; null: never, or a stated hash says what they are. */
  readonly provenAgo: number | null;
}
