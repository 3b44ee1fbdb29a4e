import { countOf } from '../format/count.ts';
import { formatDuration } from '../format/duration.ts';
import type { Outcome } from '../query/question.ts';
import { useApp } from '../shell/app-context.ts';
import { badgeWords } from '../words/served-from.ts';
import { Badge } from './badge.tsx';
import { LevelChip } from './level-chip.tsx';
import styles from './served-line.module.css';

type Served = Extract<Outcome, { kind: 'served' }>;

interface ServedLineProps {
  readonly served: Served;
  readonly onOrigin: () => void;
  readonly onLevel: () => void;
}

/** What the result bar says of a served answer: rows, where from, time and level. */
export function ServedLine(props: ServedLineProps) {
  const app = useApp();
  const answer = () => props.served.answer;
  return (
    <>
      <span class={styles.rows} data-testid="row-count">
        {countOf(answer().row_count, 'row', 'rows', app.locale())}
      </span>
      <Badge words={badgeWords(answer().served_from, answer().provenance)} onPress={props.onOrigin} />
      <span
        class={styles.time}
        data-testid="time"
        data-tip={timeWords(props.served.milliseconds, answer().provenance.milliseconds)}
      >
        {formatDuration(props.served.milliseconds)}
      </span>
      <LevelChip level={answer().level} onPress={props.onLevel} />
    </>
  );
}

function timeWords(
  total: number,
  inside: { readonly plan: number; readonly serve: number; readonly compose: number; readonly total: number },
): string {
  return [
    `${formatDuration(total)} from asking to having the answer on this page.`,
    `In the engine: ${formatDuration(inside.total)} (plan ${formatDuration(inside.plan)}, serve ${formatDuration(inside.serve)}, compose ${formatDuration(inside.compose)}).`,
  ].join('\n');
}
