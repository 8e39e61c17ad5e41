import { SNIFF_BYTES, sniff } from '../../vision/headers/sniff.ts';

/**
 * Detects a picture's MIME type from its first bytes; `null` for anything else, including SVG. The
 * type claimed by a file or the store is untrusted: as `image/svg+xml` or `text/html`, the same
 * bytes would run as a script of this origin when opened in a tab.
 *
 * @throws DOMException if the bytes can't be read
 */
export async function pictureType(file: Blob): Promise<string | null> {
  const head = new Uint8Array(await file.slice(0, SNIFF_BYTES).arrayBuffer());
  const sniffed = sniff(head);
  return sniffed.type === undefined ? null : sniffed.mime;
}
