import type { Step, Word } from '../../identity/index.ts';
import { liveSteps } from '../../identity/index.ts';
import type { DeedView } from '../../protocol/index.ts';
import type { PeopleLibrary } from './peopleLibrary.ts';

/** The log for people to read, newest first. Steps that take back are told by what they took back. */
export function deedStory(library: PeopleLibrary): DeedView[] {
  const { log } = library.told;
  const live = new Set(liveSteps(log).map(({ id }) => id));
  const nameOf = (id: string): string => {
    const name = library.constraints.people.get(id)?.name ?? '';
    return name === '' ? 'somebody' : name;
  };
  return log
    .flatMap((step) => ('undo' in step ? [] : [viewOf(step, live.has(step.id), nameOf)]))
    .reverse();
}

function viewOf(
  { id, at, words }: Step & { readonly words: readonly Word[] },
  holds: boolean,
  nameOf: (id: string) => string,
): DeedView {
  return { step: id, at, words: tell(words, nameOf), undone: !holds };
}

/** What a step comes to: the last word says it, those before it only prepare it. */
function tell(words: readonly Word[], nameOf: (id: string) => string): string {
  const word = words.at(-1);
  if (!word) return 'Nothing';
  switch (word.kind) {
    case 'name':
      return word.name === '' ? 'Took a name away' : `Named somebody ${word.name}`;
    case 'group':
      return words.length > 1
        ? `Told people apart, or together, by ${faces(count(words))}`
        : `Said that ${areFaces(word.faces.length)} ${nameOf(word.person)}`;
    case 'is':
      return `Said that ${areFaces(word.faces.length)} ${nameOf(word.person)}`;
    case 'isNot':
      return `Said that ${areFaces(word.faces.length)} not ${nameOf(word.person)}`;
    case 'same':
      return 'Said that two faces are the same person';
    case 'different':
      return 'Said that two faces are different people';
    case 'merge':
      return `Merged two people into ${nameOf(word.into)}`;
    case 'apart':
      return `Said that ${nameOf(word.a)} and ${nameOf(word.b)} are two people`;
    case 'notFace':
      return word.faces.length === 1
        ? 'Said that 1 face is no face'
        : `Said that ${faces(word.faces.length)} are no faces`;
    case 'hide':
      return `${word.hidden ? 'Hid' : 'Showed'} ${nameOf(word.person)}`;
    case 'cover':
      return `Chose a picture of ${nameOf(word.person)}`;
    case 'collage':
      return word.collage ? 'Said that a photo is a collage' : 'Said that a photo is no collage';
  }
}

function count(words: readonly Word[]): number {
  return words.reduce((sum, word) => sum + ('faces' in word ? word.faces.length : 0), 0);
}

function faces(n: number): string {
  return n === 1 ? '1 face' : `${n} faces`;
}

function areFaces(n: number): string {
  return `${faces(n)} ${n === 1 ? 'is' : 'are'}`;
}
