import { Progress } from '@base-ui/react/progress';
import type { ListProgress } from '../../../protocol/index.ts';
import { PanelShell } from '../../panels/panel.tsx';
import { t } from '../../text/t.ts';
import { Button } from '../button.tsx';
import './items.css';

interface ListImportProps {
  progress: ListProgress | null;
  onCancel: () => void;
}

/** A list that is being imported. Closing it cancels the import. */
export function ListImport({ progress, onCancel }: ListImportProps) {
  const matching = progress?.step === 'matching' ? progress : null;
  const detail = matching
    ? t('items.listRows', { done: matching.done, total: matching.total })
    : t(progress?.step === 'saving' ? 'items.listSaving' : 'items.listReading');
  return (
    <PanelShell title={t('items.listImporting')} onClose={onCancel} question={null}>
      <Progress.Root
        className="list-progress"
        value={matching ? (100 * matching.done) / Math.max(1, matching.total) : null}
        aria-label={t('items.listImporting')}
        getAriaValueText={() => detail}
      >
        <p className="muted" data-testid="list-progress">
          {detail}
        </p>
        <Progress.Track className="list-track">
          <Progress.Indicator className="list-indicator" />
        </Progress.Track>
      </Progress.Root>
      <Button onClick={onCancel}>{t('common.cancel')}</Button>
    </PanelShell>
  );
}
