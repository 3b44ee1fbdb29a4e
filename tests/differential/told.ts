import type { Report } from './campaign.ts';

/** What went wrong, for people; `npm run differential -- --seed n` shrinks it. */
export function told({ disagreements, broken }: Pick<Report, 'disagreements' | 'broken'>): readonly string[] {
  const lines = disagreements.map(({ text, faults }) => {
    const ways = Object.entries(faults).map(([way, fault]) => `  ${way}: ${fault}`);
    return [text, ...ways].join('\n');
  });
  return [...lines, ...broken];
}
