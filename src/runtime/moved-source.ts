/** A source turned out to have other bytes while work rested on it: what was made of the earlier ones is of no use. */
export class MovedSourceError extends Error {
  override readonly name = 'MovedSourceError';

  constructor(source: string) {
    super(`the source ${source} changes faster than it can be read; ask again when it is settled`);
  }
}

/** How often work is begun before a source that keeps changing is a failure. */
const ATTEMPTS = 4;

/** Does work that rests on the bytes of sources; anew where one of them turned out to have other bytes meanwhile. */
export async function overPresentSources<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof MovedSourceError) || attempt === ATTEMPTS) throw error;
    }
  }
}

/** Throws `MovedSourceError` where a source does not have the hash that work rests on. */
export function requireBytes(
  wanted: Readonly<Record<string, string | undefined>>,
  hashOf: (source: string) => string | undefined,
): void {
  for (const [source, hash] of Object.entries(wanted)) if (hashOf(source) !== hash) throw new MovedSourceError(source);
}
