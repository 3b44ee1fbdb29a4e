import { createSignal, Show } from 'solid-js';
import button from '../controls/button.module.css';
import { writeClipboard } from '../controls/clipboard.ts';
import { Dialog } from '../controls/dialog.tsx';
import { Menu, type MenuItem } from '../controls/menu.tsx';
import { formatBytes } from '../format/bytes.ts';
import { formatCount } from '../format/count.ts';
import { Icon } from '../icons/icon.tsx';
import { useApp } from '../shell/app-context.ts';
import { type CopyFormat, type CopySource, copyFrame } from './copy.ts';
import styles from './copy-menu.module.css';

interface CopyMenuProps {
  readonly source: CopySource;
  /** The question as the engine spells it. */
  readonly canonical: string;
}

/** Above this many rows it is said first how much will be copied. */
const ASK_ABOVE = 50_000;

const FORMATS: readonly { readonly format: CopyFormat; readonly label: string }[] = [
  { format: 'tsv', label: 'TSV, for spreadsheets' },
  { format: 'csv', label: 'CSV' },
  { format: 'json', label: 'JSON' },
];

/** Copies the answer, in the order shown, or its question. */
export function CopyMenu(props: CopyMenuProps) {
  const app = useApp();
  const [pending, setPending] = createSignal<{ readonly text: string; readonly label: string } | null>(null);
  const put = async (text: string, what: string) => {
    try {
      await writeClipboard(text);
      app.announce(`Copied ${what}.`);
    } catch (error) {
      app.announce(error instanceof Error ? error.message : 'Not copied.');
    }
  };
  const rows = () => `${formatCount(props.source.frame.rowCount, app.locale())} rows`;
  const copy = (format: CopyFormat, label: string) => {
    const text = copyFrame(props.source, format);
    if (props.source.frame.rowCount > ASK_ABOVE) setPending({ text, label });
    else void put(text, `${rows()} as ${label}`);
  };
  const items = (): readonly MenuItem[] => [
    ...FORMATS.map(({ format, label }) => ({ label, onSelect: () => copy(format, label) })),
    { label: 'Frame-QL', detail: props.canonical, onSelect: () => void put(props.canonical, 'the question') },
  ];
  return (
    <>
      <Menu buttonClass={button.button} items={items()} align="end" label="Copy">
        <Icon name="copy" size={14} />
        Copy
        <Icon name="down" size={12} />
      </Menu>
      <Show when={pending()}>
        {(large) => (
          <Dialog title="Copy a large answer?" onClose={() => setPending(null)}>
            <p class={styles.size}>
              {rows()}, {formatBytes(new Blob([large().text]).size)} as {large().label}.
            </p>
            <button
              type="button"
              class={button.primary}
              onClick={() => {
                const { text, label } = large();
                setPending(null);
                void put(text, `${rows()} as ${label}`);
              }}
            >
              Copy
            </button>
          </Dialog>
        )}
      </Show>
    </>
  );
}
