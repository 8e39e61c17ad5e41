import { Button } from '../../parts/button.tsx';
import { useUi } from '../../state/ui.ts';
import { t } from '../../text/t.ts';

/** The call that does the same on the console. */
export function ConsoleCall({ call }: { call: string }) {
  const { showToast } = useUi();
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(call);
      showToast({ text: t('lab.copied') });
    } catch {
      showToast({ text: t('lab.copyFailed'), urgent: true });
    }
  };
  return (
    <div className="lab-call">
      <h3>{t('lab.call')}</h3>
      <pre data-testid="lab-call">
        <code>{call}</code>
      </pre>
      <Button onClick={() => void copy()}>{t('lab.copy')}</Button>
    </div>
  );
}
