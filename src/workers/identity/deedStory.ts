import type { Step, Word } from '../../identity/index.ts';
import { liveSteps } from '../../identity/index.ts';
import type { DeedView, PeopleChange } from '../../protocol/index.ts';
import type { PeopleLibrary } from './peopleLibrary.ts';

/** The log for people to read, newest first. Steps that take back are told by what they took back. */
export function deedStory(library: PeopleLibrary): DeedView[] {
  const { log } = library.told;
  const live = new Set(liveSteps(log).map(({ id }) => id));
  const nameOf = (id: string): string => library.constraints.people.get(id)?.name ?? '';
  return log
    .flatMap((step) => ('undo' in step ? [] : [viewOf(step, live.has(step.id), nameOf)]))
    .reverse();
}

function viewOf(
  { id, at, words }: Step & { readonly words: readonly Word[] },
  holds: boolean,
  nameOf: (id: string) => string,
): DeedView {
  return { step: id, at, change: changeOf(words, nameOf), undone: !holds };
}

/** What a step comes to: the last word says it, those before it only prepare it. */
function changeOf(words: readonly Word[], nameOf: (id: string) => string): PeopleChange {
  const word = words.at(-1);
  switch (word?.kind) {
    case undefined:
      return { kind: 'none' };
    case 'name':
      return { kind: 'name', name: word.name };
    case 'group':
      return groupChange(words, word, nameOf);
    case 'is':
      return { kind: 'confirm', faces: word.faces.length, name: nameOf(word.person) };
    case 'isNot':
      return { kind: 'reject', faces: word.faces.length, name: nameOf(word.person) };
    case 'same':
      return { kind: 'same-faces' };
    case 'different':
      return { kind: 'different-faces' };
    case 'merge':
      return { kind: 'merge', name: nameOf(word.into) };
    case 'apart':
      return { kind: 'keep-separate', names: [nameOf(word.a), nameOf(word.b)] };
    case 'notFace':
      return { kind: 'not-face', faces: word.faces.length };
    case 'hide':
      return { kind: 'hide', hidden: word.hidden, name: nameOf(word.person) };
    case 'cover':
      return { kind: 'cover', name: nameOf(word.person) };
    case 'collage':
      return { kind: 'collage', collage: word.collage };
  }
}

type GroupWord = Extract<Word, { kind: 'group' }>;

/** Two groups of one person were merged; of two people, the first was split off the second. */
function groupChange(
  words: readonly Word[],
  last: GroupWord,
  nameOf: (id: string) => string,
): PeopleChange {
  const first = words.find((word): word is GroupWord => word.kind === 'group') ?? last;
  if (first.person !== last.person) return { kind: 'split', faces: first.faces.length };
  if (first !== last) return { kind: 'merge', name: nameOf(last.person) };
  return { kind: 'confirm', faces: last.faces.length, name: nameOf(last.person) };
}
