import { describe, expect, it } from 'vitest';
import type { PhotoInfo } from '../../../protocol/index.ts';
import { exportedResults, toCsv, toJson } from './results-file.ts';

const info = (id: number, name: string, path = ''): PhotoInfo => ({
  id,
  name,
  path,
  type: 'image/jpeg',
  bytes: 1,
  width: 1,
  height: 1,
  addedAt: 0,
});
const infos = [
  info(1, 'a.jpg', 'Trips'),
  info(2, '=HYPERLINK("x")', '@home'),
  info(3, 'c, "d".jpg'),
];
const hits = [
  { id: 2, cosine: 0.9, pValue: 1 / 4000 },
  { id: 3, cosine: 0.8, pValue: 0.5, box: { x: 0, y: 1 / 3, width: 0.5, height: 0.5 } },
  { id: 99, cosine: 0.7, pValue: 0.5 },
];

describe('exported results', () => {
  it('list names, folders, odds and matching parts in order, without photos that are gone', () => {
    expect(exportedResults(hits, infos, true)).toEqual([
      { name: '=HYPERLINK("x")', path: '@home', oneIn: 4000, box: null },
      { name: 'c, "d".jpg', path: '', oneIn: 2, box: hits[1]!.box },
    ]);
  });

  it('leave out odds that mean nothing', () => {
    expect(exportedResults(hits, infos, false)[0]).toMatchObject({ oneIn: null });
  });

  it('are quoted in CSV, and never run as formulas', () => {
    expect(toCsv(exportedResults(hits, infos, true))).toBe(
      `name,folder,one_in,x,y,width,height\r\n"'=HYPERLINK(""x"")",'@home,4000,,,,\r\n"c, ""d"".jpg",,2,0,0.3333,0.5,0.5`,
    );
  });

  it('are plain data in JSON', () => {
    expect(JSON.parse(toJson(exportedResults(hits, infos, true)))).toHaveLength(2);
  });
});
