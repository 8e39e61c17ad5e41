import 'fake-indexeddb/auto';
import { expect, it } from 'vitest';
import { AkinError } from '../../base/errors.ts';
import type { ImportItem } from '../../protocol/index.ts';
import { openLibrary } from '../../store/testing/library.ts';
import { FileIngester, type StagedPart } from './fileIngester.ts';

const never = new AbortController().signal;

async function door() {
  const { jobs } = await openLibrary();
  const ingester = new FileIngester(jobs);
  const names = async () => (await jobs.failures()).map(({ name }) => name);
  return {
    jobs,
    ingester,
    names,
    stage: (files: ImportItem[]) => ingester.stage(files, never, () => {}),
  };
}

const file = (name: string, content: BlobPart, path = '', lastModified = 1): ImportItem => ({
  file: new File([content], name, { lastModified }),
  path,
});

/** A one-pixel GIF. */
const GIF = Uint8Array.from(
  atob('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7'),
  (char) => char.charCodeAt(0),
);

it('silently skips files that aren’t photos and lists those that claim to be', async () => {
  const { stage, names } = await door();
  const parts: unknown[] = [];
  const { ingester } = await door();
  const report = await stage([
    file('.DS_Store', '\0\0\0\x01Bud1'),
    file('IMG_1.jpg.json', '{}'),
    file('film.mp4', '\0\0\0\x18ftypisom\0\0\0\0'),
    file('long film.mov', new Uint8Array(2 ** 20 + 1)),
    file('SYNOPHOTO_THUMB_M.jpg', GIF, 'Holiday/@eaDir/IMG_1.jpg'),
    file('broken.jpg', 'no picture'),
    file('no ending', GIF),
  ]);
  expect(report).toMatchObject({ skipped: 5, queued: [expect.any(Number)] });
  expect(report.failed).toHaveLength(1);
  expect(await names()).toEqual(['broken.jpg']);
  await ingester.stage([file('notes.txt', 'x')], never, (part) => parts.push(part));
  expect(parts).toEqual([{ files: 1, duplicates: 0, failed: 0, skipped: 1 }]);
});

it('skips a video of several gigabytes without reading it or rejecting its size', async () => {
  const { stage } = await door();
  const film = new File(['\0\0\0\x18ftypisom\0\0\0\0'], 'film.mp4');
  Object.defineProperty(film, 'size', { value: 5 * 2 ** 30 });
  expect(await stage([{ file: film }])).toMatchObject({ skipped: 1, failed: [] });
  const claims = new File(['\xff\xd8\xff\xe0'], 'photo.jpg');
  Object.defineProperty(claims, 'size', { value: 5 * 2 ** 30 });
  expect((await stage([{ file: claims }])).failed).toHaveLength(1);
});

it('lists two bad files with the same name and size separately, each once', async () => {
  const { stage, jobs, names } = await door();
  const one = file('IMG_1.jpg', 'bad one');
  const two = file('IMG_1.jpg', 'bad two');
  const first = await stage([one, two]);
  expect(new Set(first.failed).size).toBe(2);
  expect(await names()).toEqual(['IMG_1.jpg', 'IMG_1.jpg']);
  expect((await stage([two, one])).failed.toSorted()).toEqual(first.failed.toSorted());
  // Also after a restart, when only the store remembers it.
  const next = new FileIngester(jobs);
  expect((await next.stage([one], never, () => {})).failed).toEqual([first.failed[0]]);
  expect(await names()).toHaveLength(2);
});

it('distinguishes large bad files by their first bytes and dates', async () => {
  const { stage, names } = await door();
  const large = (first: string, at: number) => {
    const bytes = new Uint8Array(2 ** 20 + 9);
    bytes.set(new TextEncoder().encode(first));
    return file('IMG_1.jpg', bytes, '', at);
  };
  await stage([large('a', 1)]);
  await stage([large('b', 1), large('a', 2)]);
  await stage([large('a', 1)]);
  expect(await names()).toHaveLength(3);
});

it('lists an unreadable folder with its path and stages everything else', async () => {
  const { stage, jobs } = await door();
  const lost = {
    name: 'lost+found',
    path: 'drive',
    code: 'unreadable-folder',
    message: 'The folder can’t be opened.',
  } as const;
  const report = await stage([lost, file('good.gif', GIF, 'drive')]);
  expect(report.queued).toHaveLength(1);
  await stage([lost]);
  expect(await jobs.failures()).toEqual([
    expect.objectContaining({ ...lost, id: report.failed[0], bytes: 0 }),
  ]);
  // There is no file to retry with: it stays failed.
  expect(await jobs.retry(null)).toEqual({ queued: [], lacking: [] });
});

it('reports how far it got when the disk is full, and counts nothing twice afterwards', async () => {
  const { jobs, ingester } = await door();
  const files = Array.from({ length: 30 }, (_, i) => {
    const bytes = Uint8Array.from(GIF);
    bytes[13] = i;
    return file(`${i}.gif`, bytes);
  });
  const stage = jobs.stage.bind(jobs);
  let full = true;
  jobs.stage = (all) =>
    full && all.length > 8 ? Promise.reject(new AkinError('quota-exceeded', 'Full.')) : stage(all);
  const parts: StagedPart[] = [];
  const onPart = (part: StagedPart) => parts.push(part);
  const first = await ingester.stage(files, never, onPart);
  expect(first).toMatchObject({ through: 8, stopped: { code: 'quota-exceeded' } });
  expect(first.queued).toHaveLength(8);
  full = false;
  // Pass all files again, as if the worker had died meanwhile.
  const again = await ingester.stage(files, never, onPart, true);
  expect(again).toMatchObject({ through: 30, waiting: [], duplicates: [] });
  expect(new Set(again.queued).size).toBe(30);
  expect(parts.map(({ duplicates }) => duplicates)).toEqual([0, 0, 0]);
});
