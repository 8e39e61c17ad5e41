import type { ImportItem, TrialFile } from '../../../protocol/index.ts';
import { t } from '../../text/t.ts';

/** Models have few files; more than this is probably the wrong folder. */
export const MOST_FILES = 2000;

/** The last part of a path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Whether the file may be a model's JSON description. */
function describes({ name }: TrialFile): boolean {
  return /\.json$/i.test(name);
}

/**
 * Merges newly chosen files into earlier ones. Files that describe a model start over; others
 * complete the set, replacing files of the same name.
 */
export function addFiles(
  held: readonly TrialFile[],
  chosen: readonly TrialFile[],
): readonly TrialFile[] {
  if (held.length === 0 || chosen.some(describes)) return chosen;
  const names = new Set(chosen.map(({ name }) => baseName(name)));
  return [...held.filter(({ name }) => !names.has(baseName(name))), ...chosen];
}

/** Files with their folder paths. */
export function trialFiles(items: readonly ImportItem[]): TrialFile[] {
  return items.flatMap((item) => {
    if (!('file' in item)) return [];
    const { file, path } = item;
    return [{ name: path ? `${path}/${file.name}` : file.name, file }];
  });
}

/** Collects all files of a drop; throws if there are too many for a model. */
export async function gatherFiles(
  found: AsyncIterable<readonly ImportItem[]>,
): Promise<TrialFile[]> {
  const files: TrialFile[] = [];
  for await (const items of found) {
    files.push(...trialFiles(items));
    if (files.length > MOST_FILES) {
      throw new Error(t('models.folderTooBig'));
    }
  }
  return files;
}
