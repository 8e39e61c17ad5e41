import type { MoveNote, MoveWork } from '../../protocol/index.ts';
import { count, plural, timeLeft } from './format.ts';
import { type MoveRoute, modelTitle } from './model-words.ts';

type Active = Exclude<MoveWork, { state: 'idle' }>;

/** What the move is: to a model that the person chose, or to what an update brings. */
export function moveName({ to, back }: MoveRoute): string {
  return to !== null && back !== null ? `Switching to ${to}` : 'Improving search';
}

/** How far the library has moved to another model, as the first line of a bar. */
export function moveTitle(work: Active, name: string): string {
  switch (work.state) {
    case 'moving':
      return `${name}: ${count(work.done)} of ${plural(work.total, 'photo')}`;
    case 'paused':
      return `${name} is paused`;
    case 'finishing':
      return `${name}: almost done`;
    case 'stopped':
      return `${name} has stopped`;
  }
}

/** What goes on, and what can be done about it. */
export function moveIntro({ to, back }: MoveRoute): string {
  if (to === null || back === null) {
    return 'This version of Akin sees more in your photos. It looks at each of them once more, on this device; meanwhile search works as before, or better.';
  }
  return `Akin looks at your photos again, on this device. Search keeps working meanwhile. Until it’s done, you can go back to ${modelTitle(back)}.`;
}

/** The second line: how long yet, or why not. */
export function moveDetail(work: Active): string {
  switch (work.state) {
    case 'moving':
      if (work.loaded < 1 && work.secondsLeft === null) return 'Getting ready…';
      if (work.secondsLeft === null) return 'You can go on using Akin meanwhile.';
      return timeLeft(work.secondsLeft);
    case 'paused':
      return `${count(work.done)} of ${plural(work.total, 'photo')} done`;
    case 'finishing':
      return 'Checking the new index.';
    case 'stopped':
      return work.message;
  }
}

/** How far it is, 0 to 1. */
export function moveShare(work: Active): number {
  return work.state === 'finishing' ? 1 : work.done / Math.max(1, work.total);
}

/** What is wrong with an original, by its code. */
const ORIGINALS: Partial<Record<MoveNote['code'], string>> = {
  'not-found': 'Its original is missing.',
  'damaged-picture': 'Its original is damaged.',
  'decoder-missing': 'What reads its format could not be loaded.',
  'decoder-failed': 'Its original can’t be decoded.',
  'worker-died': 'Reading its original made Akin stop.',
};

/** Why a photo could not be moved, or only by its thumbnail. */
export function moveReason({ code, message, failed }: MoveNote): string {
  const why = ORIGINALS[code] ?? (message || 'Its original can’t be read.');
  return failed ? why : `${why} Its thumbnail was used.`;
}

/** `3 photos couldn’t be looked at again and can’t be searched; 2 only by their thumbnails.` */
export function notesWords(failed: number, reduced: number): string {
  const parts: string[] = [];
  if (failed > 0)
    parts.push(`${plural(failed, 'photo')} couldn’t be looked at again and can’t be searched`);
  if (reduced > 0) {
    const only = failed > 0 ? count(reduced) : plural(reduced, 'photo');
    parts.push(
      `${only} could be looked at only by ${reduced === 1 ? 'its thumbnail' : 'their thumbnails'}`,
    );
  }
  return `${parts.join('; ')}.`;
}
