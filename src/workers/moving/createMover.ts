import type { AkinEvent, Handlers, MovingContract } from '../../protocol/index.ts';
import type { Store } from '../../store/index.ts';
import { inputsOf } from '../../vision/nets/inputs.ts';
import { DEFAULT_MODEL } from '../../vision/nets/model.ts';
import { prepare } from '../../vision/prepare.ts';
import type { Prepared } from '../../vision/types.ts';
import { visualSpace } from '../visualSpace.ts';
import type { Vectors } from './moveRound.ts';
import { Mover } from './mover.ts';

/** Held by the one tab that moves the library; the next in line takes over. */
const MOVE_LOCK = 'akin-moving';

export interface MovingOptions {
  readonly store: () => Promise<Store>;
  readonly embed: (pictures: readonly Prepared[]) => Promise<Vectors>;
  readonly tell: (event: AkinEvent) => void;
}

export interface Moving extends Handlers<MovingContract> {
  hear(event: AkinEvent): Promise<void>;
  /** The nets' worker loads its models. */
  loading(share: number): void;
  /** Goes on with whatever photos lack. */
  wake(): Promise<void>;
}

/** What the `embed` worker does about moving. */
export function createMoving({ store, embed, tell }: MovingOptions): Moving {
  let made: Promise<Mover<Prepared>> | null = null;
  let ready: Mover<Prepared> | null = null;
  const mover = () => {
    made ??= store().then((opened) => {
      ready = new Mover<Prepared>({
        store: opened,
        space: visualSpace.id,
        read: (picture, signal) =>
          prepare(picture, undefined, { signal, inputs: inputsOf(DEFAULT_MODEL) }),
        embed,
        inTurn: (work) => navigator.locks.request(MOVE_LOCK, work),
        tell,
      });
      return ready;
    });
    made.catch(() => {
      made = null;
    });
    return made;
  };
  const wake = async () => (await mover()).wake();
  return {
    wake,
    hear: async (event) => (await mover()).hear(event),
    loading: (share) => ready?.loading(share),
    wakeMove: wake,
    pauseMove: async () => (await mover()).pause(),
    resumeMove: async () => (await mover()).resume(),
    retryMove: async () => (await mover()).retry(),
  };
}
