import type { BackendName, NetsContract, NetsModel } from '../../protocol/index.ts';
import { WorkerClient } from '../../rpc/workerClient.ts';
import { NetsPool } from './netsPool.ts';
import { poolSize } from './poolSize.ts';
import { thisMachine } from './thisMachine.ts';

/** The nets take hundreds of megabytes; they go this long after the last thing asked of them. */
const IDLE_MS = 60_000;
/** Those that joined for an import go soon after it. */
const HELPER_IDLE_MS = 10_000;

export interface NetsOptions {
  readonly modelsUrl: string;
  /** The backend asked for, as the store has it. Read anew at every start of a worker. */
  readonly choice: () => Promise<BackendName | 'auto'>;
  /** Read anew at every start of a worker, which is given its files. */
  readonly model: () => Promise<NetsModel>;
  readonly onLoad: (share: number) => void;
  readonly onDeath: () => void;
}

/** The nets, in workers of their own that compute without a pause. */
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
      // The others load while the first computes already: nobody waits for them.
      if (place === 0)
        port1.onmessage = (message: MessageEvent<number>) => options.onLoad(message.data);
      const [choice, model] = await Promise.all([options.choice(), options.model()]);
      await client.first('configure', [options.modelsUrl, choice, model, port2], [port2]);
    },
    onDeath: place === 0 ? options.onDeath : () => {},
    idleMs: place === 0 ? IDLE_MS : HELPER_IDLE_MS,
  });
}
