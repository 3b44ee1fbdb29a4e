import { createServer, type Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { listen } from '../../../scripts/port.mjs';

const servers: Server[] = [];

/** A server that the test leaves to be closed. */
function server(): Server {
  const made = createServer();
  servers.push(made);
  return made;
}

afterEach(async () => {
  for (const made of servers.splice(0)) await new Promise((resolve) => made.close(resolve));
});

describe('listen', () => {
  it('moves on from a busy port and says so once', async () => {
    const lines: string[] = [];
    const log = (line: string) => lines.push(line);
    const busy = await listen(server(), { host: '127.0.0.1', port: 0, log });
    const next = await listen(server(), { host: '127.0.0.1', port: busy, log });
    const third = await listen(server(), { host: '127.0.0.1', port: busy, log });
    expect(next).toBeGreaterThan(busy);
    expect(third).toBeGreaterThan(next);
    expect(lines).toEqual([`port ${busy} is busy; took ${next}`, `port ${busy} is busy; took ${third}`]);
  });

  it('passes on what is not a busy port', async () => {
    await expect(listen(server(), { host: '203.0.113.1', port: 0 })).rejects.toThrow(/EADDRNOTAVAIL/);
  });
});
