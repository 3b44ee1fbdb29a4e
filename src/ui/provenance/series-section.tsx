import { For, Show } from 'solid-js';
import type { AtomProvenance, Provenance, SeriesProvenance } from '../../runtime/api.ts';
import { formatBytes } from '../format/bytes.ts';
import { formatDuration } from '../format/duration.ts';
import { useApp } from '../shell/app-context.ts';
import { anchorText } from '../words/phrase.ts';
import { PhraseView } from '../words/phrase-view.tsx';
import { atomPhrase, seriesPathWord } from '../words/provenance.ts';
import { CopyText } from './copy-text.tsx';
import styles from './provenance.module.css';
import { stateWords } from './state-words.ts';

interface SeriesSectionProps {
  readonly series: SeriesProvenance;
  /** The formula where the series is one over others; null where it is stored itself. */
  readonly formula: string | null;
  readonly backend: Provenance['backend'];
  readonly open: boolean;
}

/** How one series came to be: its path as a sentence, then the evidence of each part. */
export function SeriesSection(props: SeriesSectionProps) {
  return (
    <details class={styles.section} data-key={`series:${props.series.series}`} data-testid="series" open={props.open}>
      <summary>
        {props.series.series}
        <span class={styles.way}>
          {props.formula === null ? seriesPathWord(props.series, props.backend) : 'derived'}
        </span>
      </summary>
      <div class={styles.content}>
        <Show when={props.formula}>{(formula) => <Formula formula={formula()} />}</Show>
        <For each={props.series.atoms}>{(atom) => <AtomEvidence atom={atom} backend={props.backend} />}</For>
      </div>
    </details>
  );
}

/** A series that is a formula over others. */
export function DerivedSection(props: { readonly name: string; readonly formula: string }) {
  return (
    <details class={styles.section} data-key={`series:${props.name}`} data-testid="series">
      <summary>
        {props.name}
        <span class={styles.way}>derived</span>
      </summary>
      <div class={styles.content}>
        <Formula formula={props.formula} />
      </div>
    </details>
  );
}

function Formula(props: { readonly formula: string }) {
  return (
    <p>
      <PhraseView phrase={[{ code: props.formula }, ', computed now, never stored.']} />
    </p>
  );
}

function AtomEvidence(props: { readonly atom: AtomProvenance; readonly backend: Provenance['backend'] }) {
  const app = useApp();
  return (
    <div class={styles.atom}>
      <p>
        {stateWords(props.atom)}: <PhraseView phrase={atomPhrase(props.atom, props.backend, app.locale())} />.
      </p>
      <Show when={props.atom.steps.length > 0}>
        <div>
          <h3>Steps used</h3>
          <ul class={styles.steps}>
            <For each={props.atom.steps}>{(step) => <li>{step.replace('→', ' → ')}</li>}</For>
          </ul>
        </div>
      </Show>
      <Show when={props.atom.statement}>
        {(statement) => (
          <div>
            <h3>Statement that ran</h3>
            <CopyText text={statement()} label="the statement" />
          </div>
        )}
      </Show>
      <Show when={props.atom.notCheaper.length > 0}>
        <div>
          <h3>Why not cheaper</h3>
          <ul class={styles.steps}>
            <For each={props.atom.notCheaper}>{(reason) => <li>{reason}</li>}</For>
          </ul>
        </div>
      </Show>
      <dl class={styles.facts}>
        <dt>At</dt>
        <dd>
          <code>{anchorText(props.atom.anchor)}</code> of {props.atom.schema}
        </dd>
        <Show when={props.atom.entry}>
          {(entry) => (
            <>
              <dt>Entry</dt>
              <dd>
                <code>{entry().key.slice(0, 16)}</code>, {formatBytes(entry().bytes)}, from{' '}
                {entry().tier === 'memory' ? 'memory' : 'its file'}
              </dd>
            </>
          )}
        </Show>
        <dt>Took</dt>
        <dd>{formatDuration(props.atom.milliseconds)}</dd>
      </dl>
    </div>
  );
}
