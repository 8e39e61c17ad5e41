import type { BackendName, NetsContract, NetsModel } from '../../protocol/index.ts';
import { WorkerClient } from '../../rpc/workerClient.ts';
import { NetsPool } from './netsPool.ts';
import { poolSize } from './poolSize.ts';
import { thisMachine } from './thisMachine.ts';

/** Idle time in milliseconds before the nets, which take hundreds of megabytes, are unloaded. */
const IDLE_MS = 60_000;
/** Idle time for the additional workers that joined for an import. */
const HELPER_IDLE_MS = 10_000;

export interface NetsOptions {
  readonly modelsUrl: string;
  /** The stored backend choice. Read at each start of a worker. */
  readonly choice: () => Promise<BackendName | 'auto'>;
  /** The model, read at each start of a worker, which receives its files. */
  readonly model: () => Promise<NetsModel>;
  readonly onLoad: (share: number) => void;
  readonly onDeath: () => void;
}

/** Runs the nets in dedicated workers, since they compute without yielding. */
export function createNets(options: NetsOptions): NetsPool {
  const machine = thisMachine();
  return new NetsPool({
    add: (place) => createWorker(options, place),
    size: (backend) => poolSize(backend, machine),
  });
}

function createWorker(options: NetsOptions, place: number): WorkerClient<NetsContract> {
  return new WorkerClient<NetsContract>({
    name: 'photo reader',
    spawn: () =>
      new Worker(new URL('../inference.worker.ts', import.meta.url), {
        type: 'module',
        name: `akin-inference-${place + 1}`,
      }),
    introduce: async (client) => {
      const { port1, port2 } = new MessageChannel();
      // The other workers load while the first is already computing: no one waits for them.
      if (place === 0)
        port1.onmessage = (message: MessageEvent<number>) => options.onLoad(message.data);
      const [choice, model] = await Promise.all([options.choice(), options.model()]);
      await client.first('configure', [options.modelsUrl, choice, model, port2], [port2]);
    },
    onDeath: place === 0 ? options.onDeath : () => {},
    idleMs: place === 0 ? IDLE_MS : HELPER_IDLE_MS,
  });
}
