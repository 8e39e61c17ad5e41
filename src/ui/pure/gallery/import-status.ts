import type { ImportCounts, ImportProgress } from '../../../protocol/index.ts';
import { errorText } from '../../text/errorText.ts';
import { t } from '../../text/t.ts';
import { list, rate, timeLeft } from '../format.ts';

type Active = Exclude<ImportProgress, { state: 'idle' } | { state: 'done' }>;

/** State of the import, as the first line of its bar. */
export function progressTitle(progress: Active): string {
  const { done, total } = progress;
  if (progress.state === 'paused') return t('import.paused', { done, total });
  if (progress.state === 'stopped') return t('import.interrupted');
  if (progress.step === 'models') return t('import.preparing');
  if (total === 0) return t('import.finding');
  return t('import.running', { done, total });
}

/** Second line: time left and speed, or why it is waiting. Most important first. */
export function progressDetails(progress: Active): string[] {
  if (progress.state === 'stopped') return [errorText(progress)];
  if (progress.state === 'paused') return [t('common.keepUsing')];
  if (progress.step === 'models') return [t('import.preparingHint')];
  const parts: string[] = [];
  if (progress.secondsLeft !== null) parts.push(timeLeft(progress.secondsLeft));
  if (progress.rate !== null && progress.rate > 0) parts.push(rate(progress.rate));
  return parts.length > 0 ? parts : [t('common.keepUsing')];
}

type Done = Extract<ImportProgress, { state: 'done' }>;

/** Result of the import, as the first line of its bar. */
export function doneTitle({ cancelled, imported, failed }: Done): string {
  if (cancelled) return t('import.stopped');
  return imported === 0 && failed > 0 ? t('import.noneImported') : t('import.finished');
}

/** `497 imported, 2 already in your library, and 1 not imported` */
export function importSummary(counts: ImportCounts, cancelled = false): string {
  const { imported, duplicates, failed } = counts;
  const parts: string[] = [];
  if (imported > 0) parts.push(t('import.imported', { count: imported }));
  if (duplicates > 0) parts.push(t('import.duplicates', { count: duplicates }));
  if (failed > 0) parts.push(t('import.notImported', { count: failed }));
  if (parts.length > 0) return list(parts, 'and');
  // For example, an empty folder.
  return cancelled ? t('import.noneImported') : t('import.noneFound');
}

/** `Skipped 12 files that aren’t photos`; `''` if none was skipped. */
export function skippedText({ skipped }: ImportCounts): string {
  return skipped === 0 ? '' : t('import.skipped', { count: skipped });
}
