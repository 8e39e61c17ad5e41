import { SNIFF_BYTES, sniff } from '../../vision/headers/sniff.ts';

/**
 * The type of a picture as its first bytes show it; `null` for anything else, SVG included. The type
 * that a file or the store gives is a claim of somebody else: under `image/svg+xml` or `text/html` the
 * same bytes would run as a script of this origin once opened in a tab of their own.
 *
 * @throws DOMException where the bytes cannot be read
 */
export async function pictureType(file: Blob): Promise<string | null> {
  const head = new Uint8Array(await file.slice(0, SNIFF_BYTES).arrayBuffer());
  const sniffed = sniff(head);
  return sniffed.type === undefined ? null : sniffed.mime;
}
