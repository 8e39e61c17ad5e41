import { AkinError } from '../../base/errors.ts';
import { type ItemAssertion, type ItemId, readDetails } from '../../identity/index.ts';
import type { ItemCommand, ItemDetails, PhotoId } from '../../protocol/index.ts';
import { type ItemState, itemOf } from './itemLibrary.ts';

/** What a command asserts, and the item it is about; `null` if that is gone then. */
export interface CommandAssertions {
  readonly assertions: readonly ItemAssertion[];
  readonly about: ItemId | null;
}

/**
 * @param newId for an item that the command creates
 * @throws AkinError `not-found` for an unknown item or photo; `invalid-argument` for details that
 *   are too long, neither title nor SKU, the SKU of another item, a link that is not http(s), or no
 *   photos where some are needed, or all of an item where one has to stay
 */
export function commandToAssertions(
  state: ItemState,
  command: ItemCommand,
  newId: ItemId,
): CommandAssertions {
  switch (command.kind) {
    case 'create': {
      const photos = hashesOf(state, command.photos);
      const details = unique(state, checked(command), newId);
      const described = { kind: 'describe', item: newId, ...details } as const;
      return {
        assertions:
          photos.length > 0 ? [described, { kind: 'show', item: newId, photos }] : [described],
        about: newId,
      };
    }
    case 'edit': {
      const item = itemOf(state, command.item).id;
      const details = unique(state, checked(command), item);
      return { assertions: [{ kind: 'describe', item, ...details }], about: item };
    }
    case 'add':
    case 'reject': {
      const item = itemOf(state, command.item).id;
      const photos = some(hashesOf(state, command.photos));
      const kind = command.kind === 'add' ? 'show' : 'exclude';
      return { assertions: [{ kind, item, photos }], about: item };
    }
    case 'cover': {
      const item = itemOf(state, command.item).id;
      const [photo] = hashesOf(state, [command.photo]);
      return { assertions: [{ kind: 'cover', item, photo: photo! }], about: item };
    }
    case 'merge': {
      const [into, from] = [itemOf(state, command.into).id, itemOf(state, command.from).id];
      if (into === from) throw new AkinError('invalid-argument', 'An item merges with another.');
      return { assertions: [{ kind: 'merge', into, from }], about: into };
    }
    case 'split': {
      const split = itemOf(state, command.item);
      const photos = some(hashesOf(state, command.photos));
      if ([...split.photos].every((photo) => photos.includes(photo))) {
        throw new AkinError('invalid-argument', 'An item keeps at least one of its photos.');
      }
      const details = checked({ sku: '', title: command.title, link: '', facts: [] });
      return {
        assertions: [
          { kind: 'describe', item: newId, ...details },
          { kind: 'show', item: newId, photos },
        ],
        about: newId,
      };
    }
    case 'remove':
      return {
        assertions: [{ kind: 'remove', item: itemOf(state, command.item).id }],
        about: null,
      };
  }
}

function checked(details: ItemDetails): ItemDetails {
  // Lists do the same with an empty title.
  const title = typeof details.title === 'string' && details.title.trim();
  const read = readDetails({ ...details, title: title === '' ? details.sku : details.title });
  if (read && read.title.trim() !== '') return read;
  throw new AkinError(
    'invalid-argument',
    'An item has a title or a SKU, an http(s) link and facts, none of them too long.',
    { details: { reason: 'item-details' } },
  );
}

/** Lists find an item by its SKU, so no two have the same. */
function unique({ items }: ItemState, details: ItemDetails, item: ItemId): ItemDetails {
  const other = items.bySku(details.sku);
  if (other?.sku !== details.sku || other.id === item) return details;
  throw new AkinError('invalid-argument', `Another item has the SKU ${details.sku}.`, {
    details: { reason: 'item-sku' },
  });
}

function hashesOf({ names }: ItemState, photos: readonly PhotoId[]): string[] {
  return [...new Set(photos)].map((id) => {
    const hash = names.hashOf.get(id);
    if (hash !== undefined) return hash;
    throw new AkinError('not-found', `Photo ${id} is not in the gallery.`);
  });
}

function some(photos: string[]): string[] {
  if (photos.length > 0) return photos;
  throw new AkinError('invalid-argument', 'This needs at least one photo.');
}
