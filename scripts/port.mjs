/**
 * Makes a server listen on `port`, or on the next free port above it, and says so when it had to move on. Port 0 lets the
 * system choose.
 * @param {import('node:net').Server} server
 * @param {{ host: string, port: number, log?: (line: string) => void }} options
 * @returns {Promise<number>} the port taken
 * @throws when no port up to 65535 is free, or the host cannot be bound at all
 */
export async function listen(server, { host, port, log = () => {} }) {
  for (let candidate = port; candidate <= 65535; candidate += 1) {
    const taken = await bind(server, host, candidate);
    if (taken === 'busy') continue;
    if (port !== 0 && taken !== port) log(`port ${port} is busy; took ${taken}`);
    return taken;
  }
  throw new Error(`ports ${port} to 65535 on ${host} are all busy. Pass a lower one, for example PORT=4173.`);
}

/**
 * @param {import('node:net').Server} server
 * @param {string} host
 * @param {number} port
 * @returns {Promise<number | 'busy'>}
 */
function bind(server, host, port) {
  return new Promise((resolve, reject) => {
    /** @param {NodeJS.ErrnoException} error */
    const onError = (error) => {
      server.off('listening', onListening);
      // EACCES: ports that the system reserves (Windows keeps whole ranges) are as good as busy.
      if (error.code === 'EADDRINUSE' || (error.code === 'EACCES' && port > 1023)) resolve('busy');
      else reject(error);
    };
    const onListening = () => {
      server.off('error', onError);
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    };
    server.once('error', onError);
    server.once('listening', onListening);
    server.listen(port, host);
  });
}
