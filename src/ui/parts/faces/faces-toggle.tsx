import { facesPinned, toggleFacesPinned } from '../../state/face-boxes.ts';
import { useObservable } from '../../state/use-observable.ts';
import { IconButton } from '../button.tsx';
import { FaceIcon } from '../icons.tsx';
import './faces-toggle.css';

/** Marks the faces on photos, or no longer. */
export function FacesToggle() {
  const pinned = useObservable(facesPinned);
  return (
    <IconButton
      className="faces-toggle"
      label="Mark the faces"
      shortcut="F"
      aria-pressed={pinned}
      onClick={toggleFacesPinned}
    >
      <FaceIcon />
    </IconButton>
  );
}
