/** The Parquet form of a metric engine's entry: see entry-layout.ts for the format. */
export { decodeEntry } from './entry-decode.ts';
export { encodeEntry } from './entry-encode.ts';
