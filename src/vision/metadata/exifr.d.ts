// The package's own types describe its largest build, and ask for those of Node.
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

  /** By the name of what a file's segments hold. */
  export const segmentParsers: Map<'tiff', typeof TiffParser>;

  /** Tags by number, as they stand; `undefined` where there are none. Keep `options`: it caches them. */
  export function parse(data: Uint8Array, options: Options): Promise<unknown>;
}
