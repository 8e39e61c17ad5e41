import type { ImportFile } from '../../protocol/index.ts';
import { t } from '../text/t.ts';

/** `accept` value of file choosers. Not every system knows that HEIC is an image type. */
export const PICTURES = 'image/*,.heic,.heif';

/** The folder part of `Holiday/Beach/1.jpg` or `./1.jpg`; `''` if there is none. */
export function folderOf(path: string): string {
  const clean = path.replace(/^\.?\//, '');
  return clean.slice(0, Math.max(0, clean.lastIndexOf('/')));
}

/** The files chosen in an `<input type="file">`, with their folders if a folder was chosen. */
export function chosenFiles(input: HTMLInputElement): ImportFile[] {
  return Array.from(input.files ?? [], (file) => ({
    file,
    path: folderOf(file.webkitRelativePath),
  }));
}

/** Browsers name every pasted picture `image.png`; use the time of pasting instead. */
export function pastedName(file: File, now: Date): File {
  if (!/^image\.\w+$/.test(file.name)) return file;
  const extension = file.name.split('.').at(-1);
  const local = new Date(now.getTime() - now.getTimezoneOffset() * 60_000);
  const stamp = local.toISOString().slice(0, 19).replace('T', ' ').replaceAll(':', '.');
  return new File([file], `${t('import.pastedName', { time: stamp })}.${extension}`, {
    type: file.type,
  });
}

/** Whether a button can read the clipboard; otherwise only Ctrl+V works. */
export function canReadClipboard(): boolean {
  return typeof navigator.clipboard?.read === 'function';
}

/** The pictures on the clipboard; the browser may ask for permission, which can be denied. */
export async function clipboardPictures(): Promise<File[]> {
  const files: File[] = [];
  for (const item of await navigator.clipboard.read()) {
    const type = item.types.find((t) => t.startsWith('image/'));
    if (type === undefined) continue;
    const blob = await item.getType(type);
    const extension = (type.split('/')[1] ?? 'png').split('+')[0];
    files.push(pastedName(new File([blob], `image.${extension}`, { type }), new Date()));
  }
  return files;
}
