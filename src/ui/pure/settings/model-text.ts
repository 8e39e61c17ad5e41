import type { ModelInfo, MoveReport } from '../../../protocol/index.ts';
import { t } from '../../text/t.ts';
import { bytes, cleanName, day } from '../format.ts';

export const STANDARD = 'visual-v2';
export const DETAILED = 'visual-v2-detailed';

/** Seconds per photo of the built-in models on a typical laptop, including reading the file. */
const SECONDS_PER_PHOTO: Readonly<Record<string, number>> = { [STANDARD]: 0.1, [DETAILED]: 0.2 };

/** The model's title, safe to show on one line. */
export function modelTitle({ id, title }: Pick<ModelInfo, 'id' | 'title'>): string {
  if (id === STANDARD) return t('models.standard');
  return id === DETAILED ? t('models.detailed') : cleanName(title);
}

/** Strengths of a built-in model, or when a custom one was added. */
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

/** `Model files: 8.7 MB` */
export function modelDetails({ bytes: size }: Pick<ModelInfo, 'bytes'>): string {
  return t('models.details', { size: bytes(size) });
}

/** `a few seconds`, `about 4 minutes`: no more precise than the estimate. */
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

/** Cost of moving to a model: photos to analyze and, if known, seconds. */
export interface MoveCost {
  readonly photos: number;
  readonly seconds: number | null;
}

/**
 * Estimates the cost of moving the library to a model.
 *
 * @param photos total number of photos in the library
 */
export function moveCost(to: Pick<ModelInfo, 'id' | 'photos'>, photos: number): MoveCost {
  const left = Math.max(0, photos - to.photos);
  const each = SECONDS_PER_PHOTO[to.id];
  return { photos: left, seconds: each === undefined ? null : left * each };
}

/**
 * Question or notice before a library moves.
 *
 * @param back title of the model that can be restored in the meantime
 * @param start whether the move starts now, or when the user switches to the model later
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

/** The models that a library moves between, where installed. */
export interface MoveRoute {
  /** Titles. `to` is `null` if no current model produces that space. */
  readonly to: string | null;
  /** The model to return to if the move is cancelled; `null` if there is none. */
  readonly back: Pick<ModelInfo, 'id' | 'title'> | null;
}

/**
 * The move that a report describes. If photos come from several models, cancelling returns to the
 * one with the most photos. A move off a model that no longer exists, as after an update, can't be
 * cancelled.
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
