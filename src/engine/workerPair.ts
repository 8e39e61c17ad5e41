import { type ImportContract, type LibraryContract, TAB_SEPARATOR } from '../protocol/index.ts';
import { WorkerClient } from '../rpc/workerClient.ts';

export interface WorkerPairOptions {
  /** This tab's name, passed to the workers. */
  readonly tab: () => string;
  readonly onLibraryDeath: () => void;
  readonly onImporterDeath: () => void;
}

export interface WorkerPair {
  readonly library: WorkerClient<LibraryContract>;
  readonly importer: WorkerClient<ImportContract>;
}

/** The two workers of a tab, each started at its first call. */
export function createWorkerPair({
  tab,
  onLibraryDeath,
  onImporterDeath,
}: WorkerPairOptions): WorkerPair {
  const library: WorkerClient<LibraryContract> = new WorkerClient({
    name: 'search',
    spawn: () =>
      new Worker(new URL('../workers/library.worker.ts', import.meta.url), {
        type: 'module',
        name: `akin-library${TAB_SEPARATOR}${tab()}`,
      }),
    introduce: async () => {
      if (importer.isRunning) await link();
    },
    onDeath: onLibraryDeath,
  });

  const importer: WorkerClient<ImportContract> = new WorkerClient({
    name: 'import',
    spawn: () =>
      new Worker(new URL('../workers/import.worker.ts', import.meta.url), {
        type: 'module',
        name: `akin-importer${TAB_SEPARATOR}${tab()}`,
      }),
    introduce: link,
    onDeath: onImporterDeath,
  });

  /** Connects the workers with a port, so vectors never pass through the page. */
  async function link(): Promise<void> {
    const { port1, port2 } = new MessageChannel();
    await Promise.all([
      importer.first('connect', [port1], [port1]),
      library.first('connect', [port2], [port2]),
    ]);
  }

  return { library, importer };
}
