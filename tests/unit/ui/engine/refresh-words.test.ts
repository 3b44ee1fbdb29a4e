import { expect, test } from 'vitest';
import type { RefreshReport } from '../../../../src/runtime/api.ts';
import { refreshWords } from '../../../../src/ui/engine/refresh-words.ts';

const NOTHING: RefreshReport = {
  sources: [{ name: 'sales', state: 'same' }],
  dropped: [],
  recomputed: [],
  notRecomputed: [],
  swept: 0,
  milliseconds: 12,
};
const ENTRY = { key: 'k', family: 'amount', state: 'sum', anchor: ['store'], filter: null };

test.each([
  ['nothing', NOTHING, ['No source has changed.', 'Every entry is of what there is now.']],
  [
    'stated hashes',
    { ...NOTHING, sources: [{ name: 'sales', state: 'stated' }] },
    ['Every source states its hash, so none was asked for.', 'Every entry is of what there is now.'],
  ],
  [
    'a change',
    {
      ...NOTHING,
      sources: [
        { name: 'sales', state: 'changed' },
        { name: 'stores', state: 'assumed' },
        { name: 'targets', state: 'unreadable' },
      ],
      dropped: [ENTRY, ENTRY, ENTRY],
      recomputed: [
        { ...ENTRY, path: 'backend', milliseconds: 8 },
        { ...ENTRY, path: 'rollup', milliseconds: 1 },
      ],
      notRecomputed: [{ ...ENTRY, reason: 'no' }],
      swept: 1,
    },
    [
      'Changed: sales.',
      'Not proven to be unchanged, and not to be fetched: stores.',
      'Cannot be read: targets. What is stored of it stays.',
      'Swept: 1 file that no entry named.',
      '3 entries dropped, 2 entries made anew in 12 ms (1 entry rolled up from finer ones), the others not:',
    ],
  ],
] as const)('%s', (_, report, words) => {
  // Numbers and their units are kept together by other spaces than these.
  expect(refreshWords(report, 'en').map((each) => each.replace(/\s/g, ' '))).toEqual(words);
});
