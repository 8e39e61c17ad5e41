import { join } from 'node:path';
import type { Page } from '@playwright/test';
import sharp from 'sharp';
import { quietSwitches } from '../scripts/browser.ts';
import { AkinPage, expect, test } from './fixtures/akin.ts';
import { groupPhoto } from './fixtures/facePictures.ts';
import { visited } from './fixtures/libraries.ts';
import { scratch } from './fixtures/pictures.ts';
import { copyOf } from './fixtures/profiles.ts';

/** WebGPU without a graphics card: correct, but about fifty times slower than WASM. */
const SOFTWARE_GPU = [
  '--enable-unsafe-webgpu',
  '--enable-features=Vulkan',
  '--use-webgpu-adapter=swiftshader',
];

/** One face of a group photo, cropped tightly: without a graphics card, each inference is slow. */
async function oneFace(): Promise<string> {
  const path = join(scratch(), 'one-face.jpg');
  await sharp(groupPhoto(1))
    .extract({ left: 275, top: 263, width: 480, height: 480 })
    .resize(320)
    .jpeg({ quality: 90 })
    .toFile(path);
  return path;
}

/** The stored vectors of all faces, whose keys start at 2³¹. */
function storedFaceVectors(page: Page): Promise<number[][]> {
  return page.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open('akin');
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(opening.error);
    });
    const vectors = database.transaction('vectors').objectStore('vectors');
    const found = await new Promise<number[][]>((resolve, reject) => {
      const rows: number[][] = [];
      const walk = vectors.openCursor();
      walk.onerror = () => reject(walk.error);
      walk.onsuccess = () => {
        const cursor = walk.result;
        if (!cursor) return resolve(rows);
        const [, id] = cursor.key as [string, number];
        if (id >= 2 ** 31) rows.push([...new Float32Array(cursor.value as ArrayBuffer)]);
        cursor.continue();
      };
    });
    database.close();
    return found;
  });
}

test('WebGPU and WASM produce matching vectors for a picture and the face in it', async ({
  playwright,
}) => {
  const paths = [await oneFace()];
  const seenOn = async (backend: 'webgpu' | 'wasm') => {
    const context = await playwright.chromium.launchPersistentContext(await copyOf(visited), {
      args: [...quietSwitches, ...SOFTWARE_GPU],
    });
    try {
      const page = context.pages()[0]!;
      const akin = new AkinPage(page);
      await akin.open();
      const report = await page.evaluate((name) => window.akin!.chooseBackend(name), backend);
      expect(report.active).toBe(backend);
      const before = (await akin.stats()).tensors;
      await akin.bringIn(paths);
      expect((await akin.stats()).tensors).toBe(before);
      const vectors = await page.evaluate(async () => {
        const { vectors, d } = await window.akin!.exportVectors();
        return { d, values: [...vectors] };
      });
      await page.evaluate(() => window.akin!.faces.turnOn());
      const looked = () => page.evaluate(async () => (await window.akin!.faces.report()).scanned);
      await expect.poll(looked).toBe(1);
      return { ...vectors, faces: await storedFaceVectors(page) };
    } finally {
      await context.close();
    }
  };
  const gpu = await seenOn('webgpu');
  const wasm = await seenOn('wasm');
  expect(gpu.values).toHaveLength(gpu.d);
  const cosine = gpu.values.reduce((sum, value, i) => sum + value * wasm.values[i]!, 0);
  expect(cosine).toBeGreaterThanOrEqual(0.999);
  expect([gpu.faces.length, wasm.faces.length]).toEqual([1, 1]);
  expect(wasm.faces[0]).toHaveLength(128);
  const l2 = Math.hypot(...wasm.faces[0]!.map((value, i) => value - gpu.faces[0]![i]!));
  expect(l2).toBeLessThan(0.02);
});
