import { Show, Suspense } from 'solid-js';
import { Grid } from '../grid/grid.tsx';
import type { Outcome } from '../query/question.ts';
import { useApp } from '../shell/app-context.ts';
import { ZeroRows } from '../shell/parts.ts';
import { CaveatStrips } from './caveat-strips.tsx';
import styles from './served-view.module.css';

type Served = Extract<Outcome, { kind: 'served' }>;

interface ServedViewProps {
  readonly served: Served;
  readonly stale: boolean;
  /** The row of the answer that stands at a place of the grid. */
  readonly onOrder: (row: (shown: number) => number) => void;
  readonly onOrigin: (series: string) => void;
  readonly onWhy: () => void;
}

/** A served answer: what has to be said with it, and its rows; never one without the other. */
export function ServedView(props: ServedViewProps) {
  const app = useApp();
  const frame = () => props.served.frame;
  return (
    <div class={styles.answer} data-empty={frame().rowCount === 0 ? '' : undefined}>
      <CaveatStrips
        disclosures={props.served.answer.disclosures}
        replaced={props.served.replaced}
        onWhy={props.onWhy}
      />
      <Grid
        frame={frame()}
        locale={app.locale()}
        narrow={app.layout() === 'phone'}
        stale={props.stale}
        onOrder={props.onOrder}
        onOrigin={props.onOrigin}
        announce={app.announce}
      />
      <Show when={frame().rowCount === 0}>
        <Suspense>
          <ZeroRows question={props.served.question} answer={props.served.answer} />
        </Suspense>
      </Show>
    </div>
  );
}
