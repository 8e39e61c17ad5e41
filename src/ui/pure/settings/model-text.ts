import type { ModelInfo, MoveReport } from '../../../protocol/index.ts';
import { t } from '../../text/t.ts';
import { bytes, cleanName, day } from '../format.ts';

export const STANDARD = 'visual-v2';
export const DETAILED = 'visual-v2-detailed';

/** Seconds a photo takes with a built-in model on an ordinary laptop, reading the file included. */
const SECONDS_PER_PHOTO: Readonly<Record<string, number>> = { [STANDARD]: 0.1, [DETAILED]: 0.2 };

/** Its name, as text that can't break a line. */
export function modelTitle({ id, title }: Pick<ModelInfo, 'id' | 'title'>): string {
  if (id === STANDARD) return t('models.standard');
  return id === DETAILED ? t('models.detailed') : cleanName(title);
}

/** What it is good for, or where it is from. */
export function modelHint({ id, addedAt }: Pick<ModelInfo, 'id' | 'addedAt'>): string {
  switch (id) {
    case STANDARD:
      return t('models.standardHint');
    case DETAILED:
      return t('models.detailedHint');
    default:
      return addedAt === null ? t('models.own') : t('models.ownAdded', { date: day(addedAt) });
  }
}

/** `8.7 MB · 1,024 numbers per photo` */
export function modelDetails({ bytes: size, d }: Pick<ModelInfo, 'bytes' | 'd'>): string {
  return t('models.details', { size: bytes(size), d });
}

/** `a few seconds`, `about 4 minutes`: no finer than anybody can know. */
export function roughly(seconds: number): string {
  if (!(seconds >= 0) || seconds > 30 * 86_400) return t('models.longTime');
  if (seconds < 8) return t('models.fewSeconds');
  if (seconds < 55) {
    return t('models.aboutSeconds', { seconds: Math.max(10, Math.round(seconds / 10) * 10) });
  }
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return t('models.aboutMinutes', { minutes });
  return t('models.aboutHours', { hours: Math.round(minutes / 60) });
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

/**
 * What is asked, or said, before a library moves.
 *
 * @param back title of the model that can be gone back to meanwhile
 * @param start whether it moves at once, or when the person uses the model some day
 */
export function moveSentences(
  { photos: count, seconds }: MoveCost,
  back: string | null,
  start: 'now' | 'later',
): string {
  const what =
    seconds === null
      ? t('models.moveSentence', { start, count })
      : t('models.moveTimeSentence', { start, count, time: roughly(seconds) });
  const meanwhile = back === null ? t('models.meanwhile') : t('models.meanwhileBack', { back });
  return `${what} ${meanwhile}`;
}

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
