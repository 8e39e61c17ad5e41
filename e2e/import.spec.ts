import { readFileSync } from 'node:fs';
import { unzipSync } from 'fflate';
import { expect, test } from './fixtures/akin.ts';
import { sampleFiles } from './fixtures/pictures.ts';

test('an import shows its progress and can be paused, searched, resumed and stopped', async ({
  akin,
  page,
}) => {
  const paths = await sampleFiles(60);
  await akin.open();
  await akin.choose(paths);
  const bar = akin.importBar();
  await expect(bar.getByRole('progressbar')).toBeVisible();
  const kept = () => page.evaluate(() => window.akin!.gallery.get().length);
  await expect.poll(kept).toBeGreaterThan(3);

  await bar.getByRole('button', { name: 'Pause' }).click();
  await expect(bar.getByRole('button', { name: 'Resume' })).toBeVisible();
  // Photos already being analyzed are finished, then nothing changes.
  const paused = await akin.standsStill();
  expect(paused).toBeLessThan(60);

  const found = await page.evaluate(() => {
    const { ids } = window.akin!.gallery.get();
    return window.akin!.search(ids[0]!, { k: 3 });
  });
  expect(found.hits).toHaveLength(3);

  await bar.getByRole('button', { name: 'Resume' }).click();
  await expect.poll(kept).toBeGreaterThan(paused);
  await bar.getByRole('button', { name: 'Stop' }).click();
  await akin.ready();
  const left = await kept();
  expect(left).toBeGreaterThan(paused);
  expect(left).toBeLessThan(60);
  expect(await page.evaluate(() => window.akin!.progress.get())).toMatchObject({
    state: 'done',
    cancelled: true,
  });
  // A canceled import doesn't resume.
  await page.reload();
  await akin.ready();
  await akin.expectPhotos(left);
});

test('an import stopped before its first photo does not affect the next one', async ({
  akin,
  page,
}) => {
  const paths = await sampleFiles(6);
  await akin.open();
  await akin.choose(paths);
  await page.waitForFunction(() => window.akin!.progress.get().state === 'running');
  await akin.importBar().getByRole('button', { name: 'Stop' }).click();
  await page.waitForFunction(() => window.akin!.progress.get().state === 'done');
  expect(await page.evaluate(() => window.akin!.progress.get())).toMatchObject({ cancelled: true });
  await akin.bringIn(paths.slice(0, 3));
  await akin.expectPhotos(3);
  expect(await page.evaluate(() => window.akin!.progress.get())).toMatchObject({
    state: 'done',
    cancelled: false,
    imported: 3,
    total: 3,
  });
});

test('importing the same files again with new ones adds only the new ones', async ({
  akin,
  page,
}) => {
  const paths = await sampleFiles(12);
  await akin.open();
  await akin.bringIn(paths.slice(0, 6));
  await akin.bringIn(paths);
  const progress = await page.evaluate(() => window.akin!.progress.get());
  expect(progress).toMatchObject({ total: 12, done: 12, imported: 6, duplicates: 6 });
  const shown = await page.evaluate(() => [...window.akin!.gallery.get().ids]);
  expect(shown).toEqual((await akin.list()).map((photo) => photo.id));
});

test('an import leaks no tensors and reports its timings', async ({ akin, page }) => {
  await akin.open();
  await page.evaluate(() => window.akin!.chooseBackend('wasm'));
  const before = (await akin.stats()).tensors;
  expect(before).toBeGreaterThan(0);
  await akin.bringIn(await sampleFiles(9));
  const after = await akin.stats();
  expect(after.tensors).toBe(before);
  expect(after.backend).toBe('wasm');
  const timings = await page.evaluate(() => window.akin!.timings());
  expect(timings.photos).toBe(9);
  expect(timings.netMs).toBeGreaterThan(0);
  expect(timings.netMs).toBeLessThan(timings.workers * timings.wallMs);
});

