import type { FaceWork, Identification, PersonView, RankedView } from '../../../protocol/index.ts';
import { errorText } from '../../text/errorText.ts';
import { t } from '../../text/t.ts';
import { cleanName, list, timeLeft } from '../format.ts';

/** Of those who come into question, as many are named: more would be a list, not an answer. */
const MOST_NAMED = 3;
/** Who is this much less likely than the first is not named beside them. */
const WORTH_NAMING = 0.4;

/** What somebody is called; who has no name is said to have none. */
export function personName(person: Pick<PersonView, 'name'>): string {
  return person.name === '' ? t('people.unnamed') : cleanName(person.name);
}

/** Somebody as values of a message, which speaks of “this person” where there is no name. */
export function whom(person: Pick<PersonView, 'name'>): { named: 'yes' | 'no'; name: string } {
  return person.name === ''
    ? { named: 'no', name: '' }
    : { named: 'yes', name: cleanName(person.name) };
}

/** `Very likely Ana`, `Maybe Ana or Eva`, `Unknown person`. */
export function verdictText(answer: Pick<Identification, 'verdict' | 'ranked'>): string {
  const named = likelyNames(answer.ranked);
  const [name] = named;
  if (answer.verdict === 'nobody-named' || name === undefined) return t('people.unknown');
  if (answer.verdict === 'almost-surely') return t('faces.veryLikely', { name });
  return t('faces.maybe', { names: list(named, 'or') });
}

/** Over the photos of an answer. Where not even the best is likely, none is claimed to show the face. */
export function photosTitle({ photos }: Pick<Identification, 'photos'>): string {
  return t((photos[0]?.probability ?? 0) >= 0.5 ? 'faces.photos' : 'faces.possiblePhotos');
}

/** Those with a name of whom it is worth speaking: a chance below one in a hundred is none. */
export function worthShowing(ranked: readonly RankedView[]): RankedView[] {
  return ranked.filter(({ person, probability }) => person.name !== '' && probability >= 0.01);
}

function likelyNames(ranked: readonly RankedView[]): string[] {
  const named = ranked.filter(({ person }) => person.name !== '');
  const least = WORTH_NAMING * (named[0]?.probability ?? 0);
  const likely = named.filter(({ probability }) => probability >= least);
  return likely.slice(0, MOST_NAMED).map(({ person }) => personName(person));
}

/** `92%`. Nothing is quite certain here, and nothing quite ruled out. */
export function likelihood(probability: number): string {
  const percent = Math.round(100 * probability);
  if (!(percent >= 1)) return t('faces.likelihoodUnder', { share: 0.01 });
  if (percent > 99) return t('faces.likelihoodOver', { share: 0.99 });
  return t('faces.likelihood', { share: percent / 100 });
}

/** `14 photos`, and the faces where somebody is on one photo more than once. */
export function personCounts({ faces, photos }: Pick<PersonView, 'faces' | 'photos'>): string {
  return faces === photos
    ? t('common.photos', { count: photos })
    : t('people.photosAndFaces', { photos, faces });
}

/** What is done about faces, as the first line of a bar; `''` where it is nothing. */
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

/** The second line: how long yet, or what it means. */
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

/** How far it is, 0 to 1; `null` where there is nothing to show. */
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

/** The names that people go by, each once. */
export function namesOf(people: readonly Pick<PersonView, 'name'>[]): string[] {
  return [...new Set(people.map(({ name }) => name).filter((name) => name !== ''))];
}

/** Somebody else who already goes by a name; `null` where there is nobody. */
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
