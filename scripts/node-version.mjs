// Runs on every Node that knows modules: no imports, no syntax newer than modules.

const MAJOR = 20;
const MINOR = 19;

/**
 * Says what to install when a Node version is older than the dependencies support.
 * @param {string} version for example `v20.19.0`
 * @returns {string | undefined} undefined when the version will do
 */
export function nodeComplaint(version) {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  if (major > MAJOR || (major === MAJOR && minor >= MINOR)) return undefined;
  return `Node ${version} is too old: Coframe needs Node ${MAJOR}.${MINOR} or newer. Install the LTS version from https://nodejs.org, or with a version manager (nvm install ${MAJOR}, fnm install ${MAJOR}), then run the same command again.`;
}
