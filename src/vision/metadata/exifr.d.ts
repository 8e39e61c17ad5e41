// The package's own types describe its largest build and require Node's.
declare module 'exifr/dist/mini.esm.mjs' {
  interface Options {
    /** Tags of IFD0 and of the EXIF IFD; `false` reads none. */
    readonly ifd0?: readonly number[] | false;
    readonly exif?: readonly number[] | false;
    readonly gps?: false;
  }

  /** Reads the IFDs of a TIFF structure. */
  class TiffParser {
    readonly chunk: { getUint32(offset: number): number };
    /** Reads the value of the entry at an offset. */
    parseTag(offset: number, tag: number, block: string): unknown;
  }

  /** Parsers by segment kind. */
  export const segmentParsers: Map<'tiff', typeof TiffParser>;

  /** Raw tags by number; `undefined` if there are none. Reuse `options`, which it caches. */
  export function parse(data: Uint8Array, options: Options): Promise<unknown>;
}
