import type { CollectionSummary } from '../../runtime/api.ts';

type EdgeStatus = CollectionSummary['edges'][number]['status'];
type SourceState = CollectionSummary['sources'][number]['state'];

/** What is known of an edge, in words. */
export function edgeStatusWords(status: EdgeStatus): string {
  switch (status) {
    case 'holds':
      return 'checked: it holds in the data';
    case 'contradicted':
      return 'contradicted by the data';
    case 'untested':
      return 'not checked yet';
    case 'construction':
      return 'holds by construction';
  }
}

/** What is known of a source's figures, in words. */
export function sourceStateWords(state: SourceState): string {
  switch (state) {
    case 'published':
      return 'as published: the bytes were not read yet';
    case 'verified':
      return 'checked: the bytes were read and hashed';
    case 'failed':
      return 'could not be read';
  }
}
