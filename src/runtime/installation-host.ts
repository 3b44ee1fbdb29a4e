import { type CollectionModel, loadCollection } from '../collection/collection.ts';
import { type InstallationModel, loadInstallation } from '../collection/installation.ts';
import type { CollectionIssue } from '../collection/issues.ts';
import type { SourceSnapshot } from '../sources/snapshot.ts';
import type { OpenOptions, TextInput } from './api.ts';
import { publishedSnapshots } from './published-snapshots.ts';
import type { PlacedSource } from './source-shelf.ts';

/** The YAML of an installation could not be used. */
export class CollectionFault extends Error {
  override readonly name = 'CollectionFault';
  readonly issues: readonly CollectionIssue[];

  constructor(issues: readonly CollectionIssue[]) {
    const [first, ...rest] = issues;
    const more = rest.length > 0 ? ` (and ${rest.length} more)` : '';
    super(
      first === undefined
        ? 'the collection cannot be used'
        : `${first.file}:${first.line}:${first.column}: ${first.message}${more}`,
    );
    this.issues = issues;
  }
}

/** An installation as loaded: its model, its collections, and where its sources are. */
export interface LoadedInstallationFiles {
  readonly model: InstallationModel;
  readonly collections: readonly [CollectionModel, ...CollectionModel[]];
  readonly sources: readonly PlacedSource[];
}

interface Document {
  readonly text: string;
  /** What relative paths in it resolve against. */
  readonly url: string;
  /** Its name in messages. */
  readonly file: string;
}

type Input = Pick<OpenOptions, 'installation' | 'collections' | 'files'> & { readonly base: string };

/** Fetches and validates an installation and all its collections. Rejects with `CollectionFault`. */
export async function loadInstallationFiles(input: Input, fetchFile: typeof fetch): Promise<LoadedInstallationFiles> {
  const document = await readDocument(input.installation, input.base, 'installation.yaml', fetchFile);
  const loaded = loadInstallation(document.text, document.file);
  if (!loaded.ok) throw new CollectionFault(loaded.issues);
  const { model } = loaded;
  const [published, collections] = await Promise.all([
    fetchSnapshots(input, document, fetchFile),
    Promise.all(model.collections.map(({ path }) => readCollection(path, input, document, fetchFile))),
  ]);
  const [first, ...rest] = collections;
  if (first === undefined) {
    throw new CollectionFault([
      plainIssue('NO_COLLECTION', 'The installation lists no collection: name one under `acs`.', document.file),
    ]);
  }
  const sources = model.sources.map(({ name, path, sha256 }): PlacedSource => {
    const given = input.files?.[path];
    const location = typeof given === 'string' ? given : given === undefined ? new URL(path, document.url).href : path;
    return { name, location, input: given ?? location, statedHash: sha256, published: published.get(name) ?? null };
  });
  return { model, collections: [first, ...rest], sources };
}

async function readCollection(
  path: string,
  input: Input,
  installation: Document,
  fetchFile: typeof fetch,
): Promise<CollectionModel> {
  const given = input.collections?.[path];
  const url = path.endsWith('/') ? `${path}ac.yaml` : path;
  const document = await readDocument(
    given ?? new URL(url, installation.url).href,
    installation.url,
    'ac.yaml',
    fetchFile,
  );
  const loaded = loadCollection(document.text, document.file);
  if (!loaded.ok) throw new CollectionFault(loaded.issues);
  return loaded.model;
}

async function readDocument(
  input: string | TextInput,
  base: string,
  name: string,
  fetchFile: typeof fetch,
): Promise<Document> {
  if (typeof input !== 'string') return { text: input.text, url: base, file: name };
  const url = new URL(input, base).href;
  let response: Response;
  try {
    response = await fetchFile(url, { cache: 'no-cache' });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CollectionFault([
      plainIssue('UNREACHABLE', `${url} could not be fetched (${reason}). Check the address and the connection.`, name),
    ]);
  }
  if (!response.ok) {
    throw new CollectionFault([
      plainIssue('NOT_FOUND', `${url} answered ${response.status}. Check the address.`, name),
    ]);
  }
  return { text: await response.text(), url, file: name };
}

/** What lies beside the installation's YAML, if anything does; it only says what is coming. */
async function fetchSnapshots(
  input: Input,
  installation: Document,
  fetchFile: typeof fetch,
): Promise<ReadonlyMap<string, SourceSnapshot>> {
  if (typeof input.installation !== 'string') return new Map();
  try {
    const response = await fetchFile(new URL('snapshots.json', installation.url).href, { cache: 'no-cache' });
    return publishedSnapshots(response.ok ? await response.json() : []);
  } catch {
    // A file that is not there, or not JSON, publishes nothing: the sources themselves are read then.
    return new Map();
  }
}

function plainIssue(code: string, message: string, file: string): CollectionIssue {
  return { code, message, file, line: 1, column: 1 } as CollectionIssue;
}
