import type { FaceWork, Identification, PersonView, RankedView } from '../../../protocol/index.ts';
import { errorText } from '../../text/errorText.ts';
import { t } from '../../text/t.ts';
import { cleanName, list, timeLeft } from '../format.ts';

/** Maximum candidates named: more would be a list, not an answer. */
const MOST_NAMED = 3;
/** Minimum likelihood of a further candidate, relative to the best. */
const WORTH_NAMING = 0.4;

/** Display name of a person, with a placeholder for unnamed ones. */
export function personName(person: Pick<PersonView, 'name'>): string {
  return person.name === '' ? t('people.unnamed') : cleanName(person.name);
}

/** A person as message arguments; unnamed ones become “this person”. */
export function whom(person: Pick<PersonView, 'name'>): { named: 'yes' | 'no'; name: string } {
  return person.name === ''
    ? { named: 'no', name: '' }
    : { named: 'yes', name: cleanName(person.name) };
}

/** `Very likely Ana`, `Maybe Ana or Eva`, `Unnamed person`, `Unknown person`. */
export function verdictText(
  answer: Pick<Identification, 'verdict' | 'ranked' | 'unnamed'>,
): string {
  const named = likelyNames(answer.ranked);
  const [name] = named;
  if (answer.verdict === 'nobody-named' || name === undefined) {
    return t(answer.unnamed ? 'people.unnamedPerson' : 'people.unknown');
  }
  if (answer.verdict === 'almost-surely') return t('faces.veryLikely', { name });
  return t('faces.maybe', { names: list(named, 'or') });
}

/**
 * Heading of an answer's photos. If even the best match is unlikely, don't claim that any photo
 * shows the face.
 */
export function photosTitle({ photos }: Pick<Identification, 'photos'>): string {
  return t((photos[0]?.probability ?? 0) >= 0.5 ? 'faces.photos' : 'faces.possiblePhotos');
}

/** Named candidates with a likelihood of at least one in a hundred. */
export function worthShowing(ranked: readonly RankedView[]): RankedView[] {
  return ranked.filter(({ person, probability }) => person.name !== '' && probability >= 0.01);
}

function likelyNames(ranked: readonly RankedView[]): string[] {
  const named = ranked.filter(({ person }) => person.name !== '');
  const least = WORTH_NAMING * (named[0]?.probability ?? 0);
  const likely = named.filter(({ probability }) => probability >= least);
  return likely.slice(0, MOST_NAMED).map(({ person }) => personName(person));
}

/** `92%`, or under 1% or over 99%: nothing here is certain. */
export function likelihood(probability: number): string {
  const percent = Math.round(100 * probability);
  if (!(percent >= 1)) return t('faces.likelihoodUnder', { share: 0.01 });
  if (percent > 99) return t('faces.likelihoodOver', { share: 0.99 });
  return t('faces.likelihood', { share: percent / 100 });
}

/** `14 photos`, plus the number of faces if someone appears twice in a photo. */
export function personCounts({ faces, photos }: Pick<PersonView, 'faces' | 'photos'>): string {
  return faces === photos
    ? t('common.photos', { count: photos })
    : t('people.photosAndFaces', { photos, faces });
}

/** State of the face scan, as the first line of a bar; `''` if idle. */
export function workTitle(work: FaceWork): string {
  switch (work.state) {
    case 'idle':
      return '';
    case 'scanning':
      if (work.loaded < 1) return t('faces.preparing');
      return t('faces.scanning', { done: work.done, total: work.total });
    case 'stopped':
      return t('faces.paused');
    case 'reclustering':
      return t('faces.grouping');
    case 'failed':
      return t('faces.scanFailed');
  }
}

/** Second line: time left, or an explanation. */
export function workDetail(work: FaceWork): string {
  switch (work.state) {
    case 'idle':
      return '';
    case 'scanning':
      if (work.loaded < 1) return t('faces.preparingDetail');
      if (work.secondsLeft === null) return t('common.keepUsing');
      return timeLeft(work.secondsLeft);
    case 'stopped':
      return t('faces.photosLeft', { count: work.left });
    case 'reclustering':
      return t('faces.groupingDetail');
    case 'failed':
      return errorText(work);
  }
}

/** Progress, 0 to 1; `null` if there is nothing to show. */
export function workShare(work: FaceWork): number | null {
  switch (work.state) {
    case 'scanning':
      return work.loaded < 1 ? work.loaded : work.done / Math.max(1, work.total);
    case 'reclustering':
      return work.progress;
    default:
      return null;
  }
}

/** Distinct names of people. */
export function namesOf(people: readonly Pick<PersonView, 'name'>[]): string[] {
  return [...new Set(people.map(({ name }) => name).filter((name) => name !== ''))];
}

/** Another person with the same name; `null` if there is none. */
export function namesake(
  people: readonly PersonView[],
  name: string,
  self: string | null,
): PersonView | null {
  const sought = foldName(name);
  if (sought === '') return null;
  return people.find((person) => person.key !== self && foldName(person.name) === sought) ?? null;
}

function foldName(name: string): string {
  return name.trim().replace(/\s+/gu, ' ').normalize('NFC').toLocaleLowerCase();
}
