import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { hintYaml } from '../../../src/engine/hint-yaml.ts';

describe('the YAML of a hint', () => {
  it('keeps the anchors that are declared and tells hits / days = rate', () => {
    expect(hintYaml([['region']], ['day', 'region'], { hits: 240, days: 16, hitsPerDay: 15 })).toBe(
      [
        '    cache_hint:',
        '      materialize_at:',
        '        - [region]',
        '        - [day, region] # 240 hits / 16 days = 15 a day',
        '',
      ].join('\n'),
    );
  });

  it.each([
    [{ hits: 1, days: 0.2, hitsPerDay: 1 }, '# 1 hit / less than 1 day = 1 a day'],
    [{ hits: 100, days: 7.04, hitsPerDay: 100 / 7.04 }, '# 100 hits / 7 days = 14.2 a day'],
  ])('tells a rate of %o', (rate, comment) => {
    expect(hintYaml([], [], rate)).toContain(`        - [] ${comment}\n`);
  });

  it('is read back as what it says, whatever the names', () => {
    const name = fc.oneof(
      fc.constantFrom(
        'true',
        'null',
        'no',
        'Yes',
        '~',
        '1',
        '1e3',
        'a b',
        'a, b',
        "it's",
        '#x',
        'a: b',
        '[x]',
        '"q"',
        '',
      ),
      fc.string({ unit: 'binary', maxLength: 12 }).filter((each) => !/[\p{Cc}\p{Cs}\p{Cn}\ufeff]/u.test(each)),
    );
    const anchor = fc.array(name, { maxLength: 3 });
    fc.assert(
      fc.property(fc.array(anchor, { maxLength: 3 }), anchor, (declared, added) => {
        const yaml = hintYaml(declared, added, { hits: 3, days: 2, hitsPerDay: 1.5 });
        expect(parse(yaml)).toEqual({ cache_hint: { materialize_at: [...declared, added] } });
      }),
    );
  });
});
