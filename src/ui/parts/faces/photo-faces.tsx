import { useCallback, useState } from 'react';
import type { FaceBox, FaceKey, FaceView, PhotoId } from '../../../protocol/index.ts';
import { personName } from '../../pure/people/face-text.ts';
import { boxStyle, largestFirst } from '../../pure/viewer/face-box.ts';
import { useFacesLoad } from '../../state/hooks/faces/use-faces-load.ts';
import { useUi } from '../../state/ui.ts';
import { t } from '../../text/t.ts';
import { AddIcon } from '../icons.tsx';
import { DrawBox } from './draw-box.tsx';
import './photo-faces.css';

interface PhotoFacesProps {
  photoId: PhotoId;
  /** Width / height of the picture. */
  aspect: number;
  /** The face being identified. */
  face: FaceKey | null;
  /** Whether the boxes stay visible instead of showing on hover. */
  pinned: boolean;
  onFace: (face: FaceKey) => void;
}

/** Boxes and names over the faces of a photo. */
export default function PhotoFaces({ photoId, aspect, face, pinned, onFace }: PhotoFacesProps) {
  const { akin, people } = useUi();
  const { value } = useFacesLoad(useCallback(() => akin.faces.ofPhoto(photoId), [akin, photoId]));
  const [drawing, setDrawing] = useState(false);

  const add = async (box: FaceBox) => {
    const added = await people.run(t('faces.addFailed'), async () =>
      onFace((await akin.faces.addFace(photoId, box)).id),
    );
    if (added) setDrawing(false);
  };

  if (drawing) {
    return (
      <DrawBox aspect={aspect} onDone={(box) => void add(box)} onCancel={() => setDrawing(false)} />
    );
  }
  const faces = largestFirst(value ?? []);
  return (
    <div className="face-boxes" data-pinned={pinned || undefined}>
      {faces.map((each) => (
        <FaceBoxButton
          key={each.id}
          face={each}
          asked={each.id === face}
          onClick={() => onFace(each.id)}
        />
      ))}
      {pinned && value && (
        <div className="stage-pills">
          <span className="stage-pill" role="status">
            {t('faces.inPhoto', { count: faces.length })}
          </span>
          <button
            type="button"
            className="stage-pill stage-pill-button"
            onClick={() => setDrawing(true)}
          >
            <AddIcon /> {t('faces.add')}
          </button>
        </div>
      )}
    </div>
  );
}

interface FaceBoxButtonProps {
  face: FaceView;
  asked: boolean;
  onClick: () => void;
}

function FaceBoxButton({ face, asked, onClick }: FaceBoxButtonProps) {
  const named = face.person !== null && face.person.name !== '';
  const name = named && face.person ? personName(face.person) : '';
  return (
    <button
      type="button"
      className="face-box"
      style={boxStyle(face.box)}
      aria-label={named ? name : t('faces.unnamed')}
      aria-pressed={asked}
      data-testid="face-box"
      data-face={face.id}
      data-unnamed={!named || undefined}
      data-unsure={(!named && face.quality === 'unsure') || undefined}
      // Near the bottom, the name goes above the box to avoid being cut off.
      data-low={face.box.y + face.box.height > 0.9 || undefined}
      onClick={onClick}
    >
      <span className="face-box-name" aria-hidden="true">
        <bdi className="one-line">{named ? name : t('faces.nameTag')}</bdi>
      </span>
    </button>
  );
}
