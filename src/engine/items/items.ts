import { AkinError } from '../../base/errors.ts';
import type { ImportContract, ListProgress } from '../../protocol/index.ts';
import type { WorkerClient } from '../../rpc/workerClient.ts';
import type { AskLibrary } from '../faces/faces.ts';
import type { Observable } from '../observable.ts';
import type { ItemsApi } from './itemsApi.ts';

const NO_DETAILS = { sku: '', title: '', link: '', facts: [] } as const;

/** The page's side of items, which the library worker answers. */
export function createItems(
  ask: AskLibrary,
  importer: Pick<WorkerClient<ImportContract>, 'call'>,
  version: Observable<number>,
  /** Those to tell how far an import is, by its call. */
  listening: Map<string, (progress: ListProgress) => void>,
): ItemsApi {
  const apply: ItemsApi['apply'] = (command) => ask('applyItemCommand', [command]);
  return {
    version,
    list: () => ask('items', []),
    get: (key) => ask('item', [key]),
    of: async (photos) => new Map(await ask('itemsOf', [photos])),
    create: (photos, details) => apply({ kind: 'create', ...NO_DETAILS, ...details, photos }),
    edit: (item, details) => apply({ kind: 'edit', item, ...details }),
    rename: async (item, title) => {
      const { details } = await ask('item', [item]);
      return apply({ kind: 'edit', item, ...details, title });
    },
    add: (item, photos) => apply({ kind: 'add', item, photos }),
    reject: (item, photos) => apply({ kind: 'reject', item, photos }),
    merge: (into, from) => apply({ kind: 'merge', into, from }),
    split: (item, photos, title) => apply({ kind: 'split', item, photos, title }),
    setCover: (item, photo) => apply({ kind: 'cover', item, photo }),
    remove: (item) => apply({ kind: 'remove', item }),
    apply,
    undo: (entry) => ask('undoItemEntry', [entry]),
    history: () => ask('itemLog', []),
    identify: async (what, { signal } = {}) => {
      if (typeof what === 'number') return ask('identifyItem', [{ photoId: what }], signal);
      const picture = await importer.call('embedPicture', [what], { signal });
      return ask('identifyItem', [{ picture }], signal);
    },
    importList: async (file, { signal, onProgress } = {}) => {
      if (signal?.aborted) throw new AkinError('aborted', 'Stopped.');
      const call = crypto.randomUUID();
      // Not the call's own signal, with which nobody would learn whether the list was saved.
      const cancel = () => void ask('cancelItemImport', [call]).catch(() => {});
      signal?.addEventListener('abort', cancel);
      if (onProgress) listening.set(call, onProgress);
      try {
        return await ask('importItems', [call, file]);
      } finally {
        signal?.removeEventListener('abort', cancel);
        listening.delete(call);
      }
    },
    exportList: () => ask('exportItems', []),
  };
}
