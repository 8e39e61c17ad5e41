import 'fake-indexeddb/auto';
import { describe, expect, it, vi } from 'vitest';
import { forgetItemPhotos } from '../../identity/index.ts';
import type { AkinEvent, ItemCommand, PhotoId } from '../../protocol/index.ts';
import { MAX_ENTRY_ID, openStore, type Store } from '../../store/index.ts';
import { freshName, importPhoto, SPACE } from '../../store/testing/library.ts';
import type { ItemIndex } from './identifyItem.ts';
import { ItemHost } from './itemHost.ts';

const signal = new AbortController().signal;

/** Photos of ten consecutive numbers look alike: they point along one axis, more or less. */
function vectorOf(id: PhotoId): Float32Array {
  const axis = Math.floor(id / 10);
  const angle = (id % 10) * 0.02;
  const vector = new Float32Array(4);
  vector[axis] = Math.cos(angle);
  vector[(axis + 1) % 4] = Math.sin(angle);
  return vector;
}

/** Exact search over the library's photos. */
function indexOf(ids: readonly PhotoId[]): ItemIndex {
  return {
    space: { ...SPACE, metric: 'ip' } as ItemIndex['space'],
    liveIds: () => Uint32Array.from(ids),
    vectorOf: async (id) => (ids.includes(id) ? vectorOf(id) : undefined),
    nearest: (query, k, exclude, among = ids) => ({
      codesScanned: among.length,
      hits: among
        .filter((id) => id !== exclude && ids.includes(id))
        .map((id) => ({ id, score: vectorOf(id).reduce((sum, v, i) => sum + v * query[i]!, 0) }))
        .sort((a, b) => b.score - a.score)
        .slice(0, k),
    }),
  };
}

interface Tab {
  readonly host: ItemHost;
  readonly events: AkinEvent[];
}

function tabOf(store: Store, tab: string, others: Tab[] = []): Tab {
  const events: AkinEvent[] = [];
  const host = new ItemHost({
    store: async () => store,
    index: async () => indexOf((await store.photos.files()).map(({ id }) => id)),
    tab,
    broadcast: (event) => {
      events.push(event);
      for (const other of others) other.host.hear(event);
    },
  });
  return { host, events };
}

/** Photos 1 to `count`, whose files are `photo 1.jpg` and so on. */
async function library(count: number) {
  const name = freshName();
  const open = () =>
    openStore({
      name,
      rewriteItemLog: (rows, hashes) => forgetItemPhotos(rows, hashes, MAX_ENTRY_ID),
    });
  const store = await open();
  const ids: PhotoId[] = [];
  for (let n = 1; n <= count; n++) ids.push(await importPhoto(store, n));
  const tab = tabOf(store, 'one');
  return { store, open, ids, ...tab };
}

const calls = ({ host }: Pick<Tab, 'host'>) => ({
  apply: (command: ItemCommand) => host.handlers.applyItemCommand(signal, command),
  undo: (entry: number) => host.handlers.undoItemEntry(signal, entry),
  list: () => host.handlers.items(signal),
  item: (key: string) => host.handlers.item(signal, key),
  log: () => host.handlers.itemLog(signal),
  csv: (text: string | Uint8Array<ArrayBuffer>) =>
    host.handlers.importItems(signal, 'call', new Blob([text])),
  cancel: (call: string) => host.handlers.cancelItemImport(signal, call),
  export: () => host.handlers.exportItems(signal),
});
const created = (title: string, photos: readonly PhotoId[], sku = ''): ItemCommand => ({
  kind: 'create',
  sku,
  title,
  link: '',
  facts: [],
  photos,
});

