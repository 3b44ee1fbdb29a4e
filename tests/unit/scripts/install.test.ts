import { describe, expect, it } from 'vitest';
import { isInstalled } from '../../../scripts/install.mjs';

const solid = { version: '1.9.19', integrity: 'sha512-a' };
const native = { version: '2.0.0', integrity: 'sha512-b', optional: true };
const wanted = new Map([
  ['node_modules/solid-js', solid],
  ['node_modules/native', native],
]);

describe('isInstalled', () => {
  it.each([
    [
      'everything',
      [
        ['node_modules/solid-js', solid],
        ['node_modules/native', native],
      ],
      true,
    ],
    ['all but what is optional', [['node_modules/solid-js', solid]], true],
    ['another version', [['node_modules/solid-js', { ...solid, version: '1.9.18' }]], false],
    ['other content', [['node_modules/solid-js', { ...solid, integrity: 'sha512-c' }]], false],
    [
      'another version of what is optional',
      [
        ['node_modules/solid-js', solid],
        ['node_modules/native', solid],
      ],
      false,
    ],
    ['too little', [['node_modules/native', native]], false],
    [
      'too much',
      [
        ['node_modules/solid-js', solid],
        ['node_modules/left', solid],
      ],
      false,
    ],
    ['nothing', [], false],
  ] as const)('%s', (_, present, expected) => {
    expect(isInstalled(wanted, new Map(present))).toBe(expected);
  });
});
