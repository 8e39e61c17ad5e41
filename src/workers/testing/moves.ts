import { AkinError } from '../../base/errors.ts';
import type { AkinEvent, MoveWork, PhotoId } from '../../protocol/index.ts';
import type { Store } from '../../store/index.ts';
import { fileOf, keepOf, testColors } from '../../store/testing/library.ts';
import type { Vectors } from '../moving/moveRound.ts';
import { Mover } from '../moving/mover.ts';

// Tabs that move a library from the space of `store/testing/library.ts` to another in successive
// visits, with models that may fail.

export const NEXT = { id: 'next-v2', d: 3 };

/** A picture is identified by its text: `original 7` or `thumbnail 7`. */
export type Nets = (picture: string) => void | Promise<void>;

/** A photo's vector in the new space. */
export const nextVector = (id: PhotoId) => Float32Array.of(1, id, 0);

/** Imports a photo whose thumbnail identifies it. */
export async function photo(store: Store, n: number, original?: Blob): Promise<PhotoId> {
  const file = fileOf(n);
  const [staged] = await store.jobs.stage([{ ...file, blob: original ?? file.blob }]);
  const thumb = new TextEncoder().encode(`thumbnail ${n}`).buffer as ArrayBuffer;
  await store.photos.keep({ ...keepOf(staged!.id), thumb, dateReader: 2 });
  return staged!.id;
}

export async function photos(store: Store, count: number): Promise<PhotoId[]> {
  const ids: PhotoId[] = [];
  for (let n = 1; n <= count; n++) ids.push(await photo(store, n));
  return ids;
}

export function visit(
  store: Store,
  nets: Nets = () => {},
  space = NEXT.id,
  inTurn: <T>(work: () => Promise<T>) => Promise<T> = (work) => work(),
  regions = false,
) {
  const asked: string[] = [];
  const colored: string[] = [];
  const told: AkinEvent[] = [];
  const mover = new Mover<string>({
    store,
    space,
    regions,
    read: async (picture) => {
      const text = await picture.text();
      if (!/^(original|thumbnail) \d+$/.test(text)) {
        throw new AkinError('damaged-picture', 'This is no picture.');
      }
      return text;
    },
    embed: async (pictures): Promise<Vectors> => {
      for (const picture of pictures) {
        asked.push(picture);
        await nets(picture);
      }
      return {
        spaceId: space,
        vectors: pictures.map((picture) => nextVector(Number(picture.split(' ')[1]))),
        ...(regions && {
          regions: pictures.map((picture) => ({
            view: { x: 0, y: 0, width: 1, height: 1 },
            windows: Uint8Array.of(0, 2, 6, 8),
            vectors: Float32Array.from({ length: 4 * NEXT.d }, () => Number(picture.split(' ')[1])),
          })),
        }),
        classes: pictures.map(() => ({
          ids: Uint16Array.of(1, 2, 3, 4, 5),
          probabilities: Float32Array.of(0.5, 0.2, 0.1, 0, 0),
        })),
      };
    },
    colorsOf: async (thumbnail) => {
      const text = new TextDecoder().decode(thumbnail);
      if (!text.startsWith('thumbnail')) throw new AkinError('damaged-picture', 'No picture.');
      colored.push(text);
      return testColors();
    },
    inTurn,
    broadcast: (event) => told.push(event),
  });
  const works = (): MoveWork[] =>
    told.flatMap((event) => (event.type === 'move-work' ? [event.work] : []));
  return {
    mover,
    asked,
    /** Thumbnails that colors were made from. */
    colored,
    told,
    works,
    /** Moves until nothing is left or it fails. */
    async move() {
      await mover.wake();
      await mover.settled();
    },
  };
}
