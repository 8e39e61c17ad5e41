import type { MoveNote, MoveWork } from '../../../protocol/index.ts';
import { errorText } from '../../text/errorText.ts';
import { t } from '../../text/t.ts';
import { timeLeft } from '../format.ts';
import { type MoveRoute, modelTitle } from './model-text.ts';

type Active = Exclude<MoveWork, { state: 'idle' }>;

/** Title of the model that the user chose; `null` if an update replaces the model. */
function chosenTitle({ to, back }: MoveRoute): string | null {
  return back === null ? null : to;
}

/** Names the move: to the model that the user chose, or to an updated one. */
export function moveName(route: MoveRoute): string {
  const to = chosenTitle(route);
  return to === null ? t('moving.improveName') : t('moving.switchName', { to });
}

/** Progress of a model change, as the first line of a bar. */
export function moveTitle(work: Active, route: MoveRoute): string {
  const to = chosenTitle(route);
  switch (work.state) {
    case 'moving': {
      const { done, total } = work;
      return to === null
        ? t('moving.improveProgress', { done, total })
        : t('moving.switchProgress', { to, done, total });
    }
    case 'paused':
      return to === null ? t('moving.improvePaused') : t('moving.switchPaused', { to });
    case 'finishing':
      return to === null ? t('moving.improveFinishing') : t('moving.switchFinishing', { to });
    case 'stopped':
      return to === null ? t('moving.improveStopped') : t('moving.switchStopped', { to });
  }
}

/** Explains the move and the available actions. */
export function moveIntro({ to, back }: MoveRoute): string {
  return to === null || back === null
    ? t('moving.improveIntro')
    : t('moving.switchIntro', { back: modelTitle(back) });
}

/** Second line: time left, or why it is waiting. */
export function moveDetail(work: Active): string {
  switch (work.state) {
    case 'moving':
      if (work.secondsLeft !== null) return timeLeft(work.secondsLeft);
      return work.loaded < 1 ? t('common.gettingReady') : t('common.keepUsing');
    case 'paused':
      return t('moving.pausedDetail', { done: work.done, total: work.total });
    case 'finishing':
      return t('moving.checking');
    case 'stopped':
      return errorText(work);
  }
}

/** Progress, 0 to 1. */
export function moveShare(work: Active): number {
  return work.state === 'finishing' ? 1 : work.done / Math.max(1, work.total);
}

/** Problems with an original, by error code. */
const ORIGINALS = {
  'not-found': 'moving.originalMissing',
  'damaged-picture': 'moving.originalDamaged',
  'decoder-missing': 'moving.originalNoDecoder',
  'decoder-failed': 'moving.originalUndecodable',
  'worker-died': 'moving.originalCrashed',
} as const satisfies Partial<Record<MoveNote['code'], string>>;

/** Why a photo failed to move, or moved only by its thumbnail. */
export function moveReason({ failed, ...error }: MoveNote): string {
  const { code } = error;
  const why = Object.hasOwn(ORIGINALS, code)
    ? t(ORIGINALS[code as keyof typeof ORIGINALS])
    : errorText(error);
  return failed ? why : `${why} ${t('moving.thumbnailUsed')}`;
}

/** Counts of photos that failed or moved with reduced quality, one sentence each. */
export function notesText(failed: number, reduced: number): string {
  const sentences: string[] = [];
  if (failed > 0) sentences.push(t('moving.notesFailed', { count: failed }));
  if (reduced > 0) sentences.push(t('moving.notesReduced', { count: reduced }));
  return sentences.join(' ');
}
