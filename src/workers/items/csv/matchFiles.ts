import type { PhotoFile } from '../../../store/index.ts';

/** The photo of a file name, or why there is none. */
export type FileMatch = PhotoFile | 'no-match' | 'several-matches';

/**
 * Finds photos by the file names of a list. A name may have folders, of either slash: then those of
 * the photo must end with them. Names match as they are, or else in upper and lower case, or else
 * without the photo's extension.
 */
export function matchFiles(files: readonly PhotoFile[]): (file: string) => FileMatch {
  const byName = grouped(files, ({ name }) => fold(name));
  const byStem = grouped(files, ({ name }) => fold(name.replace(/\.[^.]*$/, '')));
  return (text) => {
    const parts = text.split(/[/\\]/).filter((part) => part !== '' && part !== '.');
    const name = parts.at(-1);
    if (name === undefined) return 'no-match';
    const folders = parts.slice(0, -1).join('/');
    const named = byName.get(fold(name)) ?? byStem.get(fold(name)) ?? [];
    const found = named.filter((file) => isIn(file, folders));
    const exact = found.filter((file) => file.name.normalize() === name.normalize());
    const [photo, ...others] = exact.length > 0 ? exact : found;
    if (!photo) return 'no-match';
    return others.length > 0 ? 'several-matches' : photo;
  };
}

function grouped(
  files: readonly PhotoFile[],
  keyOf: (file: PhotoFile) => string,
): ReadonlyMap<string, PhotoFile[]> {
  const groups = new Map<string, PhotoFile[]>();
  for (const file of files) {
    const key = keyOf(file);
    const same = groups.get(key);
    if (same) same.push(file);
    else groups.set(key, [file]);
  }
  return groups;
}

/** Whether a photo's folder ends with folders, or they with it: a list may know more of them. */
function isIn({ path }: PhotoFile, folders: string): boolean {
  if (folders === '' || path === '') return true;
  const [own, asked] = [`/${fold(path.replaceAll('\\', '/'))}`, `/${fold(folders)}`];
  const trimmed = own.replace(/\/+$/, '');
  return trimmed.endsWith(asked) || asked.endsWith(trimmed);
}

function fold(name: string): string {
  return name.normalize().toLowerCase();
}
