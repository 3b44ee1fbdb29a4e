import { describe, expect, it } from 'vitest';
import { nodeComplaint } from '../../../scripts/node-version.mjs';

describe('nodeComplaint', () => {
  it.each(['v20.19.0', 'v20.20.2', 'v22.0.0', 'v24.1.0-nightly'])('accepts %s', (version) => {
    expect(nodeComplaint(version)).toBeUndefined();
  });

  it.each(['v20.18.9', 'v18.20.0', 'v12.22.0'])('refuses %s and says what to install', (version) => {
    expect(nodeComplaint(version)).toMatch(new RegExp(`^Node ${version} is too old: .* 20\\.19 .*nvm install 20`));
  });
});
