import type { ImportItem, UnreadableItem } from '../../protocol/index.ts';
import { errorText } from '../text/errorText.ts';
import { t } from '../text/t.ts';

/** A file or folder that a drop or paste carries: an entry, or a file where there is none for it. */
export type Carried = FileSystemEntry | File;

/**
 * What a drop or paste carries. Must be called while its event runs: the browser gives nothing
 * afterwards. Entries and not handles, as Chromium's handles lack names such as `a:b.jpg` or `aux`
 * and refuse whole folders such as Downloads.
 */
export function carriedBy(data: DataTransfer | null): Carried[] {
  return Array.from(data?.items ?? []).flatMap((item) => {
    if (item.kind !== 'file') return [];
    // A picture of a web page or of the clipboard is no entry of any file system.
    const carried = item.webkitGetAsEntry?.() ?? item.getAsFile();
    return carried ? [carried] : [];
  });
}

/**
 * The files of a drop or paste, folders looked through to their depths, in portions as they are
 * found. What can't be opened is an item of its own; the rest comes all the same.
 */
export async function* filesOf(
  carried: readonly Carried[],
): AsyncGenerator<readonly ImportItem[], void> {
  const loose = carried.filter((each) => !isFolder(each));
  if (loose.length > 0) yield Promise.all(loose.map((each) => itemOf(each, '')));
  const folders = carried.filter(isFolder).map((entry) => ({ entry, path: '' }));
  // Last in, first out, so that a folder is done with before the next one begins.
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

/** The entries of a folder; the browser gives some at a time, and an empty list at the end. */
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

/** In words of ours: the browser's own speak of writing, of handles and of security. */
function unreadable({ name, isDirectory }: FileSystemEntry, path: string): UnreadableItem {
  // Chromium has no name for one that is no valid UTF-8.
  const details = { reason: name === '' ? 'name' : 'closed' };
  const code = isDirectory ? 'unreadable-folder' : 'unreadable-file';
  const unnamed = t(isDirectory ? 'import.unnamedFolder' : 'import.unnamedFile');
  return { name: name || unnamed, path, code, message: errorText({ code, details }), details };
}

function join(path: string, name: string): string {
  return path === '' ? name : `${path}/${name}`;
}
