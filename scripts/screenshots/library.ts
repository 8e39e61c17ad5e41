import { join } from 'node:path';
import type { Page } from '@playwright/test';
import sharp from 'sharp';
import { unreadable } from '../../e2e/fixtures/badFiles.ts';
import { anotherPhoto, groupPhoto } from '../../e2e/fixtures/facePictures.ts';
import { scratch } from '../../e2e/fixtures/pictures.ts';
import { importPaths } from '../session.ts';

/** Subjects of the screenshots. */
export interface Subjects {
  /** A photo with similar ones, one with faces, a panorama, and one in Trash. */
  readonly photo: number;
  readonly faces: number;
  readonly panorama: number;
  readonly trashed: number;
  /** One of the faces. */
  readonly face: number;
  /** URL of a named person. */
  readonly person: string;
  /** URL of an item. */
  readonly item: string;
  /** Number of files that couldn’t be imported. */
  readonly failures: number;
}

/** A sample with several similar ones. */
const SHOWN = 'Taxi';

/**
 * Fills the library with the samples, photos of people, a panorama and files that can’t be
 * imported; names a person, makes items, and moves a few photos to Trash.
 *
 * @param more additional photos
 */
export async function fillLibrary(page: Page, more: readonly string[]): Promise<Subjects> {
  await page.evaluate(() => window.akin!.importSamples());
  const people = [1, 2, 3, 4, 5, 6].map(groupPhoto);
  const again = [await anotherPhoto(1, 1), await anotherPhoto(1, 2), await anotherPhoto(2, 1)];
  const wide = await panorama();
  await importPaths(page, [...more, ...people, ...again, wide]);
  const bad = (await unreadable()).map(({ name, bytes }) => ({
    name,
    base64: Buffer.from(bytes).toString('base64'),
  }));
  await page.evaluate(
    (all) =>
      window.akin!.importFiles(
        all.map(({ name, base64 }) => {
          const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
          return new File([bytes], name);
        }),
      ),
    bad,
  );
  await page.evaluate(() => window.akin!.faces.turnOn());
  await page.evaluate(async () => {
    const { faces } = window.akin!;
    for (;;) {
      const { photos, scanned } = await faces.report();
      const { groups } = await faces.people();
      const idle = faces.work.get().state === 'idle';
      if (scanned === photos && idle && groups.length > 0) return;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  });
  return page.evaluate(async (shown) => {
    const akin = window.akin!;
    const { groups } = await akin.faces.people();
    const key = groups[0]!.key;
    await akin.faces.apply({ kind: 'name', person: key, name: 'Ana' });
    const { people } = await akin.faces.people();
    const ana = people.find(({ name }) => name === 'Ana')!;
    const { faces } = await akin.faces.person(ana.key);
    const photos = await akin.list();
    const samples = photos.filter(({ credit }) => credit !== undefined);
    const shownPhoto = photos.find(({ name }) => name.startsWith(shown))!.id;
    const cars = (await akin.search(shownPhoto, { k: 6 })).hits.map(({ id }) => id);
    const car = await akin.items.create(cars.slice(0, 3), {
      title: 'Toy car',
      sku: 'T-100',
      facts: [['Color', 'Red']],
    });
    await akin.items.create(cars.slice(3), { title: 'Toy truck', sku: 'T-200' });
    const trashed = samples.slice(-3).map(({ id }) => id);
    await akin.remove(trashed);
    return {
      photo: shownPhoto,
      item: `/?item=${car.item}`,
      faces: faces[0]!.photoId,
      panorama: photos.find(({ name }) => name.startsWith('Panorama'))!.id,
      trashed: trashed[0]!,
      face: faces[0]!.id,
      person: `/?person=${ana.key}`,
      failures: akin.failures.get().length,
    };
  }, SHOWN);
}

async function panorama(): Promise<string> {
  const path = join(scratch(), 'Panorama.jpg');
  const input = await sharp(groupPhoto(3)).resize({ width: 1400, height: 400 }).toBuffer();
  await sharp({ create: { width: 4200, height: 400, channels: 3, background: '#777' } })
    .composite([0, 1400, 2800].map((left) => ({ input, left, top: 0 })))
    .jpeg()
    .toFile(path);
  return path;
}
