/** What each word of the product means, in at most twelve plain words. The page's tooltips say nothing else. */
export const GLOSSARY = {
  'Analytic Collection': 'The committed declaration of what your tables and metrics mean.',
  installation: 'A set of sources, one backend, engine settings and collections.',
  schema: 'A table of the collection, with the grain of its rows.',
  anchor: 'The dimensions that identify a row of the answer.',
  'metric family': 'A named metric: where its values are and how they add up.',
  ip_reducer: 'A way of adding up under which the metric stays itself.',
  a_block: 'Dimensions along which this metric must not be added up.',
  'dimension family': 'Dimensions that roll up into each other, like store into region.',
  'FD-DAG': 'All declared roll-ups, and whether the data agrees with each.',
  derived: 'A formula over other metrics, computed anew at every anchor.',
  attribute: 'A description that its dimension determines, like the name of a store.',
  source: 'A file of data; read once, identified by its hash.',
  entry: 'A stored partial result of one metric at one anchor.',
  Frame: 'The answer: coordinates and one column for each series.',
  served_from: 'Where this answer was read or computed.',
  attestation: 'A check of a declaration against the data, with its result.',
  'verification level': 'How far the conditions of this answer were checked on the data.',
  mood: 'How an answer comes: served, with a caveat, asked back or refused.',
  AAA: 'Every condition that this answer rests on was verified.',
  AA: 'All conditions were run, but not all of them are verified.',
  A: 'Some condition that this answer rests on was not run yet.',
  pinned: 'This entry is kept when space is needed.',
  hinted: 'The collection asks for this entry with cache_hint.',
  'code-point order': 'Text is ordered by its Unicode numbers, without regard to language.',
} as const;

/** The tooltip of a word; empty for what is none of the glossary. */
export function meaningOf(word: string): string {
  return Object.entries(GLOSSARY).find(([each]) => each === word)?.[1] ?? '';
}
