import { expect, it } from 'vitest';
import type { ImportItem, TrialFile } from '../../../protocol/index.ts';
import { addFiles, gatherFiles, trialFiles } from './trial-files.ts';

const file = (name: string, text = ''): TrialFile => ({ name, file: new Blob([text]) });
const names = (files: readonly TrialFile[]) => files.map(({ name }) => name);

it('adds missing files to the existing ones', () => {
  const held = [file('net/model.json'), file('net/a.bin'), file('net/b.bin')];
  const fresh = file('b.bin', 'whole');
  const all = addFiles(held, [fresh, file('c.bin')]);
  expect(names(all)).toEqual(['net/model.json', 'net/a.bin', 'b.bin', 'c.bin']);
  expect(all[2]).toBe(fresh);
});

it('starts over with another model', () => {
  const other = [file('model.json'), file('a.bin')];
  expect(addFiles([file('old.bin'), file('model.json')], other)).toBe(other);
  expect(names(addFiles([], [file('a.bin')]))).toEqual(['a.bin']);
});

it('keeps the folders of files and skips unreadable files', () => {
  const items: ImportItem[] = [
    { file: new File([], 'model.json'), path: 'net' },
    { file: new File([], 'a.bin'), path: '' },
    { name: 'b.bin', path: 'net', code: 'unreadable-file', message: '' },
  ];
  expect(names(trialFiles(items))).toEqual(['net/model.json', 'a.bin']);
});

it('rejects thousands of files', async () => {
  const item: ImportItem = { file: new File([], 'a.jpg'), path: '' };
  async function* endless() {
    for (;;) yield Array.from({ length: 500 }, () => item);
  }
  await expect(gatherFiles(endless())).rejects.toThrow('thousands of files');
});
