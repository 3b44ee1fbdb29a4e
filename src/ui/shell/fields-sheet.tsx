import { FieldBrowser } from '../browser/field-browser.tsx';
import { Dialog } from '../controls/dialog.tsx';
import { useApp } from './app-context.ts';

/** The fields over the whole height of a phone. */
export function FieldsSheet() {
  const app = useApp();
  return (
    <Dialog title="Fields" sheet onClose={() => app.openDialog(null)}>
      <FieldBrowser onInsert={() => app.openDialog(null)} />
    </Dialog>
  );
}
