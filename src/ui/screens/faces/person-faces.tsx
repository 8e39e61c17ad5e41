import { useMemo, useState } from 'react';
import type { FaceKey } from '../../../protocol/index.ts';
import { Button, IconButton } from '../../parts/button.tsx';
import { FaceGrid } from '../../parts/faces/face-grid.tsx';
import { isolated } from '../../parts/faces/text-tags.tsx';
import { CloseIcon, StarIcon } from '../../parts/icons.tsx';
import { whom } from '../../pure/people/face-text.ts';
import { useMarked, useMarks } from '../../state/hooks/use-marks.ts';
import { t } from '../../text/t.ts';
import type { FacesTabProps } from './suggestions.tsx';

/** All faces of a person, for selecting and removing wrong ones. */
export function PersonFaces({ page, apply, onMarked }: FacesTabProps) {
  const { person, faces } = page;
  const marks = useMarks(useMemo(() => faces.map(({ id }) => id), [faces]));
  const [current, setCurrent] = useState<FaceKey | null>(null);
  useMarked(marks.chosen.length > 0, marks.clear, onMarked);
  const chosen = marks.chosen;
  const [only] = chosen;

  const all = async (kind: 'split' | 'not-face') => {
    const count = chosen.length;
    const done =
      kind === 'split'
        ? await apply(
            { kind, person: person.key, faces: chosen },
            t('people.removed', { ...whom(person), count }),
          )
        : await apply({ kind, faces: chosen }, t('people.markedNotFace', { count }));
    if (done) marks.clear();
  };
  const cover = async (face: FaceKey) => {
    const done = await apply({ kind: 'cover', person: person.key, face }, t('people.coverUpdated'));
    if (done) marks.clear();
  };

  return (
    <>
      <div className="marks-bar">
        {chosen.length === 0 ? (
          <p className="muted">{t.rich('person.facesHint', { ...whom(person), b: isolated })}</p>
        ) : (
          <>
            <p role="status">{t('common.selected', { count: chosen.length })}</p>
            <Button look="primary" onClick={() => void all('split')}>
              {t('person.notThisPerson')}
            </Button>
            <Button onClick={() => void all('not-face')}>{t('faces.notAFace')}</Button>
            {chosen.length === 1 && only !== undefined && (
              <IconButton label={t('person.useAsCover')} onClick={() => void cover(only)}>
                <StarIcon />
              </IconButton>
            )}
            <IconButton label={t('common.clearSelection')} onClick={marks.clear}>
              <CloseIcon />
            </IconButton>
          </>
        )}
      </div>
      <FaceGrid
        faces={faces}
        label={t('person.facesOf', whom(person))}
        marks={marks}
        current={current}
        onCurrent={setCurrent}
      />
    </>
  );
}
