import type { Assertion } from '../../identity/index.ts';
import { effectiveEntries, facesOfAssertion } from '../../identity/index.ts';
import type { FaceKey, LogEntryView, PeopleChange } from '../../protocol/index.ts';
import type { PeopleLibrary } from './peopleLibrary.ts';

/** Faces shown of an entry. */
const MOST_FACES = 3;

/** The log for display, newest first. A revert is shown at the entry it reverts. */
export function describeLog(library: PeopleLibrary): LogEntryView[] {
  const { entries } = library.log;
  const live = new Set(effectiveEntries(entries).map(({ id }) => id));
  const nameOf = (id: string): string => library.constraints.people.get(id)?.name ?? '';
  const shownFaces = faceFinder(library);
  return entries
    .flatMap((entry): LogEntryView[] => {
      if ('reverts' in entry) return [];
      const { id, at, assertions } = entry;
      const change = changeOf(assertions, nameOf);
      return [{ entry: id, at, change, faces: shownFaces(assertions), reverted: !live.has(id) }];
    })
    .reverse();
}

/**
 * Finds some faces that an entry is about: those it mentions, else the cover of a person it
 * mentions.
 */
function faceFinder(library: PeopleLibrary): (assertions: readonly Assertion[]) => FaceKey[] {
  const { constraints, people } = library;
  const keys = library.faceKeysById();
  const coverOf = (id: string): FaceKey[] => {
    const current = constraints.currentId(id);
    const cover = people.people.find((person) => person.id === current)?.cover;
    return cover ? [cover.faceKey] : [];
  };
  return (assertions) => {
    const found = new Set<FaceKey>();
    // The last one says what was done, unless several labels together split or merge.
    const isGroups = assertions.at(-1)?.kind === 'labelCluster';
    for (const assertion of isGroups ? assertions : assertions.toReversed()) {
      for (const id of facesOfAssertion(assertion)) {
        const key = keys.get(id);
        if (key !== undefined) found.add(key);
        if (found.size === MOST_FACES) return [...found];
      }
    }
    if (found.size > 0) return [...found];
    return assertions.slice(-1).flatMap((assertion) => {
      if ('person' in assertion) return coverOf(assertion.person);
      if (assertion.kind === 'merge') return coverOf(assertion.into);
      return assertion.kind === 'distinct' ? [assertion.a, assertion.b].flatMap(coverOf) : [];
    });
  };
}

/** Summarizes an entry by its last assertion; earlier ones only prepare it. */
function changeOf(assertions: readonly Assertion[], nameOf: (id: string) => string): PeopleChange {
  const assertion = assertions.at(-1);
  switch (assertion?.kind) {
    case undefined:
      return { kind: 'none' };
    case 'name':
      return { kind: 'name', name: assertion.name };
    case 'labelCluster':
      return groupChange(assertions, assertion, nameOf);
    case 'labelFace':
      return { kind: 'confirm', faces: assertion.faces.length, name: nameOf(assertion.person) };
    case 'exclude':
      return { kind: 'reject', faces: assertion.faces.length, name: nameOf(assertion.person) };
    case 'mustLink':
      return { kind: 'same-faces' };
    case 'cannotLink':
      return { kind: 'different-faces' };
    case 'merge':
      return { kind: 'merge', name: nameOf(assertion.into) };
    case 'distinct':
      return { kind: 'keep-separate', names: [nameOf(assertion.a), nameOf(assertion.b)] };
    case 'notFace':
      return { kind: 'not-face', faces: assertion.faces.length };
    case 'hide':
      return { kind: 'hide', hidden: assertion.hidden, name: nameOf(assertion.person) };
    case 'cover':
      return { kind: 'cover', name: nameOf(assertion.person) };
    case 'collage':
      return { kind: 'collage', collage: assertion.collage };
  }
}

type GroupWord = Extract<Assertion, { kind: 'labelCluster' }>;

/** Labels of one person merged two groups; labels of two people split the first off the second. */
function groupChange(
  assertions: readonly Assertion[],
  last: GroupWord,
  nameOf: (id: string) => string,
): PeopleChange {
  const first =
    assertions.find((assertion): assertion is GroupWord => assertion.kind === 'labelCluster') ??
    last;
  if (first.person !== last.person) return { kind: 'split', faces: first.faces.length };
  if (first !== last) return { kind: 'merge', name: nameOf(last.person) };
  return { kind: 'confirm', faces: last.faces.length, name: nameOf(last.person) };
}
