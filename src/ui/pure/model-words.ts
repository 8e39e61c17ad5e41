import type { ModelInfo, MoveReport } from '../../protocol/index.ts';
import { bytes, cleanName, count, day, plural } from './format.ts';

export const STANDARD = 'visual-v2';
export const DETAILED = 'visual-v2-detailed';

/** Seconds a photo takes with a built-in model on an ordinary laptop, reading the file included. */
const SECONDS_PER_PHOTO: Readonly<Record<string, number>> = { [STANDARD]: 0.1, [DETAILED]: 0.2 };

/** Its name, as text that can't break a line. */
export function modelTitle({ id, title }: Pick<ModelInfo, 'id' | 'title'>): string {
  if (id === STANDARD) return 'Standard';
  return id === DETAILED ? 'Detailed' : cleanName(title);
}

/** What it is good for, or where it is from. */
export function modelSentence({ id, addedAt }: Pick<ModelInfo, 'id' | 'addedAt'>): string {
  switch (id) {
    case STANDARD:
      return 'Fast, and right for most libraries.';
    case DETAILED:
      return 'Finds small differences, such as the exact product. Takes about 2.4 times as long to look at photos, and downloads about 6 MB once.';
    default:
      return addedAt === null ? 'Your own model' : `Your own model, added ${day(addedAt)}`;
  }
}

/** `8.7 MB · describes a photo by 1,024 numbers`. */
export function modelDetails({ bytes: size, d }: Pick<ModelInfo, 'bytes' | 'd'>): string {
  return `${bytes(size)} · describes a photo by ${plural(d, 'number')}`;
}

/** `a few seconds`, `about 4 minutes`: no finer than anybody can know. */
export function roughly(seconds: number): string {
  if (!(seconds >= 0) || seconds > 30 * 86_400) return 'a long time';
  if (seconds < 8) return 'a few seconds';
  if (seconds < 55) return `about ${Math.max(10, Math.round(seconds / 10) * 10)} seconds`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 2) return 'about a minute';
  if (minutes < 60) return `about ${minutes} minutes`;
  const hours = Math.round(minutes / 60);
  return hours === 1 ? 'about an hour' : `about ${count(hours)} hours`;
}

/** What a move to a model means: photos to look at, and for how long, where that is known. */
export interface MoveCost {
  readonly photos: number;
  readonly seconds: number | null;
}

/**
 * What moving the library to a model takes.
 *
 * @param photos all photos of the library
 */
export function moveCost(to: Pick<ModelInfo, 'id' | 'photos'>, photos: number): MoveCost {
  const left = Math.max(0, photos - to.photos);
  const each = SECONDS_PER_PHOTO[to.id];
  return { photos: left, seconds: each === undefined ? null : left * each };
}

/** What is asked, or said, before a library moves. */
export function moveSentences(cost: MoveCost, back: string | null): string {
  const time = cost.seconds === null ? '' : `, ${roughly(cost.seconds)} on this device`;
  const undo = back === null ? '' : `, or go back to ${back},`;
  const again = cost.photos === 1 ? 'looks at your photo' : `looks at ${count(cost.photos)} photos`;
  return `Akin ${again} again${time}. Search keeps working meanwhile. You can pause this${undo} at any time until it’s done.`;
}

/** What is lost with a model of the user's, said before it is used. */
export const WITHOUT_WORDS =
  'Your own model doesn’t know words: while you use it, photos can’t be searched for by word.';

/** Between which models a library moves, where both are here. */
export interface MoveRoute {
  /** Titles. `to` is `null` for a space that no model of today makes. */
  readonly to: string | null;
  /** The model that the move can be taken back to; `null` where there is none. */
  readonly back: Pick<ModelInfo, 'id' | 'title'> | null;
}

/**
 * The move that a report tells of. Where photos come from several models, the way back is to the one
 * that has most of them. One off a model that is gone, as after an update, can't be taken back.
 */
export function moveRoute(
  report: Pick<MoveReport, 'target' | 'from'>,
  models: readonly ModelInfo[],
): MoveRoute {
  const to = models.find(({ spaceId }) => spaceId === report.target);
  const back = models
    .filter(({ spaceId }) => spaceId !== report.target && report.from.includes(spaceId))
    .reduce<ModelInfo | null>(
      (most, each) => (most && most.photos >= each.photos ? most : each),
      null,
    );
  return { to: to ? modelTitle(to) : null, back };
}
