import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { type AkinPage, expect, test } from './fixtures/akin.ts';
import { asHdr } from './fixtures/avifBoxes.ts';
import type { NamedBytes } from './fixtures/badFiles.ts';
import { drawing, endless, rare, refused, striped } from './fixtures/rarePictures.ts';

const wired = (files: readonly NamedBytes[]) =>
  files.map(({ name, bytes }) => ({ name, base64: Buffer.from(bytes).toString('base64') }));

const LONG = [
  { name: 'wide.png', width: 6_000, height: 500 },
  { name: 'wider.png', width: 20_000, height: 500 },
  { name: 'high.png', width: 500, height: 10_000 },
];

/** All pictures, for a single import: loading the models takes longer than all of them. */
async function pictures() {
  const disc = '<circle cx="100" cy="75" r="60"/>';
  const bars = '<path d="M20 20h25v110h-25zM85 20h25v110h-25zM150 20h25v110h-25z"/>';
  const drawn = [
    { name: 'white-disc.png', bytes: await drawing('#fff', disc) },
    { name: 'white-bars.png', bytes: await drawing('#fff', bars) },
    { name: 'black-disc.png', bytes: await drawing('#000', disc) },
  ];
  const long = await Promise.all(
    LONG.map(async ({ name, width, height }) => ({ name, bytes: await striped(width, height) })),
  );
  // Sixteen steps from black to white, in sRGB values.
  const steps = Buffer.alloc(192 * 64 * 3);
  for (let i = 0; i < steps.length; i++) steps[i] = 17 * Math.floor((Math.floor(i / 3) % 192) / 12);
  const avif = await sharp(steps, { raw: { width: 192, height: 64, channels: 3 } })
    .avif({ quality: 90, bitdepth: 10 })
    .toBuffer();
  const hdr = [
    { name: 'pq.avif', bytes: asHdr(avif, 16, 1000) },
    { name: 'hlg.avif', bytes: asHdr(avif, 18) },
  ];
  const create = { width: 13_000, height: 9_600, channels: 3 as const, background: '#c04020' };
  const large = await sharp({ create, limitInputPixels: false }).jpeg().toBuffer();
  const whole = [...(await rare()), ...drawn, ...long, ...hdr, { name: 'large.jpg', bytes: large }];
  return { lacking: await endless(), whole, bad: await refused() };
}

test('every picture a browser can display is imported unchanged and shown correctly', async ({
  akin,
}) => {
  const { lacking, whole, bad } = await pictures();
  await akin.open();
  const report = await akin.importBytes(wired([...lacking, ...whole, ...bad]));
  await test.step('unreadable files are listed with the reason', async () => {
    const failures = await akin.failures();
    const codes = (files: readonly { name: string; code: string }[]) =>
      Object.fromEntries(files.map(({ name, code }) => [name, code]));
    expect(codes(failures)).toEqual(codes(bad));
    for (const { name, words } of bad) {
      expect(failures.find((failure) => failure.name === name)?.message).toMatch(words);
    }
    expect(report.imported).toHaveLength(lacking.length + whole.length);
  });
  await test.step('white drawings are visible, and distinct in search', () => checkDrawings(akin));
  await test.step('long pictures are sharp and readable', () => checkLong(akin));
  await test.step('thumbnails of HDR pictures have the tones of the originals', () =>
    checkHdr(akin));
  await test.step('files are stored byte for byte, and missing ends are reported', () =>
    checkKept(akin, [...lacking, ...whole], new Set(lacking.map(({ name }) => name))));
  expect((await akin.list()).find(({ name }) => name === 'large.jpg')).toMatchObject({
    width: 13_000,
    height: 9_600,
  });
});

async function checkKept(akin: AkinPage, files: readonly NamedBytes[], lacking: Set<string>) {
  const { page } = akin;
  const kept = await page.evaluate(async () =>
    Promise.all(
      (await window.akin!.list()).map(async ({ id, name, endMissing }) => {
        const original = await (await window.akin!.original(id)).arrayBuffer();
        const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', original));
        const sha256 = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
        return { name, endMissing: endMissing === true, sha256 };
      }),
    ),
  );
  const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);
  expect(kept.sort(byName)).toEqual(
    files
      .map(({ name, bytes }) => ({
        name,
        endMissing: lacking.has(name),
        sha256: createHash('sha256').update(bytes).digest('hex'),
      }))
      .sort(byName),
  );
  const note = page.getByText('Incomplete file: the end is missing');
  await page.goto(`/?photo=${await akin.idNamed('cut.jpg')}`);
  await expect(note).toBeVisible();
  await page.goto(`/?photo=${await akin.idNamed('icon.ico')}`);
  await expect(page.getByText('ICO', { exact: true })).toBeVisible();
  await expect(note).toBeHidden();
}

