import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import {
  type PhotoId,
  VECTOR_FORMATS,
  type VectorFileProgress,
  type VectorFormat,
} from '../../../protocol/index.ts';
import { PanelShell } from '../../panels/panel.tsx';
import { attempt } from '../../state/actions/attempt.ts';
import { useObservable } from '../../state/hooks/use-observable.ts';
import { saveBytes } from '../../state/save-file.ts';
import { useUi } from '../../state/ui.ts';
import { shownLanguage } from '../../text/language.ts';
import { t } from '../../text/t.ts';
import { Button } from '../button.tsx';
import { DownloadIcon } from '../icons.tsx';
import { ExportWork } from './export-work.tsx';
import '../../panels/settings.css';
import './export-vectors.css';

interface ExportVectorsProps {
  /** The photos to export; all if omitted. */
  ids?: readonly PhotoId[];
  onClose: () => void;
  /** A question asked from within the dialog. */
  children?: ReactNode;
}

/** Exports the vectors of all or of some photos to a file. Closing it cancels. */
export default function ExportVectors({ ids, onClose, children = null }: ExportVectorsProps) {
  const { akin, faces, showToast } = useUi();
  const hasPeople = useObservable(faces.state).report?.on === true;
  const [format, setFormat] = useState<VectorFormat>('tsv');
  // Names are sensitive, so they are only exported when someone ticks the box, every time.
  const [people, setPeople] = useState(false);
  const [progress, setProgress] = useState<VectorFileProgress | null>(null);
  const [work, setWork] = useState<AbortController | null>(null);
  const running = useRef<AbortController | null>(null);
  const start = useRef<HTMLButtonElement>(null);
  const wasRunning = useRef(false);
  const peopleHint = useId();
  useEffect(() => () => running.current?.abort(), []);
  useEffect(() => {
    if (wasRunning.current && !work) start.current?.focus();
    wasRunning.current = work !== null;
  }, [work]);

  const run = async () => {
    const controller = new AbortController();
    running.current = controller;
    setProgress(null);
    setWork(controller);
    const file = await attempt(showToast, t('export.failed'), () =>
      akin.exportVectors({
        format,
        ids,
        people: hasPeople && people,
        language: shownLanguage(),
        signal: controller.signal,
        onProgress: setProgress,
      }),
    );
    if (!file) return setWork(null);
    saveBytes(file.blob, file.name);
    const { photos, skipped } = file;
    showToast({
      text: t('export.done', { count: photos }),
      ...(skipped > 0 && { detail: t('export.skipped', { count: skipped }) }),
    });
    onClose();
  };

  return (
    <PanelShell
      title={ids ? t('export.titleSome', { count: ids.length }) : t('export.title')}
      onClose={onClose}
      question={children}
    >
      {work ? (
        <ExportWork progress={progress} onCancel={() => work.abort()} />
      ) : (
        <form
          className="setting"
          onSubmit={(event) => {
            event.preventDefault();
            void run();
          }}
        >
          <p className="muted">{t('export.intro')}</p>
          <fieldset className="choices export-formats">
            <legend>{t('export.format')}</legend>
            {VECTOR_FORMATS.map((each) => (
              <label key={each} className="choice">
                <input
                  type="radio"
                  name="vector-format"
                  value={each}
                  checked={format === each}
                  onChange={() => setFormat(each)}
                />
                <span className="choice-words">
                  <span className="choice-title">{t(`export.formats.${each}`)}</span>
                  <span className="muted">{t(`export.hints.${each}`)}</span>
                </span>
              </label>
            ))}
          </fieldset>
          {hasPeople && (
            <label className="choice export-people">
              <input
                type="checkbox"
                checked={people}
                aria-describedby={peopleHint}
                onChange={(event) => setPeople(event.target.checked)}
              />
              <span className="choice-words">
                <span className="choice-title">{t('export.people')}</span>
                <span id={peopleHint} className="muted">
                  {t('export.peopleHint')}
                </span>
              </span>
            </label>
          )}
          <div className="panel-buttons">
            <Button onClick={onClose}>{t('common.cancel')}</Button>
            <Button ref={start} type="submit" look="primary">
              <DownloadIcon /> {t('export.export')}
            </Button>
          </div>
        </form>
      )}
    </PanelShell>
  );
}
