/**
 * What filters know of the photos, in columns: small enough to keep in memory for a million photos,
 * and fast to scan.
 */
export interface PhotoFacts {
  /** (n) photo ids, ascending. */
  readonly ids: Uint32Array;
  /** (n) capture time as local wall-clock milliseconds, the time of import if unknown. */
  readonly time: Float64Array;
  /** (n) pixels. */
  readonly width: Uint32Array;
  readonly height: Uint32Array;
  /** (n) bytes of the original. */
  readonly bytes: Float64Array;
  /** (n) MIME type. */
  readonly type: readonly string[];
  /** (n) file name, and source folder (`''` if unknown). */
  readonly name: readonly string[];
  readonly path: readonly string[];
}

export const NO_FACTS: PhotoFacts = {
  ids: new Uint32Array(0),
  time: new Float64Array(0),
  width: new Uint32Array(0),
  height: new Uint32Array(0),
  bytes: new Float64Array(0),
  type: [],
  name: [],
  path: [],
};

/** One photo, as facts are made of. */
export interface PhotoFact {
  readonly id: number;
  readonly takenAt?: number | undefined;
  readonly addedAt: number;
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
  readonly type: string;
  readonly name: string;
  readonly path: string;
}

/** @param photos in any order */
export function factsOf(photos: readonly PhotoFact[]): PhotoFacts {
  const sorted = [...photos].sort((a, b) => a.id - b.id);
  return {
    ids: Uint32Array.from(sorted, ({ id }) => id),
    time: Float64Array.from(sorted, ({ takenAt, addedAt }) => takenAt ?? addedAt),
    width: Uint32Array.from(sorted, ({ width }) => width),
    height: Uint32Array.from(sorted, ({ height }) => height),
    bytes: Float64Array.from(sorted, ({ bytes }) => bytes),
    type: sorted.map(({ type }) => type),
    name: sorted.map(({ name }) => name),
    path: sorted.map(({ path }) => path),
  };
}