describe('items', () => {
  it('are created, changed, split, merged and undone, and other tabs see it', async () => {
    const made = await library(6);
    const { apply, undo, list, item, log } = calls(made);
    const other = tabOf(await made.open(), 'two');
    const toOther = tabOf(made.store, 'one', [other]);
    const jam = (await calls(toOther).apply(created('Jam', [1, 2, 3]))).item!;
    expect(await calls(other).list()).toMatchObject([{ title: 'Jam', photos: 3, cover: 1 }]);
    made.host.hear({ type: 'items', tab: 'elsewhere' });
    await expect(
      apply({ kind: 'split', item: jam, photos: [1, 2, 3], title: 'Jelly' }),
    ).rejects.toMatchObject({ code: 'invalid-argument' });
    const split = await apply({ kind: 'split', item: jam, photos: [3], title: 'Jelly' });
    expect((await item(jam)).photos).toEqual([1, 2]);
    const merged = await apply({ kind: 'merge', into: jam, from: split.item! });
    expect((await item(split.item!)).photos).toEqual([1, 2, 3]);
    await undo(merged.entry);
    const rejected = await apply({ kind: 'reject', item: jam, photos: [1] });
    expect((await item(jam)).photos).toEqual([2]);
    await undo(rejected.entry);
    await apply({ kind: 'cover', item: jam, photo: 2 });
    await apply({ kind: 'remove', item: split.item! });
    expect(await list()).toMatchObject([{ title: 'Jam', photos: 2, cover: 2 }]);
    expect((await log()).map(({ kind, reverted }) => [kind, reverted])).toEqual([
      ['remove', false],
      ['cover', false],
      ['reject', true],
      ['merge', true],
      ['create', false],
      ['create', false],
    ]);
    await expect(item(split.item!)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('refuse a link that isn’t http(s), unknown photos and unknown items', async () => {
    const { apply, list } = calls(await library(1));
    const code = (value: string) => expect.objectContaining({ code: value });
    const bad = { ...created('Jam', [1]), link: 'javascript:alert(1)' } as ItemCommand;
    await expect(apply(bad)).rejects.toThrow(code('invalid-argument'));
    await expect(apply(created('Jam', [99]))).rejects.toThrow(code('not-found'));
    await expect(apply(created(' ', [1]))).rejects.toThrow(code('invalid-argument'));
    await expect(apply({ kind: 'remove', item: 'x' })).rejects.toThrow(code('not-found'));
    expect(await list()).toEqual([]);
  });

  it('without a title are called by their SKU', async () => {
    const { apply, list } = calls(await library(1));
    await apply(created('', [1], 'J-1'));
    expect(await list()).toMatchObject([{ sku: 'J-1', title: 'J-1' }]);
  });

  it('lose trashed photos for a while, and permanently deleted ones for good', async () => {
    const made = await library(3);
    const { apply, item } = calls(made);
    const jam = (await apply(created('Jam', [1, 2]))).item!;
    await made.store.trash.add([1]);
    made.host.hear({ type: 'removed', ids: [1] });
    expect((await item(jam)).photos).toEqual([2]);
    await made.store.trash.purge(null);
    made.host.hear({ type: 'purged', ids: [1] });
    expect((await item(jam)).item).toMatchObject({ photos: 1, cover: 2 });
    expect(JSON.stringify(await made.store.itemLog.read())).not.toContain(`${'0'.repeat(63)}1`);
  });

  it('are told apart, and something else is no item', async () => {
    const made = await library(36);
    const { apply } = calls(made);
    const keys: string[] = [];
    for (const ten of [0, 10, 20])
      keys.push(
        (
          await apply(
            created(
              `${ten}`,
              [1, 2, 3, 4, 5].map((i) => ten + i),
            ),
          )
        ).item!,
      );
    const identify = (photoId: PhotoId) => made.host.handlers.identifyItem(signal, { photoId });
    const sure = await identify(17);
    expect(sure.verdict).toBe('item');
    expect(sure.ranked[0]).toMatchObject({ item: { title: '10' }, evidence: [15, 14, 13] });
    expect(sure.ranked.reduce((sum, { probability }) => sum + probability, 0)).toBeLessThan(1.0001);
    expect((await identify(36)).verdict).toBe('none');
    // The user's no counts.
    await apply({ kind: 'reject', item: keys[1]!, photos: [17] });
    expect((await identify(17)).ranked.map(({ item }) => item.title)).not.toContain('10');
    await apply({ kind: 'add', item: keys[2]!, photos: [17] });
    expect((await identify(17)).said).toMatchObject({ title: '20' });
  });
});

it('no two items have the same SKU', async () => {
  const { apply, list } = calls(await library(2));
  const jam = (await apply(created('Jam', [1], 'a'))).item!;
  const tea = (await apply(created('Tea', [2], 'b'))).item!;
  const refused = { code: 'invalid-argument', details: { reason: 'item-sku' } };
  await expect(apply(created('Honey', [], 'a'))).rejects.toMatchObject(refused);
  const edit = { kind: 'edit', title: 'Tea', link: '', facts: [] } as const;
  await expect(apply({ ...edit, item: tea, sku: 'a' })).rejects.toMatchObject(refused);
  // Its own, and that of an item that was merged into it.
  await apply({ ...edit, item: tea, sku: 'b' });
  await apply({ kind: 'merge', into: jam, from: tea });
  await apply({ ...edit, item: jam, sku: 'b' });
  expect(await list()).toMatchObject([{ title: 'Tea', sku: 'b', photos: 2 }]);
});

describe('a list of items', () => {
  const LIST =
    'file,sku,title,link,Color\nphoto 1.jpg,a,Jam,https://shop.example/jam,red\nphoto 2.jpg,a,Jam,,\nphoto 3.jpg,b,Tea,,green\n';

  it('is imported as one step, changes nothing the second time, and can be undone', async () => {
    const { csv, list, item, undo, log } = calls(await library(4));
    const report = await csv(LIST);
    expect(report).toMatchObject({ rows: 3, created: 2, updated: 0, photos: 3, problemCount: 0 });
    const [jam, tea] = await list();
    expect([jam, tea]).toMatchObject([
      { sku: 'a', title: 'Jam', photos: 2 },
      { sku: 'b', title: 'Tea', photos: 1 },
    ]);
    expect((await item(jam!.key)).details).toMatchObject({
      link: 'https://shop.example/jam',
      facts: [['Color', 'red']],
    });
    expect(await csv(LIST)).toMatchObject({ created: 0, updated: 0, photos: 0, entry: null });
    const again = await csv('sku,title,file\na,Plum jam,photo 4.jpg\n');
    expect(again).toMatchObject({ created: 0, updated: 1, photos: 1 });
    expect((await item(jam!.key)).details).toMatchObject({
      title: 'Plum jam',
      facts: [['Color', 'red']],
    });
    await undo(again.entry!);
    expect(await list()).toMatchObject([{ title: 'Jam', photos: 2 }, { title: 'Tea' }]);
    expect(await log()).toMatchObject([
      { kind: 'edit', title: 'Plum jam', photos: 1, reverted: true, pictures: [4] },
      { kind: 'import', items: 2, photos: 3, reverted: false, pictures: [1, 2, 3] },
    ]);
    await undo(report.entry!);
    expect(await list()).toEqual([]);
  });

  it('comes back from an export as it was, formulas escaped', async () => {
    const made = await library(2);
    const { csv, export: exported, list, undo } = calls(made);
    const { entry } = await csv(
      'file;sku;title;Note\nphoto 1.jpg;a;=1+1;-5\nphoto 2.jpg;b;"x;""y""";@z\n',
    );
    const text = await exported();
    expect(text).toContain(`photo 1.jpg,a,"'=1+1",,"'-5"\r\n`);
    expect(text).toContain(`photo 2.jpg,b,"x;""y""",,"'@z"\r\n`);
    const before = (await list()).map(({ sku, title, photos }) => [sku, title, photos]);
    await undo(entry!);
    await csv(text);
    expect((await list()).map(({ sku, title, photos }) => [sku, title, photos])).toEqual(before);
    expect(before).toEqual([
      ['a', '=1+1', 1],
      ['b', 'x;"y"', 1],
    ]);
  });

  it.each([
    ['UTF-16 LE', (text: string) => utf16(text, true, true)],
    ['UTF-16 BE', (text: string) => utf16(text, false, true)],
    ['UTF-16 without a mark', (text: string) => utf16(text, true, false)],
    ['Latin-1', (text: string) => Uint8Array.from(text, (c) => c.charCodeAt(0))],
    ['UTF-8 with a mark', (text: string) => new TextEncoder().encode(`\uFEFF${text}`)],
  ])('may be in %s', async (_, encode) => {
    const { csv, list } = calls(await library(1));
    await csv(encode('File;SKU;Title\r\nphoto 1.jpg;k-1;K\u00e4se f\u00fcr alle\r\n'));
    expect(await list()).toMatchObject([
      { sku: 'k-1', title: 'K\u00e4se f\u00fcr alle', photos: 1 },
    ]);
  });

  it('reports what it couldn’t use row by row, and imports the rest', async () => {
    const made = await library(3);
    const { csv, list } = calls(made);
    const report = await csv(
      [
        'file,sku,title,link,Color',
        'gone.jpg,a,A,,',
        'PHOTO 1.JPG,b,B,javascript:alert(1),',
        'photo 1.jpg,c,C,,',
        'photo 2.jpg,,D,,',
        `photo 2.jpg,e,${'x'.repeat(501)},,`,
        'photo 2.jpg,f,F,,red,stray',
        'holiday/photo 3.jpg,g,G,,',
        'work/photo 2.jpg,h,H,,',
      ].join('\n'),
    );
    expect(report.problems).toEqual([
      { row: 2, problem: 'no-match', text: 'gone.jpg' },
      { row: 3, problem: 'bad-link', text: 'javascript:alert(1)' },
      { row: 4, problem: 'listed-twice', text: 'photo 1.jpg' },
      { row: 5, problem: 'no-sku', text: '' },
      { row: 6, problem: 'too-long', text: 'e' },
      { row: 7, problem: 'wrong-columns', text: '' },
      { row: 9, problem: 'no-match', text: 'work/photo 2.jpg' },
    ]);
    expect((await list()).map(({ sku, photos }) => [sku, photos])).toEqual([
      ['a', 0],
      ['b', 1],
      ['c', 0],
      ['g', 1],
      ['h', 0],
    ]);
  });

  it('adds to what was changed while it was being read', async () => {
    const made = await library(1);
    const { csv, apply, list } = calls(made);
    const rows = Array.from({ length: 40_000 }, () => ',a,Jam');
    const importing = csv(['file,sku,title', 'photo 1.jpg,a,Jam', ...rows].join('\n'));
    const isMatching = () =>
      made.events.some(
        (event) => event.type === 'list-progress' && event.progress.step === 'matching',
      );
    await vi.waitUntil(isMatching, { interval: 1 });
    await apply(created('Jam', [], 'a'));
    expect(
      made.events.every(
        (event) => event.type !== 'list-progress' || event.progress.step !== 'saving',
      ),
    ).toBe(true);
    await importing;
    expect(await list()).toMatchObject([{ sku: 'a', photos: 1 }]);
  });

  it('counts empty rows, and says where a quotation mark isn’t closed', async () => {
    const { csv, list } = calls(await library(3));
    const report = await csv(
      '\nfile,sku,title\n\nphoto 1.jpg,a,A\n,,\ngone.jpg,b,B\n"photo 2.jpg,c,C\nphoto 3.jpg,d,D\n',
    );
    expect(report.problems).toEqual([
      { row: 6, problem: 'no-match', text: 'gone.jpg' },
      { row: 7, problem: 'open-quote', text: '' },
    ]);
    expect((await list()).map(({ sku, photos }) => [sku, photos])).toEqual([
      ['a', 1],
      ['b', 0],
    ]);
  });

  it('takes names without an extension, and columns by other usual names', async () => {
    const { csv, list } = calls(await library(2));
    const report = await csv('File Name;SKU ;Titel;URL\nPHOTO 1;a;Jam;https://example.org/\n');
    expect(report.problems).toEqual([]);
    expect(await list()).toMatchObject([{ sku: 'a', title: 'Jam', photos: 1 }]);
  });

  it('needs its columns', async () => {
    const { csv } = calls(await library(0));
    const columns = (named: string) =>
      expect.objectContaining({
        code: 'invalid-argument',
        details: { reason: 'columns', columns: named },
      });
    await expect(csv('name,price\na,1\n')).rejects.toThrow(columns('file, sku, title'));
    await expect(csv('')).rejects.toThrow(columns('file, sku, title'));
    await expect(csv('file,sku,title,SKU\n')).rejects.toThrow(columns('sku'));
  });

  it('tells how far it is, and changes nothing when cancelled before it is saved', async () => {
    const made = await library(1);
    const { csv, cancel, list, log } = calls(made);
    const rows = Array.from({ length: 5_000 }, (_, i) => `photo 1.jpg,s${i},T${i}`);
    const text = `file,sku,title\n${rows.join('\n')}\n`;
    const steps = () =>
      made.events.flatMap((event) => (event.type === 'list-progress' ? [event.progress] : []));
    for (const step of ['reading', 'matching'] as const) {
      made.events.length = 0;
      const importing = Promise.resolve(csv(text));
      importing.catch(() => {});
      await expect.poll(() => steps().at(-1)?.step, { interval: 0 }).toBe(step);
      cancel('another');
      cancel('call');
      await expect(importing).rejects.toMatchObject({ code: 'aborted' });
      expect(steps().some((progress) => progress.step === 'saving')).toBe(false);
      expect(await list()).toEqual([]);
      expect(await log()).toEqual([]);
    }
    // Later, it is too late: all of it is there, and the report says so.
    made.events.length = 0;
    const saving = csv(text);
    await expect.poll(() => steps().at(-1)?.step, { interval: 0 }).toBe('saving');
    cancel('call');
    expect(await saving).toMatchObject({ created: 5_000 });
    expect(await list()).toHaveLength(5_000);
    const seen = steps();
    expect(seen[0]).toEqual({ step: 'reading' });
    const done = seen.flatMap((progress) => (progress.step === 'matching' ? progress.done : []));
    expect(done).toEqual([...done].sort((a, b) => a - b));
    expect(done.length).toBeGreaterThan(5);
    expect(Math.max(...done)).toBe(5_000);
  });

  it('may have 100,000 rows, and says that it stopped there', async () => {
    const { csv, list, undo } = calls(await library(1));
    const rows = Array.from(
      { length: 100_001 },
      (_, i) => `photo 1.jpg,s${i % 5_000},T${i % 5_000}`,
    );
    const report = await csv(`file,sku,title\n${rows.join('\n')}\n`);
    expect(report).toMatchObject({ rows: 100_000, created: 5_000, photos: 1 });
    // One of 100,000 rows has the photo first, 19 more repeat it.
    expect(report.problemCount).toBe(100_000 - 20 + 1);
    expect(report.problems).toHaveLength(1_000);
    expect(await list()).toHaveLength(5_000);
    await undo(report.entry!);
    expect(await list()).toEqual([]);
  });
});

function utf16(text: string, little: boolean, mark: boolean): Uint8Array<ArrayBuffer> {
  const full = mark ? `\uFEFF${text}` : text;
  const bytes = new Uint8Array(full.length * 2);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < full.length; i++) view.setUint16(i * 2, full.charCodeAt(i), little);
  return bytes;
}
