import { expect, test } from './fixtures/akin.ts';
import { everybody } from './fixtures/faces.ts';
import { restoreRelease } from './fixtures/releasedLibrary.ts';

test('the library of an earlier release opens with its photos and names', async ({
  akin,
  page,
}) => {
  await restoreRelease(page, '0.1.0');
  await akin.open();
  await expect(akin.tiles()).toHaveCount(12);
  const { people } = await everybody(page);
  expect(people.map(({ name }) => name).sort()).toEqual(['Ana', 'Ben', 'Cleo']);
});
