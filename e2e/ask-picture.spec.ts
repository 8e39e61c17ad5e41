import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { findBrowser, quietSwitches } from '../scripts/browser.ts';
import { expect, test } from './fixtures/akin.ts';
import { anotherPhoto, groupPhoto } from './fixtures/facePictures.ts';
import { scratch } from './fixtures/pictures.ts';

/** Frames of the browser's fake camera. */
const CAMERA = join(scratch(), 'camera.mjpeg');

test.use({
  launchOptions: {
    executablePath: findBrowser(),
    args: [
      ...quietSwitches,
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-video-capture=${CAMERA}`,
    ],
  },
});

test('faces from the camera and the clipboard are identified, and nothing is saved', async ({
  akin,
  page,
  context,
}) => {
  const again = await anotherPhoto(1, 4);
  const frame = await sharp(again)
    .resize(1280, 720, { fit: 'contain' })
    .jpeg({ chromaSubsampling: '4:2:0' })
    .toBuffer();
  writeFileSync(CAMERA, Buffer.concat([frame, frame, frame]));
  await akin.open();
  await akin.bringIn([groupPhoto(1)]);
  await page.getByRole('link', { name: 'People' }).click();
  await page.getByRole('button', { name: 'Turn on face recognition' }).click();
  const face = () =>
    page.evaluate(async () => {
      const { faces, gallery } = window.akin!;
      const [photo] = (await faces.report()).on ? gallery.get().ids : [];
      return photo === undefined ? undefined : (await faces.ofPhoto(photo))[0]?.id;
    });
  await expect.poll(face).toBeDefined();
  await page.evaluate(
    async (id) => window.akin!.faces.apply({ kind: 'name-face', face: id, name: 'Ana' }),
    (await face())!,
  );
  const before = await page.evaluate(() => window.akin!.faces.report());
  const dialog = page.getByRole('dialog', { name: 'Identify faces' });
  const summary = page.getByTestId('ask-summary');

  // Camera permission is denied.
  await page.getByRole('button', { name: 'Identify faces…' }).click();
  await dialog.getByRole('button', { name: 'Use camera' }).click();
  await expect(dialog.getByRole('alert')).toContainText('Akin can’t use the camera.');
  await dialog.getByRole('button', { name: 'Close', exact: true }).last().click();

  await context.grantPermissions(['camera']);
  await dialog.getByRole('button', { name: 'Use camera' }).click();
  await dialog.getByRole('button', { name: 'Take photo' }).click();
  await expect(summary).toContainText('The photo wasn’t saved.');
  await expect(dialog.getByText('Very likely Ana')).toBeVisible();
  await expect(dialog.locator('video')).toHaveCount(0);

  const pasted = readFileSync(groupPhoto(2)).toString('base64');
  await page.evaluate((base64) => {
    const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
    const clipboardData = new DataTransfer();
    clipboardData.items.add(new File([bytes], 'image.jpg', { type: 'image/jpeg' }));
    window.dispatchEvent(new ClipboardEvent('paste', { clipboardData, cancelable: true }));
  }, pasted);
  await expect(dialog.getByText('Very likely Ana')).toHaveCount(0);
  await expect(summary).toContainText('The photo wasn’t saved.');
  await expect(dialog.getByTestId('asked-face').first()).toContainText('Unknown person');

  expect(await page.evaluate(() => window.akin!.faces.report())).toEqual(before);
  expect((await akin.stats()).photos).toBe(1);
});
