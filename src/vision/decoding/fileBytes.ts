import { AkinError } from '../../base/errors.ts';

/**
 * Reads a file, which may have disappeared since it was chosen.
 *
 * @throws AkinError `unreadable-file`
 */
export async function fileBytes(file: Blob): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch (cause) {
    throw new AkinError(
      'unreadable-file',
      'The file can’t be read: it was moved, changed or deleted since it was chosen.',
      { cause },
    );
  }
}
