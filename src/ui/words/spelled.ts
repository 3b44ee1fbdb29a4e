import { isKeyword, isPlainName } from '../../frameql/tokens.ts';

/** A name as a question must spell it: quoted where it is not a plain identifier. */
export function spelled(name: string): string {
  return isPlainName(name) && !isKeyword(name) ? name : `"${name.replaceAll('"', '""')}"`;
}
