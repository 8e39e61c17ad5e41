import { pictureType } from '../../engine/index.ts';
import { downloadName } from '../pure/download-name.ts';
import { objectUrl } from './object-url.ts';

/**
 * Gives a photo to the browser to be downloaded, under its name and an ending that says what its bytes
 * are: what opens it later goes by that. What is no picture after all is saved as plain bytes.
 */
export async function savePhoto(original: Blob, name: string): Promise<void> {
  const type = await pictureType(original);
  save(objectUrl(original, type ?? 'application/octet-stream'), downloadName(name, type));
}

/** Gives text of Akin's own to the browser to be downloaded. */
export function saveJson(text: string, name: string): void {
  save(objectUrl(new Blob([text]), 'application/json'), name);
}

function save(url: string, name: string): void {
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser reads the file after the click; a minute is plenty.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
