import * as v from 'valibot';
import { parsePeriod } from '../columns/calendar.ts';
import { choice, count, list, mapping, name, named, truth } from './yaml/shape.ts';

const AS_OF = 'a date as in 2025-01-07';
const SHA256 = 'the SHA-256 of the file, 64 lower-case hex digits, in quotes if they are all digits';

/** installation.yaml: what a person writes. The one place where its keys are defined. */
export const installationSchema = mapping('an installation: a set of sources and the collections over them', {
  name: name('the name of the installation'),
  sources: named(
    'a mapping from source names to where each comes from',
    mapping('where the source comes from, as in {path: data.csv}', {
      path: name('a URL, resolved against the URL of this document'),
      sha256: v.exactOptional(
        v.pipe(v.string(SHA256), v.regex(/^[0-9a-f]{64}$/, SHA256), v.description('SHA-256 of the bytes, optional')),
      ),
    }),
  ),
  backend: mapping('the backend that computes where a question names none, as in {type: duckdb}', {
    type: choice('duckdb, sqlite or arquero', ['duckdb', 'sqlite', 'arquero']),
  }),
  stability_filter: v.exactOptional(
    mapping('which rows are too young to be read', {
      as_of: v.exactOptional(
        v.pipe(
          v.string(AS_OF),
          v.check((value) => parsePeriod(value, 'day') !== undefined, AS_OF),
          v.description('The date that counts as today; default: the local date when the session opens'),
        ),
      ),
      default_hold_off_days: v.exactOptional(count('a whole number of days, 0 or more', 0)),
      overrides: v.exactOptional(
        named(
          'a mapping from source names to hold-offs',
          mapping('a hold-off, as in {hold_off_days: 7}', {
            hold_off_days: count('a whole number of days, 0 or more', 0),
          }),
        ),
      ),
    }),
  ),
  metric_engine: v.exactOptional(
    mapping('settings of the metric engine, as in {enabled: true}', {
      enabled: v.exactOptional(truth('Whether the engine keeps and serves results; default false')),
      max_bytes_per_ac: v.exactOptional(count('a whole number of bytes, 1 or more', 1)),
    }),
  ),
  acs: list(
    'a list of collections, as in [{path: ../retail.coframe/}]',
    mapping('a collection, as in {path: ../retail.coframe/}', {
      path: name('a URL, resolved against this document; one that ends in / means the ac.yaml in it'),
    }),
  ),
});

/** A validated installation document, keys as written. */
export type InstallationDocument = v.InferOutput<typeof installationSchema>;
