import { type ChangeEvent, type RefObject, useCallback } from 'react';
import type { ImportFile } from '../../../protocol/index.ts';
import { chosenFiles } from '../../state/files.ts';

interface FileInputsProps {
  files: RefObject<HTMLInputElement | null>;
  folder: RefObject<HTMLInputElement | null>;
  /** Kinds of files that the chooser of files offers; all without it. */
  accept?: string;
  labels: { readonly files: string; readonly folder: string };
  testIds: { readonly files: string; readonly folder: string };
  onChoose: (chosen: ImportFile[]) => void;
}

/** The browser's own file choosers, opened by the buttons that say so. */
export function FileInputs(props: FileInputsProps) {
  const { files, folder, accept, labels, testIds, onChoose } = props;
  const onChange = (event: ChangeEvent<HTMLInputElement>) => {
    const chosen = chosenFiles(event.target);
    // The same files may be chosen again.
    event.target.value = '';
    onChoose(chosen);
  };
  // React has no property for this one.
  const folderRef = useCallback(
    (input: HTMLInputElement | null) => {
      if (input) input.webkitdirectory = true;
      folder.current = input;
    },
    [folder],
  );
  return (
    <div hidden>
      <input
        ref={files}
        type="file"
        multiple
        accept={accept}
        aria-label={labels.files}
        data-testid={testIds.files}
        onChange={onChange}
      />
      <input
        ref={folderRef}
        type="file"
        multiple
        aria-label={labels.folder}
        data-testid={testIds.folder}
        onChange={onChange}
      />
    </div>
  );
}
