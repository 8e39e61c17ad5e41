import type { ImportContract } from '../protocol/index.ts';
import type { WorkerClient } from '../rpc/workerClient.ts';
import type { AskLibrary } from './faces.ts';
import type { ItemsApi } from './itemsApi.ts';
import type { Observable } from './observable.ts';

const NO_DETAILS = { sku: '', title: '', link: '', facts: [] } as const;

/** The page's side of items, which the library worker answers. */
export function createItems(
  ask: AskLibrary,
  importer: Pick<WorkerClient<ImportContract>, 'call'>,
  version: Observable<number>,
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
    importList: (file, { signal } = {}) => ask('importItems', [file], signal),
    exportList: () => ask('exportItems', []),
  };
}
