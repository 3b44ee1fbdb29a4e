import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const html = readFileSync(new URL('../../../index.html', import.meta.url), 'utf8');

describe('the static page', () => {
  it('has one inline script, so that a policy needs one hash', () => {
    expect(html.match(/<script(?![^>]*\bsrc=)/g)).toHaveLength(1);
  });

  it('has no inline handlers, no inline style attributes and no address of another origin', () => {
    expect(html).not.toMatch(/\son\w+=/);
    expect(html).not.toMatch(/\sstyle=/);
    expect(html).not.toMatch(/(href|src)="(https?:)?\/\//);
  });

  it('names no figure: what the page counts it tells when it knows', () => {
    const body = html
      .slice(html.indexOf('<body>'))
      .replace(/<svg[\s\S]*?<\/svg>/g, '')
      .replace(/<[^>]*>/g, ' ');
    expect(body.replace('python3', '')).not.toMatch(/\d/);
  });

  it.each(['question', 'ground', 'static-frame', 'coframe'])('has #%s, which the scripts look for', (id) => {
    expect(html).toContain(`id="${id}"`);
  });
});
