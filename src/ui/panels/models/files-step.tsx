import { useRef } from 'react';
import { Button } from '../../parts/button.tsx';
import { FilesIcon, FolderIcon } from '../../parts/icons.tsx';
import { FileInputs } from '../../parts/import/file-inputs.tsx';
import { bytes, cleanName } from '../../pure/format.ts';
import { trialFiles } from '../../pure/settings/trial-files.ts';
import { t } from '../../text/t.ts';
import { TrialError } from './trial-error.tsx';
import { TrialWork } from './trial-work.tsx';
import type { useTrial } from './use-trial.ts';

/** Files listed by name; the rest are counted. */
const NAMED = 8;

interface FilesStepProps {
  trial: ReturnType<typeof useTrial>;
  /** Whether files are being dragged over the page. */
  over: boolean;
}

/** Step 1: choose the files of a model. */
export function FilesStep({ trial, over }: FilesStepProps) {
  const { files, facts, error, work } = trial;
  const chooser = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);

  if (work === 'reading' && trial.trial) {
    return <TrialWork trial={trial.trial} title={t('models.reading')} onCancel={trial.cancel} />;
  }
  const isIncomplete = error?.code === 'model-incomplete';
  return (
    <>
      <p className="muted">{t('models.filesIntro')}</p>
      {error && (
        <TrialError title={t('models.unusable')} error={error}>
          {isIncomplete && <p className="muted">{t('models.chooseMissing')}</p>}
        </TrialError>
      )}
      <div className="trial-drop" data-over={over || undefined}>
        <p>{t(over ? 'models.dropNow' : 'models.drop')}</p>
        <div className="setting-buttons">
          <Button look={facts ? 'plain' : 'primary'} onClick={() => chooser.current?.click()}>
            <FilesIcon /> {t('models.chooseFiles')}
          </Button>
          <Button onClick={() => folder.current?.click()}>
            <FolderIcon /> {t('models.chooseFolder')}
          </Button>
        </div>
      </div>
      <FileInputs
        files={chooser}
        folder={folder}
        labels={{ files: t('models.chooseModelFiles'), folder: t('models.chooseModelFolder') }}
        testIds={{ files: 'model-input', folder: 'model-folder-input' }}
        onChoose={(chosen) => void trial.read(trialFiles(chosen))}
      />
      {files.length > 0 && (
        <>
          <h4 className="trial-part">{t('models.chosenFiles')}</h4>
          <ul className="trial-files" data-testid="model-files">
            {files.slice(0, NAMED).map(({ name, file }) => (
              <li key={name}>
                <bdi>{cleanName(name)}</bdi> <span className="muted">{bytes(file.size)}</span>
              </li>
            ))}
            {files.length > NAMED && (
              <li className="muted">{t('common.moreFiles', { count: files.length - NAMED })}</li>
            )}
          </ul>
        </>
      )}
      {facts && (
        <div className="panel-buttons">
          <Button onClick={() => trial.goTo('setup')}>
            {t.rich('models.continueWith', {
              title: cleanName(facts.title),
              name: (chunks) => <bdi>{chunks}</bdi>,
            })}
          </Button>
        </div>
      )}
    </>
  );
}
