import { expect, test } from 'vitest';
import { rerankRows } from './rerank.ts';

test('the order of the app is compared with that of the cosines', () => {
  const classOf = new Map([
    [1, 'cup'],
    [2, 'cup'],
    [3, 'hat'],
    [4, 'cup'],
  ]);
  const hits = [
    { id: 2, cosine: 0.5 },
    { id: 4, cosine: 0.4 },
    { id: 3, cosine: 0.6 },
  ];
  const [plain, reranked] = rerankRows([{ query: 1, hits }], classOf);
  expect(plain).toMatchObject({ rerank: false, precision1: 0, precision5: 0.4 });
  expect(plain!.map).toBeCloseTo((1 / 2 + 2 / 3) / 2);
  expect(reranked).toMatchObject({ rerank: true, precision1: 1, map: 1 });
});
