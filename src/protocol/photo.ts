/** A photo's key in the library: a positive integer below 2 ** 32, never used twice. */
export type PhotoId = number;

/** Who made a picture that came with the app. Shown beside it. */
export interface Credit {
  readonly by: string;
  readonly licence: string;
  readonly source: string;
}

/**
 * Where a photo's date is from, best first: the camera's own EXIF dates, XMP, IPTC, when EXIF data
 * says that the picture was last changed, when the file was.
 */
export type DateSource = 'exif' | 'xmp' | 'iptc' | 'modified' | 'file';

/** All that is known of a photo besides its pixels. Names and paths are the user's: text, never markup. */
export interface PhotoInfo {
  readonly id: PhotoId;
  readonly name: string;
  /** Folder it came from, `''` where none is known. */
  readonly path: string;
  /** MIME type found in the bytes, not claimed by the name. */
  readonly type: string;
  readonly bytes: number;
  /** Pixels, after EXIF orientation. */
  readonly width: number;
  readonly height: number;
  /** Milliseconds since 1970. */
  readonly addedAt: number;
  /**
   * When it was taken: what the clock showed there, in milliseconds since 1970 as though that clock
   * were UTC, so that a day is the same day wherever it is looked at. Absent where it is not known.
   */
  readonly takenAt?: number;
  /** What says so: there wherever `takenAt` is. */
  readonly dateSource?: DateSource;
  /** When it was moved to the trash; absent for a photo of the gallery. */
  readonly deletedAt?: number;
  readonly credit?: Credit;
  /** Whether the file lacks its end: it was cut off, by little enough that it is shown. */
  readonly endMissing?: true;
  /** What a photo with transparent parts is to be shown on, `#rrggbb`; absent for an opaque one. */
  readonly backdrop?: string;
}

/** When a photo was taken, and came here. */
export type PhotoDate = Pick<PhotoInfo, 'id' | 'takenAt' | 'addedAt'>;

/**
 * The gallery in columns, oldest import first: small enough to cross to the page whole at 100,000
 * photos. The arrays are transferred.
 */
export interface Gallery {
  /** (n) photo ids, ascending. */
  readonly ids: Uint32Array<ArrayBuffer>;
  /** (n) width / height. */
  readonly aspects: Float32Array<ArrayBuffer>;
  /** (n) `takenAt` of each photo, NaN where it is not known. */
  readonly takenAt: Float64Array<ArrayBuffer>;
  /** (n) `addedAt` of each photo. */
  readonly addedAt: Float64Array<ArrayBuffer>;
}

/** A thumbnail, long side at most 384 px, and what its tile says. */
export interface Thumb {
  readonly id: PhotoId;
  readonly name: string;
  /**
   * The WebP image as a `data:` URL. Object URLs would cost the page a call to the browser's process
   * each, a millisecond that a screen of tiles waits for twenty times, and have to be given back.
   */
  readonly src: string;
}

/** A photo that a search found. */
export interface SearchHit {
  readonly id: PhotoId;
  /** Cosine of the two vectors, -1 to 1. */
  readonly cosine: number;
  /**
   * The chance, in (0, 1], that two unrelated photos look at least this alike: what the cosine
   * means. 0.001 reads "1 unrelated pair in 1,000 is this alike".
   */
  readonly pValue: number;
}
