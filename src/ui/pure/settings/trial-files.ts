import type { ImportItem, TrialFile } from '../../../protocol/index.ts';
import { t } from '../../text/t.ts';

/** A model has a few files. More than these is another folder than was meant. */
export const MOST_FILES = 2000;

/** The last part of a path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Whether it may be what describes a model. */
function describes({ name }: TrialFile): boolean {
  return /\.json$/i.test(name);
}

/**
 * Files that were chosen after others. Those that describe a model begin anew; without them they
 * complete what is there already, and replace what has their name.
 */
export function addFiles(
  held: readonly TrialFile[],
  chosen: readonly TrialFile[],
): readonly TrialFile[] {
  if (held.length === 0 || chosen.some(describes)) return chosen;
  const names = new Set(chosen.map(({ name }) => baseName(name)));
  return [...held.filter(({ name }) => !names.has(baseName(name))), ...chosen];
}

/** As they are read: with their folders. */
export function trialFiles(items: readonly ImportItem[]): TrialFile[] {
  return items.flatMap((item) => {
    if (!('file' in item)) return [];
    const { file, path } = item;
    return [{ name: path ? `${path}/${file.name}` : file.name, file }];
  });
}

/** All files of a drop; throws where they are too many to be a model. */
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
