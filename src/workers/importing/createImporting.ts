import type { AkinEvent, Handlers, ImportContract } from '../../protocol/index.ts';
import type { Store } from '../../store/index.ts';
import { showable } from '../../vision/decoding/showable.ts';
import { Importer, type ImporterOptions } from './importer.ts';

type Calls = Pick<
  Handlers<ImportContract>,
  | 'announce'
  | 'stage'
  | 'wake'
  | 'settled'
  | 'command'
  | 'outcomes'
  | 'retry'
  | 'dismiss'
  | 'showable'
  | 'timings'
>;

export interface ImportingOptions
  extends Pick<ImporterOptions, 'tab' | 'nets' | 'looksForFaces' | 'sendVector'> {
  readonly store: () => Promise<Store>;
  /** To the page, the other workers and the other tabs. */
  readonly broadcast: (event: AkinEvent) => void;
  /** To the rest of this worker: a channel doesn't deliver to its own sender. */
  readonly broadcastToSelf: (event: AkinEvent) => void;
  /** Called when files can be imported. */
  readonly opened: () => void;
}

export interface Importing {
  readonly handlers: Calls;
  hear(event: AkinEvent): Promise<void>;
  /** Reports loading progress of the inference worker. */
  loading(share: number): void;
}

/** Importing in the `import` worker. */
export function createImporting(options: ImportingOptions): Importing {
  const { store, broadcast, broadcastToSelf, opened } = options;
  let made: Promise<Importer> | null = null;
  const make = async () => {
    const open = await store();
    return new Importer({
      store: open,
      library: await open.verify(),
      tab: options.tab,
      nets: options.nets,
      looksForFaces: options.looksForFaces,
      sendVector: options.sendVector,
      broadcast(event) {
        broadcast(event);
        broadcastToSelf(event);
      },
    });
  };
  const importer = () => {
    if (made) return made;
    const making = make();
    made = making;
    making.then(opened, () => {
      made = null;
    });
    return making;
  };
  return {
    hear: async (event) => (await importer()).hear(event),
    loading: (share) => void importer().then((it) => it.loading(share)),
    handlers: {
      async announce(_signal, files, more) {
        await (await store()).verify();
        (await importer()).announce(files, more);
      },
      stage: async (signal, files, again) => (await importer()).stage(files, again, signal),
      wake: async () => (await importer()).wake(),
      settled: async (signal) => (await importer()).settled(signal),
      async command(_signal, command) {
        // Broadcast first, so the importing tab stops before waiting files are discarded.
        broadcast({ type: 'command', command });
        await (await importer()).command(command);
      },
      async outcomes(_signal, ids) {
        const { jobs, photos } = await store();
        const listed = new Set((await jobs.failures()).map((failure) => failure.id));
        return { imported: await photos.existing(ids), failed: ids.filter((id) => listed.has(id)) };
      },
      retry: async (signal, ids) => (await importer()).retry(ids, signal),
      dismiss: async (_signal, ids) => (await importer()).dismiss(ids),
      showable: (signal, picture) => showable(picture, signal),
      timings: async () => (await importer()).timings(),
    },
  };
}
