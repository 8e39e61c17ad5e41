import { strToU8, Zip, ZipDeflate, ZipPassThrough } from 'fflate';
import { AkinError } from '../base/errors.ts';

/** Receives a file's bytes, in order. They aren't written to afterward. */
export type Sink = (bytes: Uint8Array<ArrayBuffer>) => void;

/** An archive has no ZIP64 fields: neither it nor a file in it may be larger. */
export const MOST_ZIP_BYTES = 2 ** 32 - 2 ** 20;

/** Deflate level of text: numbers hardly shrink more at higher ones, which take three times as long. */
const LEVEL = 1;

/** Writes a ZIP archive, one file after the other, as its bytes come in. */
export class ZipWriter {
  readonly #zip: Zip;
  #file: ZipDeflate | ZipPassThrough | null = null;
  /** Of the file that is being written, and of the archive. */
  #bytes = 0;
  #total = 0;

  constructor(sink: Sink) {
    this.#zip = new Zip((error, chunk) => {
      if (error) throw new AkinError('internal', error.message, { cause: error });
      this.#total += chunk.length;
      if (this.#total > MOST_ZIP_BYTES) throw tooLarge();
      sink(chunk);
    });
  }

  /** Starts the next file. @param compress whether it gets smaller by that, as text does */
  start(name: string, compress: boolean): void {
    this.#endFile();
    this.#bytes = 0;
    this.#file = compress ? new ZipDeflate(name, { level: LEVEL }) : new ZipPassThrough(name);
    this.#zip.add(this.#file);
  }

  /** @throws AkinError `invalid-argument` for more than an archive can hold */
  write(bytes: Uint8Array<ArrayBuffer>): void {
    this.#bytes += bytes.length;
    if (this.#bytes > MOST_ZIP_BYTES) throw tooLarge();
    this.#file?.push(bytes);
  }

  /** As UTF-8. @throws AkinError as `write` */
  writeText(text: string): void {
    this.write(strToU8(text) as Uint8Array<ArrayBuffer>);
  }

  end(): void {
    this.#endFile();
    this.#zip.end();
  }

  #endFile(): void {
    this.#file?.push(new Uint8Array(0), true);
    this.#file = null;
  }
}

export function tooLarge(): AkinError {
  return new AkinError('invalid-argument', 'The vectors are too much for one archive.', {
    details: { reason: 'vectors-archive' },
  });
}
