import { AkinError } from '../../base/errors.ts';
import type {
  AkinEvent,
  FaceBox,
  FaceFindingContract,
  FacesOutput,
  Handlers,
} from '../../protocol/index.ts';
import type { Store } from '../../store/index.ts';
import { facePicture } from '../../vision/decoding/facePicture.ts';
import { faceSpace } from '../../vision/faces/faceModels.ts';
import { dropFaceNets } from '../shared/lazyCaches.ts';
import { PhotoTries } from '../shared/photoTries.ts';
import { broadcastFaces } from './broadcastFaces.ts';
import { FACES_LOCK, FaceBackfill } from './faceBackfill.ts';
import { withFaceWrite } from './faceLock.ts';
import { FaceSettings } from './faceSettings.ts';
import { foundFaces } from './foundFaces.ts';
import { idleFaceStatus } from './idleFaceStatus.ts';

/** In pixels. */
const BLANK_SIDE = 64;

/** The face calls of the inference worker. Pictures are copied. */
export interface FaceNetsCalls {
  faces(picture: ImageBitmap): Promise<FacesOutput>;
  drawnFace(picture: ImageBitmap, box: FaceBox): Promise<FacesOutput>;
}

export interface FaceFindingOptions {
  readonly store: () => Promise<Store>;
  readonly nets: FaceNetsCalls;
  readonly modelsUrl: string;
  readonly broadcast: (event: AkinEvent) => void;
}

export interface FaceFinding {
  readonly handlers: Handlers<FaceFindingContract>;
  looksForFaces(): Promise<boolean>;
  hear(event: AkinEvent): Promise<void>;
  /** Reports loading progress of the inference worker. */
  loading(share: number): void;
}

/** Face detection in the `import` worker. */
export function createFaceFinding(options: FaceFindingOptions): FaceFinding {
  const { store, nets, modelsUrl, broadcast } = options;
  let made: Promise<{ looker: FaceBackfill; settings: FaceSettings }> | null = null;
  const parts = () => {
    made ??= store().then((opened) => {
      const settings = new FaceSettings(opened.meta);
      const looker = new FaceBackfill({
        store: opened,
        settings,
        space: () => faceSpace(modelsUrl),
        decode: facePicture,
        blank,
        find: (picture) => nets.faces(picture),
        inTurn: (work) => navigator.locks.request(FACES_LOCK, work),
        broadcast,
      });
      return { looker, settings };
    });
    made.catch(() => {
      made = null;
    });
    return made;
  };
  let loading: (share: number) => void = () => {};

  async function goOn(settings: FaceSettings): Promise<void> {
    await settings.setStopped(false);
    broadcast({ type: 'faces-setting', erased: false });
    broadcast({ type: 'face-work', work: { state: 'idle' } });
  }

  async function wake(): Promise<void> {
    const { looker } = await parts();
    loading = (share) => looker.loading(share);
    await looker.wake();
  }

  return {
    async looksForFaces() {
      return (await parts()).settings.isOn();
    },
    loading: (share) => loading(share),
    async hear(event) {
      const { looker, settings } = await parts();
      if (event.type === 'faces-setting') {
        // Turned on by another tab: wait in line, to take over if that tab closes.
        if (await settings.goesOn()) await wake();
        else await looker.halt();
      }
      if (event.type === 'cleared') {
        await looker.halt();
        // A scan that was starting may have cached them again.
        await dropFaceNets();
      }
      if (event.type === 'progress' && event.progress.state === 'done') await wake();
    },
    handlers: {
      async turnOnFaces() {
        const { settings } = await parts();
        await settings.turnOn(await faceSpace(modelsUrl));
        broadcast({ type: 'faces-setting', erased: false });
        await wake();
      },
      async turnOffFaces() {
        const { looker, settings } = await parts();
        await settings.turnOff();
        broadcast({ type: 'faces-setting', erased: false });
        await looker.halt();
        broadcast({ type: 'face-work', work: { state: 'idle' } });
      },
      async stopFaces() {
        const { looker, settings } = await parts();
        await settings.setStopped(true);
        broadcast({ type: 'faces-setting', erased: false });
        await looker.halt();
        // The scanning tab also broadcasts, once its current photo is done.
        broadcast({
          type: 'face-work',
          work: await idleFaceStatus(settings, (await store()).faces),
        });
      },
      async resumeFaces() {
        const { settings } = await parts();
        if (await settings.isStopped()) await goOn(settings);
        await wake();
      },
      async retryFaces() {
        const { settings } = await parts();
        const { faces, meta } = await store();
        await Promise.all([faces.forgetFailures(), PhotoTries.forget(meta)]);
        await goOn(settings);
        await wake();
      },
      async findFaces(_signal, picture) {
        const bitmap = await facePicture(picture);
        try {
          return await nets.faces(bitmap);
        } finally {
          bitmap.close();
        }
      },
      async addFace(_signal, photoId, box) {
        const { photos, faces } = await store();
        const { settings } = await parts();
        if (!(await settings.isOn())) throw off();
        const hash = await photos.hash(photoId);
        if (hash === undefined) throw gone();
        const bitmap = await facePicture(await photos.original(photoId));
        try {
          const [face] = foundFaces(hash, await nets.drawnFace(bitmap, box)).faces;
          if (!face) throw gone();
          const kept = await withFaceWrite(async () => {
            // All face data may have been erased during inference.
            if (!(await settings.isOn())) throw off();
            return faces.draw(photoId, face);
          });
          if (!kept) throw gone();
          broadcastFaces(kept, broadcast);
          const [added] = kept.added;
          if (added) return added.id;
          // The same box was drawn before.
          const same = (await faces.ofPhoto(photoId)).find((one) => isBox(one.box, face.box));
          if (!same) throw gone();
          return same.id;
        } finally {
          bitmap.close();
        }
      },
    },
  };
}

/** A blank picture. */
function blank(): Promise<ImageBitmap> {
  const white = new Uint8ClampedArray(4 * BLANK_SIDE * BLANK_SIDE).fill(255);
  return createImageBitmap(new ImageData(white, BLANK_SIDE));
}

function gone(): AkinError {
  return new AkinError('not-found', 'This photo is not in the library any more.');
}

function off(): AkinError {
  return new AkinError('not-found', 'Faces are turned off.', { details: { reason: 'faces-off' } });
}

function isBox(a: FaceBox, b: FaceBox): boolean {
  return a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;
}
