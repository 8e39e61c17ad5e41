import type { MoveReport } from '../../protocol/index.ts';
import type { Store } from '../../store/index.ts';

/** Maximum number of notes in a report. */
const MOST_NOTES = 200;

/** @param target id of the target space */
export async function moveReport(
  { ledger, spaces }: Pick<Store, 'ledger' | 'spaces'>,
  target: string,
): Promise<MoveReport> {
  const [all, noted, notes] = await Promise.all([
    spaces.photoSpaces(),
    ledger.noted(),
    ledger.notes(MOST_NOTES),
  ]);
  return { target, from: all.filter((id) => id !== target), ...noted, notes };
}
