import { Progress } from '@base-ui/react/progress';
import { useEffect, useRef } from 'react';
import type { VectorFileProgress } from '../../../protocol/index.ts';
import { takeFocus } from '../../panels/take-focus.ts';
import { t } from '../../text/t.ts';
import { Button } from '../button.tsx';
import './export-work.css';

interface ExportWorkProps {
  /** `null` while what is known about the photos is being read. */
  progress: VectorFileProgress | null;
  onCancel: () => void;
}

/** Vectors that are being exported. */
export function ExportWork({ progress, onCancel }: ExportWorkProps) {
  const detail = progress ? t('export.photos', { ...progress }) : t('common.gettingReady');
  const cancel = useRef<HTMLButtonElement>(null);
  // The button that started it is gone.
  useEffect(() => takeFocus(cancel.current), []);
  return (
    <>
      <Progress.Root
        className="export-progress"
        value={progress ? (100 * progress.done) / Math.max(1, progress.total) : null}
        aria-label={t('export.exporting')}
        getAriaValueText={() => detail}
      >
        <p className="muted" data-testid="export-progress">
          {detail}
        </p>
        <Progress.Track className="quota-track">
          <Progress.Indicator className="export-indicator" />
        </Progress.Track>
      </Progress.Root>
      <div className="panel-buttons">
        <Button ref={cancel} onClick={onCancel}>
          {t('common.cancel')}
        </Button>
      </div>
    </>
  );
}
