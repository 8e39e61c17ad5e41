import { AkinError } from '../../base/errors.ts';
import { matchInPhoto } from '../../base/matchInPhoto.ts';
import type { FaceInfo, FaceKey, PhotoId } from '../../protocol/index.ts';
import { together } from '../database/connection.ts';
import { withoutId } from '../database/keys.ts';
import type { FaceRow, FaceScanRow, PhotoRow, SpaceKey } from '../database/schema.ts';
import { encodeVector } from '../vectors/vectors.ts';
import { DROPPED_FACES, type DropStores, dropFaces } from './dropFaces.ts';
import { FIRST_FACE, isFaceRow } from './faceRows.ts';

/** A face as it was found in a photo, before it has a number. */
export interface NewFace extends Omit<FaceInfo, 'id' | 'photoId' | 'drawn'> {
  /** `d` values of the space `spaceId`. */
  readonly vector: Float32Array;
  /** The aligned face, 150 × 150 pixels, WebP. */
  readonly chip: ArrayBuffer;
}

/** What a search for faces found in one photo. */
export interface FoundFaces {
  /** Of what looked: see `Faces.unscanned`. */
  readonly version: string;
  /** The surest first. Of two of one name, the first is kept. */
  readonly faces: readonly NewFace[];
  /** Faces that were found and are too many to keep. */
  readonly leftOut: number;
}

/** A face that the index of a space does not have yet. */
export interface AddedFace {
  readonly id: FaceKey;
  readonly faceId: string;
  readonly spaceId: string;
  readonly vector: Float32Array<ArrayBuffer>;
}

/** What an index in memory has to follow. */
export interface KeptFaces {
  /** In the order in which they were given: new ones, and known ones with a vector that is new. */
  readonly added: readonly AddedFace[];
  /** Numbers that mean nothing any more, ascending. */
  readonly removed: readonly FaceKey[];
  /** Whether the photo is in the trash, so that what was added is hidden. */
  readonly inTrash: boolean;
}

/** Faces that were looked at and can be written. */
export interface CheckedFaces {
  readonly faces: readonly CheckedFace[];
  /** For faces drawn by hand, `null`: the rest of the photo's faces stay as they are. */
  readonly scan: FaceScanRow | null;
}

interface CheckedFace {
  readonly told: Omit<FaceRow, 'id' | 'photoId' | 'drawn'>;
  readonly vector: ArrayBuffer;
  readonly chip: ArrayBuffer;
}

/** The stores that `keepFaces` writes to. */
export const KEPT_FACES = [...DROPPED_FACES, 'faceScans'] as const;

/** The stores this touches, within a transaction that the caller has open. */
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
 * Looks at faces before a transaction is begun for them.
 *
 * @param mark `null` for faces that were drawn by hand
 * @throws AkinError `bad-vector`; `invalid-argument` for a face that could not be read again
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
 * Writes the faces of a photo in the place of those that it had. One that was known keeps its name,
 * and its number too unless its vector is another one now: a sealed segment may hold the old vector
 * under the old number, which only a tombstone hides.
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
  /** The number it keeps; `undefined` where it needs one of its own. */
  readonly id: FaceKey | undefined;
  /** The number that has to go first, as the face's name is free for one row only. */
  readonly inTheWay: FaceKey | undefined;
  /** Whether the space has this very vector under the number. */
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
    // A space that should have a vector and has none may have had any.
    const isFirst = stored === undefined && before.spaceId !== told.spaceId;
    if (isIndexed || isFirst)
      return { ...face, row, id: before.id, inTheWay: undefined, isIndexed };
  }
  // The holder is the face itself under its old number, or a row that nothing can read.
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
    // Part by part: whatever else a caller's object has is not stored.
    told: { faceId, box, points, score, flag, sizePx, blur, pose, quality, spaceId },
    vector: encodeVector(vector),
    chip,
  };
}
