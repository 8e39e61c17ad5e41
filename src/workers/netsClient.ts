import type { BackendName, NetsContract } from '../protocol/index.ts';
import { WorkerClient } from '../rpc/workerClient.ts';

/** The nets take hundreds of megabytes; they go this long after the last thing asked of them. */
const IDLE_MS = 60_000;

export interface NetsOptions {
  readonly modelsUrl: string;
  /** The backend asked for, as the store has it. Read anew at every start of the worker. */
  readonly choice: () => Promise<BackendName | 'auto'>;
  readonly onLoad: (share: number) => void;
  readonly onDeath: () => void;
}

/** The nets, in the worker of their own that computes without a pause. */
export function createNets(options: NetsOptions): WorkerClient<NetsContract> {
  return new WorkerClient<NetsContract>({
    name: 'photo reader',
    spawn: () =>
      new Worker(new URL('./nets.worker.ts', import.meta.url), {
        type: 'module',
        name: 'akin-nets',
      }),
    introduce: async (client) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = (message: MessageEvent<number>) => options.onLoad(message.data);
      const choice = await options.choice();
      await client.first('configure', [options.modelsUrl, choice, port2], [port2]);
    },
    onDeath: options.onDeath,
    idleMs: IDLE_MS,
  });
}
