import { expect, test } from './fixtures/akin.ts';
import { samples } from './fixtures/pictures.ts';

// A first visit, with an empty profile.
test.use({ profile: null });

test('the sample photos are imported, and similar photos are of the same category', async ({
  akin,
  page,
}) => {
  await akin.open();
  await expect(page.getByRole('heading', { level: 2 })).toBeVisible();
  await expect(page.getByText('your photos never leave it', { exact: false })).toBeVisible();
  await page.getByRole('button', { name: 'Try it with sample photos' }).click();
  await expect(akin.importBar()).toBeVisible();
  await akin.ready();

  const { items } = samples();
  await akin.expectPhotos(items.length);
  expect(await akin.failures()).toEqual([]);

  const photos = await akin.list();
  const classOf = new Map(photos.map((photo) => [photo.id, photo.path.replace('Samples/', '')]));
  const nearest = async (name: string, k: number) => {
    const id = await akin.idNamed(`${name}.`);
    const { hits } = await page.evaluate(
      ([photoId, wanted]) => window.akin!.search(photoId!, { k: wanted! }),
      [id, k] as const,
    );
    return hits.map((hit) => classOf.get(hit.id));
  };
  expect(await nearest('Taxi', 5)).toEqual(Array(5).fill('vehicles'));
  expect(await nearest('Tangerine', 3)).toEqual(Array(3).fill('fruit'));
  expect(await nearest('Dog', 3)).toEqual(Array(3).fill('animals'));
  expect(await nearest('Handbag', 2)).toEqual(Array(2).fill('bags'));

  // Sample photos show their credits.
  await page.goto(`/?photo=${await akin.idNamed('Taxi.')}`);
  await akin.includeLessSimilar();
  await expect(page.getByText('MIT', { exact: false }).first()).toBeVisible();
});
