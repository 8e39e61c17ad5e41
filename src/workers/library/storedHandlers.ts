import type { Gallery, Handlers, LibraryContract } from '../../protocol/index.ts';
import { transferring } from '../../rpc/serve.ts';
import type { Store } from '../../store/index.ts';
import { imageUrl } from '../shared/dataUrl.ts';

/** The transferable buffers of a gallery. */
function buffersOf({ ids, aspects, takenAt, addedAt }: Gallery): ArrayBuffer[] {
  return [ids.buffer, aspects.buffer, takenAt.buffer, addedAt.buffer];
}

type Calls = Pick<
  Handlers<LibraryContract>,
  | 'verify'
  | 'waiting'
  | 'listLost'
  | 'gallery'
  | 'trash'
  | 'list'
  | 'photo'
  | 'original'
  | 'thumbs'
  | 'failures'
>;

/** The page's calls that are answered directly from the store. */
export function storedHandlers(store: () => Promise<Store>): Calls {
  return {
    async verify() {
      await (await store()).verify();
    },
    waiting: async () => (await store()).jobs.waiting(),
    listLost: async (_signal, files) => (await store()).jobs.listLost(files),
    async gallery() {
      const gallery = await (await store()).photos.gallery();
      return transferring(gallery, buffersOf(gallery));
    },
    async trash() {
      const gallery = await (await store()).trash.gallery();
      return transferring(gallery, buffersOf(gallery));
    },
    list: async () => (await store()).photos.list(),
    photo: async (_signal, id) => (await store()).photos.get(id),
    original: async (_signal, id) => (await store()).photos.original(id),
    async thumbs(_signal, ids) {
      const thumbs = await (await store()).photos.thumbs(ids);
      return thumbs.map(({ id, name, image }) => ({
        id,
        name,
        src: imageUrl(new Uint8Array(image)),
      }));
    },
    failures: async () => [...(await (await store()).jobs.failures())].reverse(),
  };
}
