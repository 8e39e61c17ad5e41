import { type ChangeEvent, type RefObject, useCallback } from 'react';
import type { ImportFile } from '../../../protocol/index.ts';
import { chosenFiles } from '../../state/files.ts';

interface FileInputsProps {
  files: RefObject<HTMLInputElement | null>;
  folder: RefObject<HTMLInputElement | null>;
  /** `accept` attribute of the file chooser; all types without it. */
  accept?: string;
  labels: { readonly files: string; readonly folder: string };
  testIds: { readonly files: string; readonly folder: string };
  onChoose: (chosen: ImportFile[]) => void;
}

/** Hidden file and folder inputs, opened by the visible buttons. */
export function FileInputs(props: FileInputsProps) {
  const { files, folder, accept, labels, testIds, onChoose } = props;
  const onChange = (event: ChangeEvent<HTMLInputElement>) => {
    const chosen = chosenFiles(event.target);
    // Lets the same files be chosen again.
    event.target.value = '';
    onChoose(chosen);
  };
  // React has no property for `webkitdirectory`.
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
