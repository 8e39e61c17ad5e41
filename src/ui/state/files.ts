import type { ImportFile } from '../../protocol/index.ts';
import { t } from '../text/t.ts';

/** What a file chooser offers. Not every system knows HEIC to be pictures. */
export const PICTURES = 'image/*,.heic,.heif';

/** The folder part of `Holiday/Beach/1.jpg` or `./1.jpg`; `''` where there is none. */
export function folderOf(path: string): string {
  const clean = path.replace(/^\.?\//, '');
  return clean.slice(0, Math.max(0, clean.lastIndexOf('/')));
}

/** The files chosen in an `<input type="file">`, with their folders where a folder was chosen. */
export function chosenFiles(input: HTMLInputElement): ImportFile[] {
  return Array.from(input.files ?? [], (file) => ({
    file,
    path: folderOf(file.webkitRelativePath),
  }));
}

/** Every picture that is pasted is called `image.png` by the browser: say when it was instead. */
export function pastedName(file: File, now: Date): File {
  if (!/^image\.\w+$/.test(file.name)) return file;
  const extension = file.name.split('.').at(-1);
  const local = new Date(now.getTime() - now.getTimezoneOffset() * 60_000);
  const stamp = local.toISOString().slice(0, 19).replace('T', ' ').replaceAll(':', '.');
  return new File([file], `${t('import.pastedName', { time: stamp })}.${extension}`, {
    type: file.type,
  });
}

/** Whether the clipboard can be read by a button, and not by Ctrl+V alone. */
export function canReadClipboard(): boolean {
  return typeof navigator.clipboard?.read === 'function';
}

/** The pictures on the clipboard; the browser may ask the person first, and they may say no. */
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
