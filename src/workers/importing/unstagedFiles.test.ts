import 'fake-indexeddb/auto';
import { expect, it } from 'vitest';
import { openLibrary } from '../../store/testing/library.ts';
import { takeInterrupted, UnstagedFiles } from './unstagedFiles.ts';

const nobody = () => false;

it('reports once how many files a closed tab had not stored', async () => {
  const { meta } = await openLibrary();
  const [here, gone] = [new UnstagedFiles(meta, 'here'), new UnstagedFiles(meta, 'gone')];
  here.note(7);
  for (const files of [300, 236, 172]) gone.note(files);
  await Promise.all([here.settled(), gone.settled()]);
  expect(await takeInterrupted(meta, (tab) => tab === 'here')).toBe(172);
  expect(await takeInterrupted(meta, (tab) => tab === 'here')).toBe(0);
  expect(await takeInterrupted(meta, nobody)).toBe(7);
});

it('leaves nothing behind once all files are stored', async () => {
  const { meta } = await openLibrary();
  const files = new UnstagedFiles(meta, 'here');
  files.note(64);
  await files.settled();
  files.note(0);
  await files.settled();
  expect(await meta.get('import.unstaged')).toBeUndefined();
});

it('ignores invalid counts', async () => {
  const { meta } = await openLibrary();
  for (const kept of ['12', null, { a: -1, b: 0.5, c: 'x', d: Number.NaN }]) {
    await meta.set('import.unstaged', kept);
    expect(await takeInterrupted(meta, nobody)).toBe(0);
  }
});
