import type { Assertion, LogEntry } from '../../identity/index.ts';
import { effectiveEntries } from '../../identity/index.ts';
import type { LogEntryView, PeopleChange } from '../../protocol/index.ts';
import type { PeopleLibrary } from './peopleLibrary.ts';

/** The log for display, newest first. A revert is shown at the entry it reverts. */
export function describeLog(library: PeopleLibrary): LogEntryView[] {
  const { entries } = library.log;
  const live = new Set(effectiveEntries(entries).map(({ id }) => id));
  const nameOf = (id: string): string => library.constraints.people.get(id)?.name ?? '';
  return entries
    .flatMap((entry) => ('reverts' in entry ? [] : [viewOf(entry, live.has(entry.id), nameOf)]))
    .reverse();
}

function viewOf(
  { id, at, assertions }: LogEntry & { readonly assertions: readonly Assertion[] },
  holds: boolean,
  nameOf: (id: string) => string,
): LogEntryView {
  return { entry: id, at, change: changeOf(assertions, nameOf), reverted: !holds };
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
