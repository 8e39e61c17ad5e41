import {
  type Akin,
  MOST_ZIP_BYTES,
  MOST_ZIP_ENTRIES,
  pictureType,
  type ZipEntry,
  zipPhotos,
} from '../../engine/index.ts';
import type { PhotoId } from '../../protocol/index.ts';
import { downloadName, uniqueName } from '../pure/gallery/download-name.ts';
import { objectUrl } from './object-url.ts';

/**
 * Downloads a photo under its name, with an extension that matches its bytes, since that decides
 * which program opens it. Non-pictures are saved as plain bytes.
 */
export async function savePhoto(original: Blob, name: string): Promise<void> {
  const type = await pictureType(original);
  save(objectUrl(original, type ?? 'application/octet-stream'), downloadName(name, type));
}

/**
 * Downloads photos as one or more archives, split by size.
 *
 * @param name of the archive, without extension
 */
export async function savePhotos(akin: Akin, ids: readonly PhotoId[], name: string): Promise<void> {
  let entries: ZipEntry[] = [];
  let names = new Set<string>();
  let bytes = 0;
  let archives = 0;
  const saveArchive = async (suffix: string) => {
    save(objectUrl(await zipPhotos(entries), 'application/octet-stream'), `${name}${suffix}.zip`);
    [entries, names, bytes] = [[], new Set(), 0];
  };
  for (const id of ids) {
    const [info, content] = await Promise.all([akin.photo(id), akin.original(id)]);
    if (entries.length === MOST_ZIP_ENTRIES || bytes + content.size > MOST_ZIP_BYTES) {
      await saveArchive(` ${++archives}`);
    }
    const own = uniqueName(downloadName(info.name, await pictureType(content)), names);
    names.add(own.toLowerCase());
    entries.push({ name: own, content, time: info.takenAt ?? info.addedAt });
    bytes += content.size;
  }
  await saveArchive(archives === 0 ? '' : ` ${archives + 1}`);
}

/** Downloads a PNG that Akin drew. */
export function savePicture(picture: Blob, name: string): void {
  save(objectUrl(picture, 'image/png'), name);
}

/** Downloads text that Akin generated. */
export function saveJson(text: string, name: string): void {
  save(objectUrl(new Blob([text]), 'application/json'), name);
}

/** As `saveJson`. The byte order mark tells spreadsheets that it is UTF-8. */
export function saveCsv(text: string, name: string): void {
  save(objectUrl(new Blob(['\ufeff', text]), 'application/octet-stream'), name);
}

/** Downloads a file that Akin generated, of any other format. */
export function saveBytes(file: Blob, name: string): void {
  save(objectUrl(file, 'application/octet-stream'), name);
}

function save(url: string, name: string): void {
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser reads the file after the click; a minute is plenty.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