async function checkDrawings(akin: AkinPage) {
  const { page } = akin;
  const photos = await akin.list();
  const named = (name: string) => photos.find((photo) => photo.name === name)!;
  const [white, bars, black] = ['white-disc.png', 'white-bars.png', 'black-disc.png'].map(named);
  expect([white, bars, black].map((photo) => photo!.backdrop)).toEqual([
    '#262626',
    '#262626',
    '#ffffff',
  ]);
  const { hits } = await page.evaluate((id) => window.akin!.search(id), white!.id);
  // On a white backdrop, both would be blank and have the same vector.
  expect(hits.find(({ id }) => id === bars!.id)?.cosine).toBeLessThan(0.98);
  await page.goto(`/?photo=${white!.id}`);
  const original = page.locator('.stage-original');
  await expect(original).toHaveCSS('opacity', '1');
  const { data, info } = await sharp(await original.screenshot())
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  // A pixel beside the disc, away from the frame's rounded corners.
  const beside = 3 * (info.width * (info.height >> 1) + 4);
  expect([...data.subarray(beside, beside + 3)]).toEqual([0x26, 0x26, 0x26]);
}

async function checkLong(akin: AkinPage) {
  const { page } = akin;
  await page.goto('/');
  await akin.ready();
  for (const { name, width, height } of LONG) {
    const id = await akin.idNamed(name);
    // The tile shows the whole thumbnail, in which black and white stay distinct.
    const thumb = page.locator(`[data-photo-id="${id}"] .thumb`);
    await thumb.scrollIntoViewIfNeeded();
    const { cropped, contrast } = await thumb.evaluate(async (image: HTMLImageElement) => {
      await image.decode();
      const { naturalWidth: w, naturalHeight: h } = image;
      const box = image.getBoundingClientRect();
      const context = new OffscreenCanvas(w, h).getContext('2d')!;
      context.drawImage(image, 0, 0);
      const light = context
        .getImageData(w >> 2, h >> 2, w >> 1, h >> 1)
        .data.filter((_, i) => i % 4 === 0);
      return {
        cropped: Math.abs(Math.log(w / h / (box.width / box.height))),
        contrast: Math.max(...light) - Math.min(...light),
      };
    });
    expect(cropped).toBeLessThan(0.05);
    expect(contrast).toBeGreaterThan(150);

    await page.goto(`/?photo=${id}`);
    const picture = page.locator('.stage-picture');
    await expect(picture).toBeInViewport({ ratio: 1 });
    const whole = (await picture.boundingBox())!;
    expect(Math.abs(Math.log(whole.width / whole.height / (width / height)))).toBeLessThan(0.1);
    await page.getByRole('button', { name: 'Zoom in' }).click();
    const zoomed = page.getByRole('region', { name: 'Zoomed photo' });
    const [across, down, thin] = await zoomed.evaluate((frame) => [
      frame.scrollWidth / frame.clientWidth,
      frame.scrollHeight / frame.clientHeight,
      Math.min(frame.clientWidth, frame.clientHeight),
    ]);
    expect(Math.max(across!, down!)).toBeGreaterThan(3);
    expect(Math.min(across!, down!)).toBeLessThan(1.02);
    expect(thin).toBeGreaterThan(140);
    // Arrow keys scroll the picture instead of opening the next photo.
    await zoomed.focus();
    await page.keyboard.press(width > height ? 'ArrowRight' : 'ArrowDown');
    await expect
      .poll(() => zoomed.evaluate((frame) => frame.scrollLeft + frame.scrollTop))
      .toBeGreaterThan(0);
    await page.keyboard.press('End');
    await expect
      .poll(() =>
        zoomed.evaluate((frame) => {
          const { scrollLeft, scrollTop, scrollWidth, scrollHeight } = frame;
          return scrollWidth + scrollHeight - scrollLeft - scrollTop;
        }),
      )
      .toBeLessThan(await zoomed.evaluate((frame) => frame.clientWidth + frame.clientHeight + 2));
    expect(page.url()).toContain(`photo=${id}`);
    await page.goBack();
    await akin.ready();
  }
}

async function checkHdr(akin: AkinPage) {
  const { page } = akin;
  for (const name of ['pq.avif', 'hlg.avif']) {
    await page.goto(`/?photo=${await akin.idNamed(name)}`);
    const original = page.locator('.stage-original');
    await expect(original).toHaveCSS('opacity', '1');
    const shown = await original.screenshot();
    // The thumbnail is below it, at exactly the same size.
    await original.evaluate((image) => {
      image.style.visibility = 'hidden';
    });
    const thumb = await page.locator('.stage-picture').screenshot();
    const [a, b] = await Promise.all(
      [shown, thumb].map((image) => sharp(image).resize(192, 64).removeAlpha().raw().toBuffer()),
    );
    const far = a!.reduce((sum, value, i) => sum + Math.abs(value - b![i]!), 0) / a!.length;
    expect(far).toBeLessThan(4);
    // Tone mapping was applied: the values differ from sRGB.
    const third = a!.at(3 * (192 * 32 + 12 * 3 + 6))!;
    expect(Math.abs(third - 17 * 3)).toBeGreaterThan(8);
  }
}
