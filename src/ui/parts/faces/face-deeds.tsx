import { useId, useState } from 'react';
import type { Deed, FaceView, PeopleView, PersonView } from '../../../protocol/index.ts';
import { mergedWords, personName } from '../../pure/face-words.ts';
import { useUi } from '../../state/ui.ts';
import { Button } from '../button.tsx';
import { NameForm } from './name-form.tsx';
import { NameScope } from './name-scope.tsx';

interface FaceDeedsProps {
  view: FaceView;
  everybody: PeopleView;
  onClose: () => void;
}

/** What can be said of one face: who it is, who it is not, that it is none. */
export function FaceDeeds({ view, everybody, onClose }: FaceDeedsProps) {
  const { people } = useUi();
  const { id, person, said } = view;
  const named = person !== null && person.name !== '';
  const inGroup = person !== null && person.faces > 1;
  const [only, setOnly] = useState(false);
  const noteId = useId();
  /** Whether what is said is about this face and no other. */
  const alone = person === null || (inGroup && only);

  const say = async (deed: Deed, words: string) => (await people.say(deed, words)) !== null;
  const same = (other: PersonView) =>
    alone
      ? say({ kind: 'confirm', person: other.key, faces: [id] }, `This is ${personName(other)}`)
      : say({ kind: 'merge', into: other.key, from: person.key }, mergedWords(other));
  const name = (typed: string, another: boolean) =>
    alone
      ? say({ kind: 'name-face', face: id, name: typed, only: inGroup, another }, `Named ${typed}`)
      : say({ kind: 'name', person: person.key, name: typed }, `Named ${typed}`);
  const notFace = async () => {
    if (await say({ kind: 'not-face', faces: [id] }, 'Not a face: it is left out')) onClose();
  };

  return (
    <div className="face-deeds">
      {!named && (
        <NameForm
          key={person?.key ?? 'nobody'}
          label="Name"
          name=""
          people={everybody.people}
          self={person?.key ?? null}
          onSame={(other) => void same(other)}
          onName={(typed, another) => void name(typed, another)}
          note={
            inGroup
              ? {
                  id: noteId,
                  content: (
                    <NameScope id={noteId} faces={person.faces} only={only} onOnly={setOnly} />
                  ),
                }
              : undefined
          }
        />
      )}
      <div className="face-buttons">
        {named && !said && (
          <Button
            look="primary"
            onClick={() =>
              void say(
                { kind: 'confirm', person: person.key, faces: [id] },
                `This is ${personName(person)}`,
              )
            }
          >
            <span className="one-line face-whom">
              Yes, it’s <bdi>{personName(person)}</bdi>
            </span>
          </Button>
        )}
        {person !== null && (named || person.faces > 1) && (
          <Button
            onClick={() =>
              void say(
                { kind: 'reject', person: person.key, faces: [id] },
                named ? `Not ${personName(person)}` : 'Taken out of the group',
              )
            }
          >
            {named ? (
              <span className="one-line face-whom">
                Not <bdi>{personName(person)}</bdi>
              </span>
            ) : (
              'Not of this group'
            )}
          </Button>
        )}
        <Button onClick={() => void notFace()}>Not a face</Button>
      </div>
    </div>
  );
}
