import { AkinError } from '../../base/errors.ts';
import type { AkinEvent, FacesOutput, PhotoId } from '../../protocol/index.ts';
import type { Store } from '../../store/index.ts';
import { freshName, importPhoto, openLibrary } from '../../store/testing/library.ts';
import { FaceBackfill } from '../faces/faceBackfill.ts';
import { FaceSettings } from '../faces/faceSettings.ts';
import { FACE_SPACE, facedFace } from './facedLibrary.ts';

// Tabs that scan a library for faces in successive visits, with models that may fail.

export const SPACE = { id: FACE_SPACE, d: 16, version: 'nets 1' };
/** A picture is identified by its width: photo 1 is 1 pixel wide. */
export const BLANK = 0;

/** What the models detect in a picture: one person, always in the same place. */
function seen(photo: PhotoId, version: string): FacesOutput {
  const { faceId: _id, spaceId, chip, ...face } = facedFace(photo, 0);
  const faces = photo === BLANK ? [] : [{ ...face, chip }];
  const status = { backend: null, tensors: null };
  return { spaceId, version, faces, leftOut: 0, msByStage: {}, status };
}

function pictureOf(width: number): ImageBitmap {
  return { width, height: 1, close: () => {} };
}

/** A library of `photos` photos to be scanned for faces. */
export async function library(photos: number) {
  const store = await openLibrary({ name: freshName() });
  for (let n = 1; n <= photos; n++) await importPhoto(store, n);
  await new FaceSettings(store.meta).turnOn(SPACE);
  return store;
}

export type Nets = (photo: PhotoId) => void | Promise<void>;

/** One visit, while a tab is open. `nets` throw for a picture they fail on. */
export function visit(store: Store, nets: Nets, version = SPACE.version) {
  const asked: PhotoId[] = [];
  const told: AkinEvent[] = [];
  let ended = Promise.resolve();
  const settings = new FaceSettings(store.meta);
  const looker = new FaceBackfill({
    store,
    settings,
    space: async () => ({ ...SPACE, version }),
    decode: async (photo) => {
      const [, n] = /^original (\d+)$/.exec(await photo.text()) ?? [];
      if (n === undefined) throw new AkinError('damaged-picture', 'This is no picture.');
      return pictureOf(Number(n));
    },
    blank: async () => pictureOf(BLANK),
    find: async ({ width }) => {
      asked.push(width);
      await nets(width);
      return seen(width, version);
    },
    inTurn: (work) => {
      ended = work();
      return ended;
    },
    broadcast: (event) => told.push(event),
  });
  const works = () => told.flatMap((event) => (event.type === 'face-work' ? [event.work] : []));
  return {
    looker,
    settings,
    asked,
    works,
    /** Scans until nothing is left or it fails. */
    async look() {
      await looker.wake();
      await ended.catch(() => {}); /* it is reported */
    },
  };
}
