import type { Deed, FaceView, PeopleView, PersonView } from '../../../protocol/index.ts';
import { mergedWords, personName } from '../../pure/face-words.ts';
import { useUi } from '../../state/ui.ts';
import { Button } from '../button.tsx';
import { NameForm } from './name-form.tsx';

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

  const say = async (deed: Deed, words: string) => (await people.say(deed, words)) !== null;
  const same = (other: PersonView) =>
    person === null
      ? say({ kind: 'name-face', face: id, name: other.name }, `This is ${personName(other)}`)
      : say({ kind: 'merge', into: other.key, from: person.key }, mergedWords(other));
  const name = (typed: string) =>
    person === null
      ? say({ kind: 'name-face', face: id, name: typed }, `Named ${typed}`)
      : say({ kind: 'name', person: person.key, name: typed }, `Named ${typed}`);
  const notFace = async () => {
    if (await say({ kind: 'not-face', faces: [id] }, 'Not a face: it is left out')) onClose();
  };

  return (
    <div className="face-deeds">
      {!named && (
        <NameForm
          key={person?.key ?? 'nobody'}
          label={
            person && person.faces > 1 ? `Name all ${person.faces} faces of the group` : 'Name'
          }
          name=""
          people={everybody.people}
          self={person?.key ?? null}
          onSame={(other) => void same(other)}
          onName={(typed) => void name(typed)}
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
