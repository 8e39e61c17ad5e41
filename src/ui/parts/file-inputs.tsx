import { type ChangeEvent, type RefObject, useCallback } from 'react';
import type { Actions } from '../state/actions.ts';
import { chosenFiles, PICTURES } from '../state/files.ts';

interface FileInputsProps {
  actions: Actions;
  files: RefObject<HTMLInputElement | null>;
  folder: RefObject<HTMLInputElement | null>;
}

/** The browser's own file choosers, opened by the buttons that say so. */
export function FileInputs({ actions, files, folder }: FileInputsProps) {
  const onChange = (event: ChangeEvent<HTMLInputElement>) => {
    const chosen = chosenFiles(event.target);
    // The same files may be chosen again.
    event.target.value = '';
    void actions.importFiles(chosen);
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
        accept={PICTURES}
        aria-label="Choose files"
        data-testid="file-input"
        onChange={onChange}
      />
      <input
        ref={folderRef}
        type="file"
        multiple
        aria-label="Choose a folder"
        data-testid="folder-input"
        onChange={onChange}
      />
    </div>
  );
}
