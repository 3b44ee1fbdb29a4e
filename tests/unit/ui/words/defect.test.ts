import { describe, expect, it } from 'vitest';
import {
  AssetError,
  BackendFailedError,
  CollectionError,
  DefectError,
  WorkerLostError,
} from '../../../../src/runtime/client.ts';
import { defectOf } from '../../../../src/ui/words/defect.ts';

const issue = { code: 'UNKNOWN_KEY', message: 'No key `x`.', file: 'ac.yaml', line: 3, column: 5 };

const cases: readonly [name: string, error: unknown, heading: string, action: string][] = [
  ['YAML', new CollectionError('ac.yaml:3:5', [issue]), 'The collection cannot be compiled', 'reload'],
  ['a missing worker', new AssetError('gone', 'Reload.'), 'A part of this page is missing', 'reload'],
  ['a dead worker', new WorkerLostError('lost'), 'The engine of this page stopped', 'reload'],
  ['a dead backend', new BackendFailedError('trap', 'Restart.'), 'The database engine failed', 'restart'],
  ['a fault', new DefectError('oops', 'stack'), 'Something broke', 'again'],
  [
    'Chromium, chunk',
    new TypeError('Failed to fetch dynamically imported module: x.js'),
    'This page was updated',
    'reload',
  ],
  [
    'Firefox, chunk',
    new TypeError('error loading dynamically imported module: x.js'),
    'This page was updated',
    'reload',
  ],
  ['WebKit, chunk', new TypeError('Importing a module script failed.'), 'This page was updated', 'reload'],
  ['what is no error', 'text', 'Something broke', 'again'],
];

describe('defects', () => {
  it.each(cases)('%s: %s', (_name, error, heading, action) => {
    const defect = defectOf(error);
    expect(defect).toMatchObject({ heading, action });
    expect(defect.remedy).not.toBe('');
    expect(defect.details).not.toBe('');
  });

  it('keeps the places of YAML problems', () => {
    expect(defectOf(new CollectionError('m', [issue])).issues).toEqual([issue]);
  });
});
