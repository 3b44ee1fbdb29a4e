import { afterEach, describe, expect, it } from 'vitest';
import { Lifetime } from '../../../scripts/lifetime.mjs';

const lifetimes: Lifetime[] = [];

afterEach(async () => {
  for (const lifetime of lifetimes.splice(0)) await lifetime.end();
});

/** A lifetime with two endings, which note that they ran. */
function recorded() {
  const ended: string[] = [];
  const exits: number[] = [];
  const lifetime = new Lifetime({ exit: (code) => exits.push(code) });
  lifetimes.push(lifetime);
  for (const name of ['server', 'browser']) lifetime.add(name, async (thing) => void ended.push(thing));
  return { lifetime, ended, exits };
}

describe('Lifetime', () => {
  it('ends last first, once', async () => {
    const { lifetime, ended } = recorded();
    await lifetime.end();
    await lifetime.end();
    expect(ended).toEqual(['browser', 'server']);
  });

  it('ends the rest when one ending fails, and passes the error on', async () => {
    const { lifetime, ended } = recorded();
    lifetime.add('profile', () => Promise.reject(new Error('the folder is busy')));
    await expect(lifetime.end()).rejects.toThrow('the folder is busy');
    expect(ended).toEqual(['browser', 'server']);
  });

  it('ends and exits on a signal, and listens no longer', async () => {
    const before = process.listenerCount('SIGTERM');
    const { ended, exits } = recorded();
    expect(process.listenerCount('SIGTERM')).toBe(before + 1);
    process.emit('SIGTERM');
    await expect.poll(() => exits).toEqual([143]);
    expect(ended).toEqual(['browser', 'server']);
    expect(process.listenerCount('SIGTERM')).toBe(before);
  });
});
