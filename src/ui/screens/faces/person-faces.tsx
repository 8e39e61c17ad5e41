import { useMemo, useState } from 'react';
import type { FaceNumber } from '../../../protocol/index.ts';
import { Button, IconButton } from '../../parts/button.tsx';
import { FaceGrid } from '../../parts/faces/face-grid.tsx';
import { CloseIcon, StarIcon } from '../../parts/icons.tsx';
import { personInSentence } from '../../pure/face-words.ts';
import { count, plural } from '../../pure/format.ts';
import { useMarked, useMarks } from '../../state/use-marks.ts';
import type { SayProps } from './suggestions.tsx';

/** All faces of somebody; those that are not theirs are selected here and moved out. */
export function PersonFaces({ page, say, onMarked }: SayProps) {
  const { person, faces } = page;
  const marks = useMarks(useMemo(() => faces.map(({ id }) => id), [faces]));
  const [current, setCurrent] = useState<FaceNumber | null>(null);
  useMarked(marks.chosen.length > 0, marks.clear, onMarked);
  const whom = personInSentence(person);
  const chosen = marks.chosen;
  const [only] = chosen;

  const all = async (kind: 'split' | 'not-face') => {
    const done =
      kind === 'split'
        ? await say(
            { kind, person: person.key, faces: chosen },
            `${plural(chosen.length, 'face')} moved out: not ${whom}`,
          )
        : await say(
            { kind, faces: chosen },
            chosen.length === 1
              ? 'Not a face: it is left out'
              : `${count(chosen.length)} are no faces: they are left out`,
          );
    if (done) marks.clear();
  };
  const cover = async (face: FaceNumber) => {
    const done = await say(
      { kind: 'cover', person: person.key, face },
      'This face stands for them now',
    );
    if (done) marks.clear();
  };

  return (
    <>
      <div className="marks-bar">
        {chosen.length === 0 ? (
          <p className="muted">
            Select the faces that are not <bdi>{whom}</bdi>, and move them out.
          </p>
        ) : (
          <>
            <p role="status">{count(chosen.length)} selected</p>
            <Button look="primary" onClick={() => void all('split')}>
              Somebody else
            </Button>
            <Button onClick={() => void all('not-face')}>Not a face</Button>
            {chosen.length === 1 && only !== undefined && (
              <IconButton label="Use as cover" onClick={() => void cover(only)}>
                <StarIcon />
              </IconButton>
            )}
            <IconButton label="Clear the selection" onClick={marks.clear}>
              <CloseIcon />
            </IconButton>
          </>
        )}
      </div>
      <FaceGrid
        faces={faces}
        label={`Faces of ${whom}`}
        marks={marks}
        current={current}
        onCurrent={setCurrent}
      />
    </>
  );
}
