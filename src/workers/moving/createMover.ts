import type { AkinEvent, Handlers, MovingContract } from '../../protocol/index.ts';
import type { Store } from '../../store/index.ts';
import { colorsOfStored } from '../../vision/colors/colorsOf.ts';
import { drawInputs } from '../../vision/decoding/prepare.ts';
import type { NetPicture } from '../../vision/types.ts';
import type { Model } from '../models/model.ts';
import type { Vectors } from './moveRound.ts';
import { Mover } from './mover.ts';

/** Held by the one tab that moves the library; the next in line takes over. */
const MOVE_LOCK = 'akin-moving';

/** A photo's inputs for a model's nets. */
type Drawn = readonly NetPicture[];

export interface MovingOptions {
  readonly store: () => Promise<Store>;
  /** The target model. */
  readonly model: () => Promise<Model>;
  readonly embed: (model: Model, pictures: readonly Drawn[]) => Promise<Vectors>;
  readonly broadcast: (event: AkinEvent) => void;
}

export interface Moving {
  readonly handlers: Handlers<MovingContract>;
  hear(event: AkinEvent): Promise<void>;
  /** Reports loading progress of the inference worker. */
  loading(share: number): void;
  /** Continues with whatever photos lack. */
  wake(): Promise<void>;
  /** The target space has changed. */
  changed(): Promise<void>;
}

/** Moving in the `import` worker. */
export function createMoving({ store, model, embed, broadcast }: MovingOptions): Moving {
  let made: Promise<Mover<Drawn>> | null = null;
  let ready: Mover<Drawn> | null = null;
  const make = async () => {
    const [opened, seenWith] = await Promise.all([store(), model()]);
    const { inputs, space, hasMap } = seenWith;
    return new Mover<Drawn>({
      store: opened,
      space: space.id,
      regions: hasMap,
      read: (picture, signal) => drawInputs(picture, { signal, inputs }),
      embed: (pictures) => embed(seenWith, pictures),
      colorsOf: colorsOfStored,
      inTurn: (work) => navigator.locks.request(MOVE_LOCK, work),
      broadcast,
    });
  };
  const mover = () => {
    if (made) return made;
    const making = make();
    made = making;
    making.then(
      (mover) => {
        if (made === making) ready = mover;
        else mover.end();
      },
      () => {
        if (made === making) made = null;
      },
    );
    return making;
  };
  const wake = async () => (await mover()).wake();
  return {
    wake,
    hear: async (event) => (await mover()).hear(event),
    loading: (share) => ready?.loading(share),
    async changed() {
      made = null;
      ready?.end();
      ready = null;
      await wake();
    },
    handlers: {
      wakeMove: wake,
      pauseMove: async () => (await mover()).pause(),
      resumeMove: async () => (await mover()).resume(),
      retryMove: async () => (await mover()).retry(),
    },
  };
}
