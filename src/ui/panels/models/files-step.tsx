import { useRef } from 'react';
import { Button } from '../../parts/button.tsx';
import { FileInputs } from '../../parts/file-inputs.tsx';
import { FilesIcon, FolderIcon } from '../../parts/icons.tsx';
import { bytes, cleanName, plural } from '../../pure/format.ts';
import { trialFiles } from '../../pure/trial-files.ts';
import { TrialError } from './trial-error.tsx';
import { TrialWork } from './trial-work.tsx';
import type { useTrial } from './use-trial.ts';

/** Files that are named; the rest is counted. */
const NAMED = 8;

interface FilesStepProps {
  trial: ReturnType<typeof useTrial>;
  /** Files are held over the page. */
  over: boolean;
}

/** Where the files of a model come from. */
export function FilesStep({ trial, over }: FilesStepProps) {
  const { files, facts, error, work } = trial;
  const chooser = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);

  if (work === 'reading' && trial.trial) {
    return <TrialWork trial={trial.trial} title="Reading the model" onCancel={trial.cancel} />;
  }
  const isIncomplete = error?.code === 'model-incomplete';
  return (
    <>
      <p className="muted">
        A TensorFlow.js model that takes pictures, as a graph or as layers: its model.json, and the
        files of weights beside it. Akin tries it on your photos first; nothing changes until you
        keep it, and nothing leaves this device.
      </p>
      {error && (
        <TrialError title="This model can’t be used" error={error}>
          {isIncomplete && (
            <p className="muted">
              Choose the missing files, or all of them at once. Those below are kept.
            </p>
          )}
        </TrialError>
      )}
      <div className="trial-drop" data-over={over || undefined}>
        <p>{over ? 'Drop to read the model' : 'Drop the files or their folder here, or'}</p>
        <div className="setting-buttons">
          <Button look={facts ? 'plain' : 'primary'} onClick={() => chooser.current?.click()}>
            <FilesIcon /> Choose files…
          </Button>
          <Button onClick={() => folder.current?.click()}>
            <FolderIcon /> Choose folder…
          </Button>
        </div>
      </div>
      <FileInputs
        files={chooser}
        folder={folder}
        labels={{ files: 'Choose the files of a model', folder: 'Choose the folder of a model' }}
        testIds={{ files: 'model-input', folder: 'model-folder-input' }}
        onChoose={(chosen) => void trial.read(trialFiles(chosen))}
      />
      {files.length > 0 && (
        <>
          <h4 className="trial-part">Chosen</h4>
          <ul className="trial-files" data-testid="model-files">
            {files.slice(0, NAMED).map(({ name, file }) => (
              <li key={name}>
                <bdi>{cleanName(name)}</bdi> <span className="muted">{bytes(file.size)}</span>
              </li>
            ))}
            {files.length > NAMED && (
              <li className="muted">and {plural(files.length - NAMED, 'more file')}</li>
            )}
          </ul>
        </>
      )}
      {facts && (
        <div className="panel-buttons">
          <Button onClick={() => trial.goTo('setup')}>
            Go on with “<bdi>{cleanName(facts.title)}</bdi>”
          </Button>
        </div>
      )}
    </>
  );
}
