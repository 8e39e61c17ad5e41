import type { Cell, Cells, Column } from '../../portable/index.ts';
import type { PhotoId, PhotoInfo, ShownNames, VectorFileRequest } from '../../protocol/index.ts';
import { NO_CLUSTER } from '../../protocol/index.ts';

/** Between several people in a cell. */
const SEPARATOR = '; ';

interface TableColumn extends Column {
  cell(photo: PhotoInfo, word: string | null): Cell;
}

/** What is exported about each photo beside its vector. */
export class PhotoTable {
  readonly #columns: readonly TableColumn[];

  constructor({ source, map }: Pick<VectorFileRequest, 'source' | 'map'>) {
    const { items, people } = source;
    const itemsOf = namesByPhoto(items);
    const peopleOf = people && namesByPhoto(people);
    const peopleColumn: TableColumn = {
      name: 'people',
      kind: 'text',
      cell: ({ id }) => peopleOf?.get(id) ?? null,
    };
    this.#columns = [
      { name: 'name', kind: 'text', cell: ({ name }) => name },
      { name: 'id', kind: 'integer', cell: ({ id }) => id },
      { name: 'folder', kind: 'text', cell: ({ path }) => path || null },
      { name: 'taken', kind: 'wallTime', cell: ({ takenAt }) => takenAt ?? null },
      { name: 'added', kind: 'moment', cell: ({ addedAt }) => addedAt },
      { name: 'width', kind: 'integer', cell: ({ width }) => width },
      { name: 'height', kind: 'integer', cell: ({ height }) => height },
      { name: 'item', kind: 'text', cell: ({ id }) => itemsOf.get(id) ?? null },
      ...(people ? [peopleColumn] : []),
      { name: 'word', kind: 'text', cell: (_photo, word) => word },
      ...(map ? mapColumns(map) : []),
    ];
  }

  get columns(): readonly Column[] {
    return this.#columns;
  }

  /** @param words what each of the photos looks like; `null` where unknown */
  cells(photos: readonly PhotoInfo[], words: readonly (string | null)[]): Cells {
    return this.#columns.map(({ cell }) => photos.map((photo, i) => cell(photo, words[i] ?? null)));
  }
}

function namesByPhoto({ names, photos, shown }: ShownNames): ReadonlyMap<PhotoId, string> {
  const found = new Map<PhotoId, string>();
  photos.forEach((id, i) => {
    const name = names[shown[i]!]!;
    const before = found.get(id);
    found.set(id, before === undefined ? name : `${before}${SEPARATOR}${name}`);
  });
  return found;
}

function mapColumns(map: NonNullable<VectorFileRequest['map']>): TableColumn[] {
  const places = new Map(Array.from(map.ids, (id, place) => [id, place] as const));
  const at = (id: PhotoId, value: (place: number) => number | undefined) => {
    const place = places.get(id);
    return place === undefined ? null : (value(place) ?? null);
  };
  const cluster = (place: number) => {
    const found = map.clusters[place];
    return found === NO_CLUSTER ? undefined : found;
  };
  return [
    { name: 'x', kind: 'number', cell: ({ id }) => at(id, (i) => map.positions[2 * i]) },
    { name: 'y', kind: 'number', cell: ({ id }) => at(id, (i) => map.positions[2 * i + 1]) },
    { name: 'cluster', kind: 'integer', cell: ({ id }) => at(id, cluster) },
  ];
}
