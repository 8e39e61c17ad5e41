// Renders the app's icons from public/favicon.svg: `npx tsx scripts/icons.ts`. They are committed,
// so run this only when the logo changes.
import { mkdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';

interface Icon {
  readonly file: string;
  /** Width and height in pixels. */
  readonly size: number;
  /** The logo's fraction of the width. */
  readonly share: number;
  /** Background color, for icons that the system masks to its own shape. */
  readonly ground?: string;
}

/**
 * A warm white that keeps the logo's contrast on any wallpaper. A maskable icon may be cut to a
 * circle of 80 % of its width; the logo's square fits inside up to a fraction of 0.64.
 */
const GROUND = '#fffaf3';

const ICONS: readonly Icon[] = [
  { file: 'icon-192.png', size: 192, share: 1 },
  { file: 'icon-512.png', size: 512, share: 1 },
  { file: 'maskable-192.png', size: 192, share: 0.64, ground: GROUND },
  { file: 'maskable-512.png', size: 512, share: 0.64, ground: GROUND },
  // Apple's systems fill transparency with black, and round the corners themselves.
  { file: 'apple-touch-icon.png', size: 180, share: 0.74, ground: GROUND },
];

const root = new URL('../', import.meta.url);
const mark = await readFile(new URL('public/favicon.svg', root));
const folder = new URL('public/icons/', root);
await mkdir(folder, { recursive: true });

for (const { file, size, share, ground } of ICONS) {
  const inner = Math.round(size * share);
  const drawing = await sharp(mark, { density: (72 * inner) / 64 })
    .resize(inner, inner)
    .png()
    .toBuffer();
  const background = ground ?? '#0000';
  let icon = sharp({ create: { width: size, height: size, channels: 4, background } }).composite([
    { input: drawing },
  ]);
  if (ground !== undefined) icon = icon.removeAlpha();
  const target = fileURLToPath(new URL(file, folder));
  const { size: bytes } = await icon.png({ compressionLevel: 9, effort: 10 }).toFile(target);
  console.log(`public/icons/${file}: ${size} px, ${bytes} bytes`);
}
