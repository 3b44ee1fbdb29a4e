import { askCollection } from './campaign.ts';
import { regressionText } from './regression.ts';
import { shrink } from './shrink.ts';
import { told } from './told.ts';

export interface LongRunOptions {
  /** Questions to ask; the last collection is asked all of its own. */
  readonly queries: number;
  /** Of the first collection; the following ones follow. */
  readonly seed: number;
  /** Asked of each collection. */
  readonly each: number;
  /** Cases to shrink; more are told as they are. */
  readonly shrunk: number;
  readonly print: (line: string) => void;
}

/** Asks collection after collection. Returns how many questions, or laws, went wrong. */
export async function longRun({ queries, seed, each, shrunk, print }: LongRunOptions): Promise<number> {
  const started = performance.now();
  const sum = { collections: 0, questions: 0, refusals: 0, ties: 0, open: 0, laws: 0, wrong: 0 };
  const tell = () => {
    const seconds = (performance.now() - started) / 1000;
    print(
      `${sum.questions} questions of ${sum.collections} collections (seeds ${seed} to ${seed + sum.collections - 1}) in ${seconds.toFixed(0)} s, ` +
        `${(sum.questions / seconds).toFixed(1)}/s: ${sum.wrong} disagreements, ${sum.refusals} refused alike, ${sum.ties} ties, ${sum.open} left open, ${sum.laws} laws tried`,
    );
  };
  for (let next = seed; sum.questions < queries; next++) {
    const report = await askCollection(next, each);
    sum.collections += 1;
    for (const key of ['questions', 'refusals', 'ties', 'open', 'laws'] as const) sum[key] += report[key];
    for (const line of told(report)) print(`seed ${next}: ${line}`);
    for (const disagreement of report.disagreements) {
      sum.wrong += 1;
      if (sum.wrong > shrunk) continue;
      const { disagreement: smallest, ...scene } = await shrink(report.world, disagreement);
      print(
        `seed ${next}, shrunk: ${told({ disagreements: [smallest], broken: [] }).join('\n')}\n${regressionText(scene, disagreement.code)}`,
      );
    }
    sum.wrong += report.broken.length;
    if (sum.collections % 10 === 0) tell();
  }
  tell();
  return sum.wrong;
}
