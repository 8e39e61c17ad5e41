import { AkinError } from '../../base/errors.ts';
import { matchInPhoto } from '../../base/matchInPhoto.ts';
import type { FaceInfo, FaceKey, PhotoId } from '../../protocol/index.ts';
import { together } from '../database/connection.ts';
import { withoutId } from '../database/keys.ts';
import type { FaceRow, FaceScanRow, PhotoRow, SpaceKey } from '../database/schema.ts';
import { encodeVector } from '../vectors/vectors.ts';
import { DROPPED_FACES, type DropStores, dropFaces } from './dropFaces.ts';
import { FIRST_FACE, isFaceRow } from './faceRows.ts';

/** A detected face, before it has a key. */
export interface NewFace extends Omit<FaceInfo, 'id' | 'photoId' | 'drawn'> {
  /** `d` values of the space `spaceId`. */
  readonly vector: Float32Array;
  /** The aligned face, 150 × 150 pixels, WebP. */
  readonly chip: ArrayBuffer;
}

/** Result of scanning a photo for faces. */
export interface FoundFaces {
  /** Of the scanner: see `Faces.unscanned`. */
  readonly version: string;
  /** Highest score first. The first of two with one `faceId` wins. */
  readonly faces: readonly NewFace[];
  /** Faces found above the limit. */
  readonly leftOut: number;
}

/** A face not yet in the index of a space. */
export interface AddedFace {
  readonly id: FaceKey;
  readonly faceId: string;
  readonly spaceId: string;
  readonly vector: Float32Array<ArrayBuffer>;
}

/** Changes that an index in memory has to apply. */
export interface KeptFaces {
  /** New faces, and known ones with a new vector, in input order. */
  readonly added: readonly AddedFace[];
  /** Keys that are no longer valid, ascending. */
  readonly removed: readonly FaceKey[];
  /** Whether the photo is in the trash, so the added faces are hidden. */
  readonly inTrash: boolean;
}

/** Validated faces, ready to be written. */
export interface CheckedFaces {
  readonly faces: readonly CheckedFace[];
  /** `null` for faces added by hand: the photo's other faces stay. */
  readonly scan: FaceScanRow | null;
}

interface CheckedFace {
  readonly told: Omit<FaceRow, 'id' | 'photoId' | 'drawn'>;
  readonly vector: ArrayBuffer;
  readonly chip: ArrayBuffer;
}

/** The stores that `keepFaces` writes to. */
export const KEPT_FACES = [...DROPPED_FACES, 'faceScans'] as const;

/** The stores used, within the caller's transaction. */
export interface KeepStores extends DropStores {
  readonly faces: DropStores['faces'] & {
    add(row: FaceRow): Promise<FaceKey>;
    put(row: FaceRow): Promise<FaceKey>;
    index(name: 'byPhoto'): {
      getAll(id: PhotoId): Promise<unknown[]>;
      getAllKeys(id: PhotoId): Promise<FaceKey[]>;
    };
    index(name: 'byFaceId'): { getKey(faceId: string): Promise<FaceKey | undefined> };
  };
  readonly chips: DropStores['chips'] & {
    put(chip: ArrayBuffer, id: FaceKey): Promise<unknown>;
  };
  readonly vectors: DropStores['vectors'] & {
    get(key: SpaceKey): Promise<unknown>;
    put(vector: ArrayBuffer, key: SpaceKey): Promise<unknown>;
  };
  readonly delta: DropStores['delta'] & { put(value: true, key: SpaceKey): Promise<unknown> };
  readonly faceScans: { put(scan: FaceScanRow, id: PhotoId): Promise<unknown> };
}

/**
 * Validates faces before a transaction starts.
 *
 * @param mark `null` for faces added by hand
 * @throws AkinError `bad-vector`; `invalid-argument` for a face that would not be readable again
 */
export function checkFaces(
  faces: readonly NewFace[],
  mark: Pick<FoundFaces, 'version' | 'leftOut'> | null,
): CheckedFaces {
  const byName = new Map<string, CheckedFace>();
  for (const face of faces) if (!byName.has(face.faceId)) byName.set(face.faceId, checked(face));
  const scan = mark && { version: mark.version, faces: byName.size, leftOut: mark.leftOut };
  return { faces: [...byName.values()], scan };
}

/**
 * Replaces the faces of a photo. A known face keeps its `faceId`, and its key unless its vector
 * changed: a sealed segment may hold the old vector under the old key, and only a tombstone hides
 * it.
 */
