import { type KeyboardEvent, type MouseEvent, useState } from 'react';
import type { FaceKey, FaceView } from '../../../protocol/index.ts';
import { keyName } from '../../pure/key-names.ts';
import type { Marks } from '../../state/hooks/use-marks.ts';
import { useUi } from '../../state/ui.ts';
import { t } from '../../text/t.ts';
import { Button } from '../button.tsx';
import { focusResultAfterKey } from '../grid/result-keys.ts';
import { CheckIcon } from '../icons.tsx';
import { FaceCrop } from './face-crop.tsx';
import '../grid/tile.css';
import './face-grid.css';

const SHOWN = 120;
const CROP = 96;

interface FaceGridProps {
  faces: readonly FaceView[];
  label: string;
  marks: Marks<FaceKey>;
  /** The face that is the tab stop; the first if `null`. */
  current: FaceKey | null;
  onCurrent: (face: FaceKey) => void;
}

/** A grid of selectable faces: a click opens the photo, the corner selects. */
export function FaceGrid({ faces, label, marks, current, onCurrent }: FaceGridProps) {
  const { navigation } = useUi();
  const [shown, setShown] = useState(SHOWN);
  const visible = faces.slice(0, shown);
  const stop = visible.some(({ id }) => id === current) ? current : (visible[0]?.id ?? null);

  const faceOf = (target: EventTarget) => {
    const tile = target instanceof Element ? target.closest<HTMLElement>('[data-face]') : null;
    return visible.find(({ id }) => String(id) === tile?.dataset.face) ?? null;
  };
  const onClick = (event: MouseEvent) => {
    const face = faceOf(event.target);
    if (!face || event.button !== 0) return;
    event.preventDefault();
    const onCheck = event.target instanceof Element && event.target.closest('[data-check]');
    if (marks.chosen.length > 0 || onCheck || event.ctrlKey || event.metaKey || event.shiftKey) {
      marks.toggle(face.id);
    } else navigation.push({ view: 'photo', id: face.photoId, face: face.id });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const face = faceOf(event.target);
    if (!face || event.altKey || event.ctrlKey || event.metaKey) return;
    const key = keyName(event);
    if (key === ' ' || key === 'x') marks.toggle(face.id);
    else if (key === 'Escape' && marks.chosen.length > 0) marks.clear();
    else if (!focusResultAfterKey(key, event.target, 'face-tile')) return;
    event.preventDefault();
  };

  return (
    <>
      <div
        className="face-grid grid"
        role="listbox"
        aria-label={label}
        aria-multiselectable="true"
        tabIndex={-1}
        data-selecting={marks.chosen.length > 0 || undefined}
        onClick={onClick}
        onKeyDown={onKeyDown}
        onFocus={(event) => {
          const face = faceOf(event.target);
          if (face) onCurrent(face.id);
        }}
      >
        {visible.map((face, i) => (
          <a
            key={face.id}
            className="face-tile tile"
            role="option"
            href={navigation.url({ view: 'photo', id: face.photoId, face: face.id })}
            draggable={false}
            tabIndex={face.id === stop ? 0 : -1}
            aria-selected={marks.has(face.id)}
            aria-label={t('person.faceNumber', {
              number: i + 1,
              confirmed: face.confirmed ? 'yes' : 'no',
            })}
            data-testid="face-tile"
            data-face={face.id}
          >
            <span className="tile-picture">
              <FaceCrop face={face.id} size={CROP} />
            </span>
            <span className="tile-check" data-check="" aria-hidden="true">
              <CheckIcon />
            </span>
          </a>
        ))}
      </div>
      {faces.length > shown && (
        <div className="people-more">
          <Button onClick={() => setShown((n) => n + SHOWN)}>{t('common.showMore')}</Button>
        </div>
      )}
    </>
  );
}
