import type { SourceError } from '../sources/source-error.ts';

/** What the installation states of a source and what was found, where that is the trouble; null where it is another. */
export function changedBytes({ fault }: SourceError): { readonly expected: string; readonly found: string } | null {
  const { code, parameters } = fault;
  if (code !== 'HASH_MISMATCH' || !('expected' in parameters) || !('found' in parameters)) return null;
  return { expected: String(parameters.expected), found: String(parameters.found) };
}

/**
 * A source's message, `source NAME: what was found; what to do`, as the two sentences of a refusal. Location and subject
 * are told by the refusal itself.
 */
export function sourceWords(message: string, source: string): { readonly reason: string; readonly remedy: string } {
  const subject = `source ${source}: `;
  const text = message.startsWith(subject) ? message.slice(subject.length) : message;
  const at = text.lastIndexOf('; ');
  if (at < 0) return { reason: text, remedy: '' };
  const remedy = text.slice(at + 2);
  return { reason: text.slice(0, at), remedy: `${remedy.slice(0, 1).toUpperCase()}${remedy.slice(1)}.` };
}
