import type { LayerMaps } from '../src/protocol/index.ts';
import { expect, test } from './fixtures/akin.ts';
import { look } from './fixtures/axe.ts';
import { figure, openChapter, runPrintedCall } from './fixtures/lab.ts';
import { fortyBlocks } from './fixtures/libraries.ts';

test.use({ profile: fortyBlocks });

test('vectors: similarities are sums of products, and distances those of the vectors', async ({
  akin,
  page,
}) => {
  await akin.open();
  const similarities: number[] = [];
  for (const step of [1, 2]) {
    await openChapter(page, 'vectors', step);
    const both = Object.values(await runPrintedCall<Record<string, number>>(page));
    const d = both.length / 2;
    const products = both.slice(0, d).map((x, i) => x * both[d + i]!);
    const sum = (numbers: readonly number[]) => numbers.reduce((total, x) => total + x, 0);
    similarities.push(sum(products));
    await expect(figure(page, 'components')).toHaveText(String(d));
    await expect(figure(page, 'similarity')).toHaveText(sum(products).toFixed(3));
    const marked = products.toSorted((a, b) => b - a).slice(0, Math.round(d / 16));
    await expect(figure(page, 'marked')).toHaveText(sum(marked).toFixed(3));
    await page.getByText('Show as a table').click();
    await expect(page.getByTestId('lab-facts').locator('tbody tr')).toHaveCount(d);
  }
  expect(similarities[0]).toBeGreaterThan(similarities[1]!);
  await look(page, 'vectors in the Lab');

  await openChapter(page, 'vectors', 3);
  const all = Object.values(await runPrintedCall<Record<string, number>>(page));
  expect(all).toHaveLength(144);
  await expect(page.locator('.lab-matrix-cell')).toHaveCount(144);
  await expect(figure(page, 'most')).toHaveText((1 - Math.min(...all)).toFixed(3));
  await page.getByText('Show as a table').click();
  await expect(page.getByTestId('lab-facts').locator('tbody tr')).toHaveCount((12 * 11) / 2);
  await look(page, 'distances in the Lab');
});

test('vectors: layers are those of the printed call, and leave no tensors behind', async ({
  akin,
  page,
}) => {
  await akin.open();
  await openChapter(page, 'vectors', 4);
  const kept = (await akin.stats()).tensors;
  expect(kept).toBeGreaterThan(0);
  const { layers } = await runPrintedCall<LayerMaps>(page);
  expect((await akin.stats()).tensors).toBe(kept);
  for (const [i, depth] of (['early', 'middle', 'late'] as const).entries()) {
    await openChapter(page, 'vectors', 4 + i);
    await expect(page.getByTestId('lab-step')).toHaveText(
      `${depth === 'early' ? 'An' : 'A'} ${depth} layer`,
    );
    const { name, channels, maps } = layers[i]!;
    await expect(figure(page, 'name')).toHaveText(name);
    await expect(figure(page, 'channels')).toHaveText(channels.toLocaleString('en'));
    await expect(page.locator('.lab-channel canvas')).toHaveCount(maps.length);
    await page.getByText('Show as a table').click();
    const rows = page.getByTestId('lab-facts').locator('tbody th');
    await expect(rows).toHaveText(maps.map(({ channel }) => (channel + 1).toLocaleString('en')));
  }
  await look(page, 'layers in the Lab');
});
