import { facesPinned, toggleFacesPinned } from '../../state/face-boxes.ts';
import { useObservable } from '../../state/hooks/use-observable.ts';
import { t } from '../../text/t.ts';
import { IconButton } from '../button.tsx';
import { FaceIcon } from '../icons.tsx';
import './faces-toggle.css';

/** Shows the faces on photos, or hides them. */
export function FacesToggle() {
  const pinned = useObservable(facesPinned);
  return (
    <IconButton
      className="faces-toggle"
      label={t('faces.show')}
      shortcut="F"
      aria-pressed={pinned}
      onClick={toggleFacesPinned}
    >
      <FaceIcon />
    </IconButton>
  );
}
