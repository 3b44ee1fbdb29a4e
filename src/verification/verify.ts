import type { Attestation, Condition } from '../collection/attestation.ts';
import { attestationOf } from './attestation-of.ts';
import { checkOf } from './check-of.ts';
import type { VerificationContext } from './verification-context.ts';

/**
 * Asks the data whether a condition holds. What `conditionColumns` names must be loaded. Rejects with what the backend
 * rejects with, and with `RangeError` where the manifest does not have what the condition names.
 */
export async function verify(condition: Condition, context: VerificationContext): Promise<Attestation> {
  const check = checkOf(condition, context);
  return attestationOf(condition, check.sources, await check.judge(context), context);
}
