import type { ImportCounts, ImportProgress } from '../../protocol/index.ts';
import { count, plural, rate, timeLeft } from './format.ts';

type Active = Exclude<ImportProgress, { state: 'idle' } | { state: 'done' }>;

const KEEP_ON = 'You can keep using Akin meanwhile.';

/** What the import is doing, as the first line of its bar. */
export function progressTitle(progress: Active): string {
  const { done, total } = progress;
  const of = `${count(done)} of ${count(total)}`;
  if (progress.state === 'paused') return `Paused at ${of}`;
  if (progress.state === 'stopped') return 'The import has stopped';
  if (progress.step === 'models') return 'Getting ready to look at your photos…';
  if (total === 0) return 'Looking for photos…';
  return `Reading ${of}`;
}

/** The second line: how fast and how long yet, or why not. */
export function progressDetail(progress: Active): string {
  if (progress.state === 'stopped') return progress.message;
  if (progress.state === 'paused') return KEEP_ON;
  if (progress.step === 'models') return 'This takes a moment the first time.';
  const parts: string[] = [];
  if (progress.rate !== null && progress.rate > 0) parts.push(rate(progress.rate));
  if (progress.secondsLeft !== null) parts.push(timeLeft(progress.secondsLeft));
  return parts.length > 0 ? parts.join(' · ') : KEEP_ON;
}

/** `497 added, 2 already here, 1 couldn’t be read` */
export function importSummary(counts: ImportCounts, cancelled = false): string {
  // Such as an empty folder.
  if (counts.kept + counts.duplicates + counts.failed === 0) {
    return cancelled ? 'No photos added' : 'No photos found';
  }
  const parts = [`${count(counts.kept)} added`];
  if (counts.duplicates > 0) parts.push(`${count(counts.duplicates)} already here`);
  if (counts.failed > 0) parts.push(`${plural(counts.failed, 'item')} couldn’t be read`);
  return parts.join(', ');
}

/** `Skipped 12 files that aren’t photos`; `''` where none was skipped. */
export function skippedWords({ skipped }: ImportCounts): string {
  if (skipped === 0) return '';
  return `Skipped ${plural(skipped, 'file')} that ${skipped === 1 ? 'isn’t a photo' : 'aren’t photos'}`;
}
