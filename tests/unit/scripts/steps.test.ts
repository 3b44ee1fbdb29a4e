import { describe, expect, it } from 'vitest';
import { Steps } from '../../../scripts/steps.mjs';

/** Steps under a clock that advances only when told. */
function recorded(total: number) {
  let text = '';
  let clock = 0;
  const steps = new Steps(total, { write: (part) => (text += part), now: () => clock });
  return { steps, wait: (milliseconds: number) => (clock += milliseconds), text: () => text };
}

describe('Steps', () => {
  it('prints number, name, outcome and seconds on one line', async () => {
    const { steps, wait, text } = recorded(5);
    await steps.run('install', () => void wait(400));
    await steps.run('fixtures', async () => {
      wait(6_000);
      return '523,023 rows, 7.4 MB';
    });
    expect(text()).toBe('[1/5] install … 0.4 s\n[2/5] fixtures … 523,023 rows, 7.4 MB, 6 s\n');
  });

  it('describes results that are not text, and returns them', async () => {
    const { steps, text } = recorded(1);
    const result = await steps.run(
      'browser',
      () => ({ version: 'Chromium 156' }),
      ({ version }) => version,
    );
    expect(result).toEqual({ version: 'Chromium 156' });
    expect(text()).toBe('[1/1] browser … Chromium 156, 0.0 s\n');
  });

  it('repeats the head when something was printed in between', async () => {
    const { steps, wait, text } = recorded(1);
    await steps.run('browser', () => {
      steps.log('$ apt-get update');
      steps.log('$ apt-get install -y chromium');
      wait(65_000);
    });
    expect(text()).toBe(
      '[1/1] browser … \n      $ apt-get update\n      $ apt-get install -y chromium\n[1/1] browser … 1 min 5 s\n',
    );
  });

  it('says that a step failed and passes the error on', async () => {
    const { steps, text } = recorded(2);
    const failing = steps.run('build', () => {
      throw new Error('no index.html');
    });
    await expect(failing).rejects.toThrow('no index.html');
    expect(text()).toBe('[1/2] build … failed, 0.0 s\n');
  });
});
