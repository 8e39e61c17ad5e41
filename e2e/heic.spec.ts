import { expect, test } from '@playwright/test';
import { freePort } from '../scripts/freePort.ts';
import { whyNoHeifEnc } from '../scripts/heifEnc.ts';
import { openApp, startSession } from '../scripts/session.ts';
import { AkinPage } from './fixtures/akin.ts';
import type { NamedBytes } from './fixtures/badFiles.ts';
import { anotherHeic, badHeic, LOWER, phonePhoto, UPPER } from './fixtures/heic.ts';
import { blocks } from './fixtures/pictures.ts';

const why = whyNoHeifEnc();
test.skip(why !== false, String(why));

const wired = (files: readonly NamedBytes[]) =>
  files.map(({ name, bytes }) => ({ name, base64: Buffer.from(bytes).toString('base64') }));

test('HEIC photos are imported and shown, also offline', async () => {
  const session = await startSession({ port: await freePort(), switches: ['--disable-gpu'] });
  try {
    const { page } = session;
    const fetched: string[] = [];
    session.context.on('request', (request) => fetched.push(new URL(request.url()).pathname));
    await openApp(session);
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null, undefined);
    const akin = new AkinPage(page);
    await akin.importBytes(wired([{ name: 'blocks.png', bytes: await blocks(1) }]));
    const decoder = () => fetched.filter((path) => path.includes('/libheif/'));
    expect(decoder()).toEqual([]);

    const bad = await badHeic();
    const phone = await phonePhoto();
    const report = await akin.importBytes(
      wired([...bad, phone, { name: 'more.png', bytes: await blocks(2) }]),
    );
    const failures = await akin.failures();
    expect(Object.fromEntries(failures.map(({ name, code }) => [name, code]))).toEqual(
      Object.fromEntries(bad.map(({ name, code }) => [name, code])),
    );
    expect(report.imported).toHaveLength(2);
    expect(new Set(decoder())).toEqual(
      new Set(['/models/libheif/libheif.js', '/models/libheif/libheif.wasm']),
    );
    const id = await akin.idNamed('IMG_0001');
    expect(await page.evaluate((photo) => window.akin!.photo(photo), id)).toMatchObject({
      type: 'image/heic',
      width: 128,
      height: 256,
      takenAt: Date.UTC(2019, 4, 3, 14, 5, 9),
    });

    // The browser can't decode HEIC, so Akin decoded what is shown, with the right colors.
    await page.goto(`${session.url}?photo=${id}`);
    const shown = page.locator('img.stage-original[data-shown]');
    await expect(shown).toBeVisible();
    const colors = await shown.evaluate((image: HTMLImageElement) => {
      const { naturalWidth: width, naturalHeight: height } = image;
      const context = new OffscreenCanvas(width, height).getContext('2d')!;
      context.drawImage(image, 0, 0);
      const at = (y: number) =>
        Array.from(context.getImageData(width / 2, y, 1, 1).data.slice(0, 3));
      return { width, height, upper: at(height / 4), lower: at((height * 3) / 4) };
    });
    expect(colors).toMatchObject({ width: 128, height: 256 });
    const off = (a: readonly number[], b: readonly number[]) =>
      Math.max(...a.map((value, i) => Math.abs(value - b[i]!)));
    expect(off(colors.upper, UPPER), `${colors.upper}`).toBeLessThanOrEqual(8);
    expect(off(colors.lower, LOWER), `${colors.lower}`).toBeLessThanOrEqual(8);
    if (process.env.AKIN_LOOK) await page.screenshot({ path: `${process.env.AKIN_LOOK}/heic.png` });
    // The download is the original file.
    const saving = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download original' }).click();
    expect((await saving).suggestedFilename()).toBe('IMG_0001.HEIC');

    session.stopServer();
    await page.reload();
    await akin.ready();
    const another = await akin.importBytes(wired([await anotherHeic()]));
    expect(another).toMatchObject({ failed: [], imported: [expect.any(Number)] });
    await expect(shown).toBeVisible();
  } finally {
    await session.close();
  }
});
