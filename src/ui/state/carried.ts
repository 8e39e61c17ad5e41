import type { ImportItem, UnreadableItem } from '../../protocol/index.ts';
import { errorText } from '../text/errorText.ts';
import { t } from '../text/t.ts';

/** A dropped or pasted file or folder: an entry, or a file if it has no entry. */
export type Carried = FileSystemEntry | File;

/**
 * The contents of a drop or paste. Must be called during its event: the browser clears the data
 * afterwards. Uses entries and not handles: Chromium's handles lack names such as `a:b.jpg` or
 * `aux`, and refuse whole folders such as Downloads.
 */
export function carriedBy(data: DataTransfer | null): Carried[] {
  return Array.from(data?.items ?? []).flatMap((item) => {
    if (item.kind !== 'file') return [];
    // Pictures from a web page or the clipboard have no file system entry.
    const carried = item.webkitGetAsEntry?.() ?? item.getAsFile();
    return carried ? [carried] : [];
  });
}

/**
 * Yields the files of a drop or paste in batches, including subfolders. Anything that can't be
 * opened becomes an item of its own; the rest continues.
 */
export async function* filesOf(
  carried: readonly Carried[],
): AsyncGenerator<readonly ImportItem[], void> {
  const loose = carried.filter((each) => !isFolder(each));
  if (loose.length > 0) yield Promise.all(loose.map((each) => itemOf(each, '')));
  const folders = carried.filter(isFolder).map((entry) => ({ entry, path: '' }));
  // A stack, so that one folder is finished before the next begins.
  folders.reverse();
  for (let folder = folders.pop(); folder; folder = folders.pop()) {
    const path = join(folder.path, folder.entry.name);
    const inside: FileSystemDirectoryEntry[] = [];
    try {
      for await (const entries of entriesOf(folder.entry)) {
        inside.push(...entries.filter(isFolder));
        const files = entries.filter((entry) => !isFolder(entry));
        if (files.length > 0) yield Promise.all(files.map((file) => itemOf(file, path)));
      }
    } catch {
      yield [unreadable(folder.entry, folder.path)];
    }
    for (const entry of inside.reverse()) folders.push({ entry, path });
  }
}

function isFolder(carried: Carried): carried is FileSystemDirectoryEntry {
  return 'isDirectory' in carried && carried.isDirectory;
}

/** The entries of a folder; the browser returns them in batches, the last one empty. */
async function* entriesOf(folder: FileSystemDirectoryEntry): AsyncGenerator<FileSystemEntry[]> {
  const reader = folder.createReader();
  for (;;) {
    const entries = await new Promise<FileSystemEntry[]>((resolve, reject) => {
      reader.readEntries(resolve, reject);
    });
    if (entries.length === 0) return;
    yield entries;
  }
}

async function itemOf(carried: Exclude<Carried, FileSystemDirectoryEntry>, path: string) {
  if (carried instanceof File) return { file: carried, path };
  try {
    const file = await new Promise<File>((resolve, reject) => {
      (carried as FileSystemFileEntry).file(resolve, reject);
    });
    return { file, path };
  } catch {
    return unreadable(carried, path);
  }
}

/** An error with our own wording: the browser's messages mention writing, handles and security. */
function unreadable({ name, isDirectory }: FileSystemEntry, path: string): UnreadableItem {
  // Chromium gives an empty name for invalid UTF-8.
  const details = { reason: name === '' ? 'name' : 'closed' };
  const code = isDirectory ? 'unreadable-folder' : 'unreadable-file';
  const unnamed = t(isDirectory ? 'import.unnamedFolder' : 'import.unnamedFile');
  return { name: name || unnamed, path, code, message: errorText({ code, details }), details };
}

function join(path: string, name: string): string {
  return path === '' ? name : `${path}/${name}`;
}
