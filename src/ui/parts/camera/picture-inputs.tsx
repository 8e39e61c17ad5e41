import type { RefObject } from 'react';
import { PICTURES } from '../../state/files.ts';

interface PictureInputsProps {
  chooser: RefObject<HTMLInputElement | null>;
  /** Opens the camera app of a phone. */
  camera: RefObject<HTMLInputElement | null>;
  labels: { readonly choose: string; readonly take: string };
  testId: string;
  onPicture: (picture: File) => void;
}

/** Hidden inputs for one picture: of the file chooser, and of the camera. */
export function PictureInputs({ chooser, camera, labels, testId, onPicture }: PictureInputsProps) {
  const choose = (input: HTMLInputElement) => {
    const file = input.files?.[0];
    // Lets the same picture be chosen again.
    input.value = '';
    if (file) onPicture(file);
  };
  return (
    <>
      <input
        ref={chooser}
        hidden
        type="file"
        accept={PICTURES}
        aria-label={labels.choose}
        data-testid={testId}
        onChange={(event) => choose(event.target)}
      />
      <input
        ref={camera}
        hidden
        type="file"
        accept="image/*"
        capture="environment"
        aria-label={labels.take}
        onChange={(event) => choose(event.target)}
      />
    </>
  );
}
