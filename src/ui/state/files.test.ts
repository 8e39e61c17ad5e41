import { expect, it } from 'vitest';
import { folderOf, pastedName } from './files.ts';

it('extracts the folder from a path', () => {
  expect(folderOf('./1.jpg')).toBe('');
  expect(folderOf('1.jpg')).toBe('');
  expect(folderOf('/Holiday/Beach/1.jpg')).toBe('Holiday/Beach');
  expect(folderOf('Holiday/1.jpg')).toBe('Holiday');
  expect(folderOf('')).toBe('');
});

it('names pasted files by time and keeps real names', () => {
  const now = new Date(2026, 10, 22, 21, 2, 3);
  expect(pastedName(new File([], 'image.png'), now).name).toBe('Pasted 2026-11-22 21.02.03.png');
  expect(pastedName(new File([], 'cat.png'), now).name).toBe('cat.png');
});
