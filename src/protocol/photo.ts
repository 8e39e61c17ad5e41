import type { Box } from '../base/boxes.ts';
import type { ColorDescriptor } from '../base/colors/descriptor.ts';

/** A photo's key in the library: a positive integer below 2 ** 32, never reused. */
export type PhotoId = number;

/** Author of a sample photo, shown beside it. */
export interface Credit {
  readonly by: string;
  readonly licence: string;
  readonly source: string;
}

/**
 * Where a photo's date comes from, best first: EXIF capture date, XMP, IPTC, EXIF modification
 * date, file modification date.
 */
export type DateSource = 'exif' | 'xmp' | 'iptc' | 'modified' | 'file';

/**
 * A photo's record, without pixels and vector. Names and paths are user input: text, never markup.
 */
export interface PhotoInfo {
  readonly id: PhotoId;
  readonly name: string;
  /** Source folder, `''` if unknown. */
  readonly path: string;
  /** MIME type sniffed from the bytes, not taken from the name. */
  readonly type: string;
  readonly bytes: number;
  /** Pixels, after EXIF orientation. */
  readonly width: number;
  readonly height: number;
  /** Milliseconds since 1970. */
  readonly addedAt: number;
  /**
   * Capture time: local wall-clock time in milliseconds since 1970, as if it were UTC, so a day is
   * the same day in every time zone. Absent if unknown.
   */
  readonly takenAt?: number;
  /** Source of `takenAt`; present if and only if that is. */
  readonly dateSource?: DateSource;
  /** When it was moved to the trash; absent for photos in the gallery. */
  readonly deletedAt?: number;
  readonly credit?: Credit;
  /** Whether the file is truncated, by little enough that it is still shown. */
  readonly endMissing?: true;
  /** Background color for a photo with transparency, `#rrggbb`; absent for an opaque one. */
  readonly backdrop?: string;
}

/** When a photo was taken and when it was added. */
export type PhotoDate = Pick<PhotoInfo, 'id' | 'takenAt' | 'addedAt'>;

/**
 * The gallery in columns, oldest import first: small enough to transfer to the page whole at
 * 100,000 photos.
 */
export interface Gallery {
  /** (n) photo ids, ascending. */
  readonly ids: Uint32Array<ArrayBuffer>;
  /** (n) width / height. */
  readonly aspects: Float32Array<ArrayBuffer>;
  /** (n) `takenAt`, NaN if unknown. */
  readonly takenAt: Float64Array<ArrayBuffer>;
  /** (n) `addedAt`. */
  readonly addedAt: Float64Array<ArrayBuffer>;
}

/** A thumbnail, long side at most 384 px, with its tile's caption data. */
export interface Thumb {
  readonly id: PhotoId;
  readonly name: string;
  /**
   * The WebP image as a `data:` URL. Object URLs would need revoking and cost a call to the browser
   * process each: a millisecond, twenty times per screen of tiles.
   */
  readonly src: string;
}

/** A search result. */
export interface SearchHit {
  readonly id: PhotoId;
  /** Cosine similarity of the two vectors, in [-1, 1]. */
  readonly cosine: number;
  /**
   * Probability, in (0, 1], that two unrelated photos are at least this similar; makes the cosine
   * interpretable. 0.001 reads "1 unrelated pair in 1,000 is this similar".
   */
  readonly pValue: number;
  /** The part of the photo that matches, in fractions of it; absent if it is the whole photo. */
  readonly box?: Box;
}

/** How much each cell of a grid over a picture contributes to its similarity to another one. */
export interface HeatMap {
  readonly height: number;
  readonly width: number;
  /** The part of the picture that the cells divide, in fractions of the picture. */
  readonly view: Box;
  /**
   * (height × width) row by row. Their mean over the cells that count for a whole picture is its
   * cosine with what it is compared with; below 0, a cell speaks against the similarity.
   */
  readonly weights: Float32Array<ArrayBuffer>;
}

/** A picture that a result is compared with: a photo or another picture, or a part of either. */
export interface ExplainedExample {
  readonly of: PhotoId | Blob;
  readonly box?: Box | undefined;
}

/** Which parts of two pictures make them similar. */
export interface PairHeat {
  /** Index of the example that is most similar to the result, which is the one compared. */
  readonly example: number;
  readonly cosine: number;
  /** Of that example; `view` is in fractions of its whole picture. */
  readonly query: HeatMap;
  readonly result: HeatMap;
}

/** Where in a picture a channel of a layer of a net responds. */
export interface ChannelMap {
  /** From 0 on. */
  readonly channel: number;
  /** Standard deviation of the response over the picture. */
  readonly spread: number;
  /** (height × width) row by row: 0 where it responds least, 1 where most. */
  readonly weights: Float32Array<ArrayBuffer>;
}

/** What layers of a net respond to in a photo. */
export interface LayerMaps {
  /** The part of the photo that the net saw, in fractions of it. */
  readonly view: Box;
  readonly layers: readonly {
    readonly depth: 'early' | 'middle' | 'late';
    /** Name of its node in the net. */
    readonly name: string;
    readonly height: number;
    readonly width: number;
    /** How many it has. */
    readonly channels: number;
    /** The channels whose responses differ most within the photo, those first. */
    readonly maps: readonly ChannelMap[];
  }[];
}

/** The vector of a picture that is not in the library. */
export interface PictureVector {
  readonly spaceId: string;
  /** `d` values, unit length. */
  readonly vector: Float32Array<ArrayBuffer>;
  readonly colors?: ColorDescriptor;
}
