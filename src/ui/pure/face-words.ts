import type { FaceWork, PersonView, RankedView, WhoAnswer } from '../../protocol/index.ts';
import { cleanName, count, plural, timeLeft } from './format.ts';

/** Of those who come into question, as many are named: more would be a list, not an answer. */
const MOST_NAMED = 3;
/** Who is this much less likely than the first is not named beside them. */
const WORTH_NAMING = 0.4;

/** Why anybody would want it, and what becomes of what is found: read before it is turned on. */
export const ABOUT_FACES =
  'Akin can find the faces in your photos and gather them into people, so that you can name them and ask whose face it is. This is done on this device alone, nothing leaves it, and everything about faces can be erased at once.';

/** What somebody is called; a group that has no name is said to have none. */
export function personName(person: Pick<PersonView, 'name'>): string {
  return person.name === '' ? 'Unnamed' : cleanName(person.name);
}

/** The same, in the middle of a sentence. */
export function personInSentence(person: Pick<PersonView, 'name'>): string {
  return person.name === '' ? 'this person' : cleanName(person.name);
}

/** What is told once two are one. */
export function mergedWords(into: Pick<PersonView, 'name'>): string {
  return into.name === '' ? 'The two are one now' : `Merged into ${personName(into)}`;
}

/** `Almost surely Ana`, `Perhaps Ana or Eva`, `Nobody you have named`. */
export function verdictWords(answer: Pick<WhoAnswer, 'verdict' | 'ranked'>): string {
  const named = likelyNames(answer.ranked);
  if (answer.verdict === 'nobody-named' || named.length === 0) return 'Nobody you have named';
  if (answer.verdict === 'almost-surely') return `Almost surely ${named[0]}`;
  return `Perhaps ${listWords(named, 'or')}`;
}

/** Over the photos of an answer. Where not even the best is likely, none is claimed to show the face. */
export function photosWords({ photos }: Pick<WhoAnswer, 'photos'>): string {
  return (photos[0]?.probability ?? 0) >= 0.5
    ? 'Photos with this face'
    : 'Photos that may show this face';
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

/** `Ana`, `Ana or Eva`, `Ana, Eva or Bo`. */
export function listWords(names: readonly string[], word: 'and' | 'or'): string {
  if (names.length < 2) return names[0] ?? '';
  return `${names.slice(0, -1).join(', ')} ${word} ${names.at(-1)}`;
}

/** `92%`. Nothing is quite certain here, and nothing quite ruled out. */
export function likelihood(probability: number): string {
  const percent = Math.round(100 * probability);
  if (!(percent >= 1)) return 'under 1%';
  return percent > 99 ? 'over 99%' : `${percent}%`;
}

/** `14 photos`, and the faces where somebody is on one photo more than once. */
export function personCounts({ faces, photos }: Pick<PersonView, 'faces' | 'photos'>): string {
  if (faces === photos) return plural(photos, 'photo');
  return `${plural(photos, 'photo')}, ${plural(faces, 'face')}`;
}

/** What is done about faces, as the first line of a bar; `''` where it is nothing. */
export function workTitle(work: FaceWork): string {
  switch (work.state) {
    case 'idle':
      return '';
    case 'looking':
      if (work.loaded < 1) return 'Getting ready to look for faces…';
      return `Looking for faces: ${count(work.done)} of ${count(work.total)}`;
    case 'stopped':
      return 'Looking for faces is stopped';
    case 'gathering':
      return 'Gathering faces into people…';
    case 'failed':
      return 'Faces could not be looked for';
  }
}

/** The second line: how long yet, or what it means. */
export function workDetail(work: FaceWork): string {
  switch (work.state) {
    case 'idle':
      return '';
    case 'looking':
      if (work.loaded < 1) return 'This takes a moment the first time.';
      if (work.secondsLeft === null) return 'You can go on using Akin meanwhile.';
      return timeLeft(work.secondsLeft);
    case 'stopped':
      return `${plural(work.left, 'photo')} left to look through.`;
    case 'gathering':
      return 'This takes a moment.';
    case 'failed':
      return work.message;
  }
}

/** How far it is, 0 to 1; `null` where there is nothing to show. */
export function workShare(work: FaceWork): number | null {
  switch (work.state) {
    case 'looking':
      return work.loaded < 1 ? work.loaded : work.done / Math.max(1, work.total);
    case 'gathering':
      return work.share;
    default:
      return null;
  }
}

/** `with Ana and Eva, and with Bo or Cy, without Di`; `''` for nobody at all. */
export function searchWords(search: {
  readonly all: readonly string[];
  readonly any: readonly string[];
  readonly none: readonly string[];
}): string {
  const parts: string[] = [];
  if (search.all.length > 0) parts.push(`with ${listWords(search.all, 'and')}`);
  if (search.any.length > 0) {
    parts.push(`${parts.length > 0 ? 'and with' : 'with'} ${listWords(search.any, 'or')}`);
  }
  if (search.none.length > 0) parts.push(`without ${listWords(search.none, 'or')}`);
  return parts.join(', ');
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
