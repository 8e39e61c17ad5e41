import type { PhotoId } from '../../protocol/index.ts';
import { together } from '../database/connection.ts';
import type { CalibrationRow, SpaceKey } from '../database/schema.ts';
import { isCalibrationRow } from './calibrationRows.ts';

/** The part of a calibration that writing vectors needs. */
export interface Extender {
  /** Number of values of a vector of its base, and of an extended one. */
  readonly d: number;
  readonly size: number;
  /** Extends the vector that starts at `from`, and writes the result to `out` at `to`. */
  extend(vectors: ArrayLike<number>, from: number, out: Float32Array, to: number): void;
}

/** Reads a calibration from its saved form. Throws for one that can't be read. */
export type ReadCalibration = (bytes: ArrayBuffer) => Extender;

/** Stores in which a photo's vectors are written. */
export const EXTENDED = ['calibrations', 'vectors', 'delta'] as const;

/** The stores this uses, within the caller's transaction. */
export interface ExtendedStores {
  readonly calibrations: {
    getAllKeys(): Promise<string[]>;
    get(id: string): Promise<unknown>;
  };
  readonly vectors: { put(vector: ArrayBuffer, key: SpaceKey): Promise<unknown> };
  readonly delta: { put(value: true, key: SpaceKey): Promise<unknown> };
}

interface Known {
  readonly row: Pick<CalibrationRow, 'baseSpaceId' | 'spaceId'>;
  readonly extender: Extender;
}

/**
 * The calibrations that are kept, read once: an id is a hash of what it names, so it never stands for
 * anything else.
 */
export class Extenders {
  readonly #read: ReadCalibration;
  /** By id. One that can't be read isn't here: its space gets no vectors. */
  readonly #known = new Map<string, Known>();

  constructor(read: ReadCalibration) {
    this.#read = read;
  }

  /** Writes a photo's vector in the space of each calibration of its space, with the delta marks. */
  async extend(
    { calibrations, vectors, delta }: ExtendedStores,
    spaceId: string,
    id: PhotoId,
    vector: Float32Array,
  ): Promise<void> {
    const kept = await calibrations.getAllKeys();
    for (const key of kept) {
      const known = this.#known.get(key) ?? this.#know(await calibrations.get(key));
      if (known?.row.baseSpaceId !== spaceId) continue;
      const extended = extendedBy(known.extender, vector);
      if (!extended) continue;
      const at: SpaceKey = [known.row.spaceId, id];
      await together<unknown>([() => vectors.put(extended, at), () => delta.put(true, at)]);
    }
  }

  /** The extender of a row; `null` if it can't be read. */
  of(row: CalibrationRow): Extender | null {
    return (this.#known.get(row.id) ?? this.#know(row))?.extender ?? null;
  }

  #know(row: unknown): Known | null {
    if (!isCalibrationRow(row)) return null;
    const { id, baseSpaceId, spaceId } = row;
    try {
      const known = { row: { baseSpaceId, spaceId }, extender: this.#read(row.bytes) };
      this.#known.set(id, known);
      return known;
    } catch {
      // Damaged on disk. Photos are stored all the same; choosing it reports why.
      return null;
    }
  }
}

/**
 * A vector in the space of a calibration, as stored; `null` if it can't be extended: it has another
 * length, or the result isn't finite.
 */
export function extendedBy(extender: Extender, vector: Float32Array): ArrayBuffer | null {
  if (vector.length !== extender.d) return null;
  const extended = new Float32Array(extender.size);
  extender.extend(vector, 0, extended, 0);
  return extended.every(Number.isFinite) ? extended.buffer : null;
}
