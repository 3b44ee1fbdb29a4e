import { evidenceOf, isStrong, type SourceEvidence } from './evidence.ts';

/**
 * `same`: an unchanged strong ETag proves the recorded bytes. `assumed`: nothing differs, and nothing proves it (weak
 * evidence, offline, HEAD refused, no reply in time). `changed`: something differs.
 */
export type ProbeResult = 'same' | 'assumed' | 'changed';

/** How long a probe waits for a reply, in milliseconds. */
export const PROBE_TIMEOUT = 1500;

/** What a probe needs of its surroundings. `schedule` runs a callback after some milliseconds and returns its canceller. */
export interface ProbeTools {
  readonly fetch: typeof fetch;
  readonly schedule: (callback: () => void, milliseconds: number) => () => void;
}

/** Asks once, with HEAD and past every cache, whether a URL still holds what `recorded` describes. Never throws. */
export async function probeSource(
  url: string,
  recorded: SourceEvidence | null,
  tools: ProbeTools,
): Promise<ProbeResult> {
  if (recorded === null) return 'assumed';
  const controller = new AbortController();
  let stop = (): void => {};
  // Not every fetch obeys its signal: the probe ends on time all the same.
  const timeout = new Promise<null>((resolve) => {
    stop = tools.schedule(() => {
      controller.abort();
      resolve(null);
    }, PROBE_TIMEOUT);
  });
  const reply = tools
    .fetch(url, { method: 'HEAD', cache: 'no-store', signal: controller.signal })
    .then((response) => (response.ok ? evidenceOf(response) : null))
    .catch(() => null);
  const found = await Promise.race([reply, timeout]);
  stop();
  return found === null ? 'assumed' : compareEvidence(recorded, found);
}

/** Compares what was recorded with what a server says now; where only one side says something, it says nothing. */
export function compareEvidence(recorded: SourceEvidence, found: SourceEvidence): ProbeResult {
  if (isStrong(recorded.etag) && isStrong(found.etag)) return recorded.etag === found.etag ? 'same' : 'changed';
  const differs =
    isOther(opaqueTag(recorded.etag), opaqueTag(found.etag)) ||
    isOther(recorded.lastModified, found.lastModified) ||
    isOther(recorded.length, found.length);
  return differs ? 'changed' : 'assumed';
}

/** The tag without its weakness mark: a server that compresses may weaken a strong tag (RFC 9110, section 8.8.3.2). */
function opaqueTag(etag: string | null): string | null {
  return etag === null ? null : etag.replace(/^W\//, '');
}

function isOther<Value>(recorded: Value | null, found: Value | null): boolean {
  return recorded !== null && found !== null && recorded !== found;
}