test('vectors are exported with their ids and names', async ({ akin, page }) => {
  await akin.open();
  await akin.bringIn(await sampleFiles(5));
  const { ids, names, d, spaceId, norms } = await page.evaluate(async () => {
    const { vectors, ...rest } = await window.akin!.exportVectors();
    const norms = Array.from({ length: rest.ids.length }, (_, i) =>
      Math.hypot(...vectors.subarray(i * rest.d, (i + 1) * rest.d)),
    );
    return { ...rest, ids: [...rest.ids], norms };
  });
  expect(d).toBe(384);
  expect(spaceId).toMatch(/^visual-v2\/[0-9a-f]{12}\/384$/);
  const photos = await akin.list();
  expect(ids).toEqual(photos.map((photo) => photo.id));
  expect(names).toEqual(photos.map((photo) => photo.name));
  for (const norm of norms) expect(norm).toBeCloseTo(1, 4);

  // All photos, in each format, from the settings.
  const save = async (format: string) => {
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByRole('tab', { name: 'Storage' }).click();
    await page.getByRole('button', { name: 'Export vectors…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Export vectors' });
    await dialog.getByRole('radio', { name: new RegExp(`^${format}`) }).check();
    // Face recognition is off, so there are no names to ask about.
    await expect(dialog.getByRole('checkbox')).toHaveCount(0);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      dialog.getByRole('button', { name: 'Export', exact: true }).click(),
    ]);
    await expect(dialog).toBeHidden();
    return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
  };
  const rows = photos.map((photo) => photo.name);
  const archive = async (format: string) => {
    const { name, bytes } = await save(format);
    const files = unzipSync(new Uint8Array(bytes));
    const [header, ...lines] = Buffer.from(files['metadata.tsv']!).toString().trimEnd().split('\n');
    expect(header).toMatch(/^name\tid\tfolder\ttaken\tadded\twidth\theight\titem\tword$/);
    expect(lines.map((line) => line.split('\t')[0])).toEqual(rows);
    return { name, files };
  };
  const tsv = await archive('TSV');
  expect(tsv.name).toBe('akin-vectors-tsv.zip');
  const numbers = Buffer.from(tsv.files['vectors.tsv']!).toString().trimEnd().split('\n');
  expect(numbers.map((line) => line.split('\t').length)).toEqual(rows.map(() => d));
  const npy = await archive('NumPy');
  expect(npy.files['vectors.npy']).toHaveLength(128 + 4 * d * rows.length);
  expect(Buffer.from(npy.files['vectors.npy']!.subarray(0, 8)).toString('latin1')).toBe(
    '\u0093NUMPY\u0001\u0000',
  );
  const fvecs = await archive('fvecs');
  expect(fvecs.files['vectors.fvecs']).toHaveLength((4 + 4 * d) * rows.length);
  expect([...fvecs.files['vectors.fvecs']!.subarray(0, 4)]).toEqual([128, 1, 0, 0]);
  const parquet = await save('Parquet');
  expect(parquet.name).toBe('akin-vectors.parquet');
  expect(parquet.bytes.subarray(0, 4).toString()).toBe('PAR1');
  expect(parquet.bytes.subarray(-4).toString()).toBe('PAR1');
  expect(parquet.bytes.length).toBeGreaterThan(4 * d * rows.length);

  // Some photos, and the selected ones.
  await akin.tiles().first().focus();
  await page.keyboard.press('Control+a');
  const some = await page.evaluate(async () => {
    const selected = [...window.akin!.gallery.get().ids].slice(0, 2);
    const {
      blob,
      name: _name,
      ...file
    } = await window.akin!.exportVectors({
      format: 'npy',
      ids: selected,
    });
    return { ...file, size: blob.size };
  });
  expect(some).toMatchObject({ photos: 2, skipped: 0, d, spaceId });
  expect(some.size).toBeGreaterThan(4 * d * 2);
  await page.getByRole('button', { name: 'Export vectors' }).click();
  await expect(page.getByRole('dialog', { name: 'Export 5 photos’ vectors' })).toBeVisible();
});

test('a worker that dies during an import is restarted, and nothing is lost', async ({
  akin,
  page,
}) => {
  await akin.open();
  await akin.choose(await sampleFiles(16));
  const kept = () => page.evaluate(() => window.akin!.gallery.get().length);
  await expect.poll(kept).toBeGreaterThan(1);
  const worker = page.workers().find((each) => /import\.worker/.test(each.url()));
  expect(worker).toBeDefined();
  await worker!.evaluate(() => self.close());
  await expect.poll(kept).toBe(16);
  await akin.ready();
  expect(await akin.failures()).toEqual([]);
});
