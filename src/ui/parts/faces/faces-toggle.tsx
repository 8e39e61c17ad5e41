import { facesPinned, toggleFacesPinned } from '../../state/face-boxes.ts';
import { useObservable } from '../../state/hooks/use-observable.ts';
import { t } from '../../text/t.ts';
import { IconButton } from '../button.tsx';
import { FaceIcon } from '../icons.tsx';
import './faces-toggle.css';

/** Shows or hides face boxes on photos. */
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