export async function keepFaces(
  stores: KeepStores,
  photo: Pick<PhotoRow, 'id' | 'deletedAt'>,
  { faces: found, scan }: CheckedFaces,
): Promise<KeptFaces> {
  const [numbers, rows] = await Promise.all([
    stores.faces.index('byPhoto').getAllKeys(photo.id),
    stores.faces.index('byPhoto').getAll(photo.id),
  ]);
  const old = rows.filter(isFaceRow);
  const matches = matchInPhoto(
    old,
    found.map(({ told }) => told),
  );
  const placed = await together(
    found.map((face, at) => () => place(stores, photo.id, face, matches[at], !scan)),
  );

  const removed = new Set(placed.flatMap(({ inTheWay }) => inTheWay ?? []));
  if (scan) {
    const staying = new Set([...matches, ...old.filter((row) => row.drawn)].map((row) => row?.id));
    for (const id of numbers) if (!staying.has(id)) removed.add(id);
  }
  const gone = [...removed].sort((a, b) => a - b);
  await dropFaces(stores, gone);

  const ids = await together(
    placed.map(
      ({ row, id }) =>
        () =>
          id === undefined
            ? stores.faces.add(withoutId<FaceRow>(row))
            : stores.faces.put({ ...row, id }),
    ),
  );
  const inTrash = photo.deletedAt !== undefined;
  const added: AddedFace[] = [];
  const writes: (() => Promise<unknown>)[] = [];
  placed.forEach(({ row: { faceId, spaceId }, vector, chip, isIndexed }, at) => {
    const id = ids[at]!;
    writes.push(() => stores.chips.put(chip, id));
    if (inTrash) writes.push(() => stores.tombstones.put(true, id));
    if (isIndexed) return;
    added.push({ id, faceId, spaceId, vector: new Float32Array(vector) });
    writes.push(
      () => stores.vectors.put(vector, [spaceId, id]),
      () => stores.delta.put(true, [spaceId, id]),
    );
  });
  if (scan) writes.push(() => stores.faceScans.put(scan, photo.id));
  await together(writes);
  return { added, removed: gone, inTrash };
}

interface PlacedFace extends CheckedFace {
  readonly row: Omit<FaceRow, 'id'>;
  /** The key it keeps; `undefined` if it needs a new one. */
  readonly id: FaceKey | undefined;
  /** The key to delete first, as a `faceId` is unique among rows. */
  readonly inTheWay: FaceKey | undefined;
  /** Whether the space has exactly this vector under the key. */
  readonly isIndexed: boolean;
}

async function place(
  { vectors, faces }: KeepStores,
  photoId: PhotoId,
  face: CheckedFace,
  before: FaceRow | undefined,
  byHand: boolean,
): Promise<PlacedFace> {
  const { told, vector } = face;
  const drawn = byHand || before?.drawn;
  const faceId = before?.faceId ?? told.faceId;
  const row = { ...told, faceId, photoId, ...(drawn && { drawn: true as const }) };
  if (before) {
    const stored = await vectors.get([told.spaceId, before.id]);
    const isIndexed = sameBytes(stored, vector);
    // Its first vector in this space. If it was in the space before but its vector is missing, a
    // segment may hold any vector under its key.
    const isFirst = stored === undefined && before.spaceId !== told.spaceId;
    if (isIndexed || isFirst)
      return { ...face, row, id: before.id, inTheWay: undefined, isIndexed };
  }
  // The holder is the face itself under its old key, or an unreadable row.
  const inTheWay = await faces.index('byFaceId').getKey(faceId);
  return { ...face, row, id: undefined, inTheWay, isIndexed: false };
}

function sameBytes(a: unknown, b: ArrayBuffer): boolean {
  if (!(a instanceof ArrayBuffer) || a.byteLength !== b.byteLength) return false;
  const other = new Uint8Array(b);
  return new Uint8Array(a).every((byte, i) => byte === other[i]);
}

function checked({ vector, chip, ...told }: NewFace): CheckedFace {
  if (!isFaceRow({ ...told, id: FIRST_FACE, photoId: 1 }) || !(chip instanceof ArrayBuffer)) {
    throw new AkinError('invalid-argument', 'A face that was found is described wrongly.');
  }
  const { faceId, box, points, score, flag, sizePx, blur, pose, quality, spaceId } = told;
  return {
    // Field by field, so that other properties of a caller's object aren't stored.
    told: { faceId, box, points, score, flag, sizePx, blur, pose, quality, spaceId },
    vector: encodeVector(vector),
    chip,
  };
}
