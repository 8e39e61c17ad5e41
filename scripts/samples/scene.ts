import { createHash } from 'node:crypto';
import sharp from 'sharp';

/** The long side of a drawing's picture in pixels, like the app's thumbnails. */
const LONG_SIDE = 384;

/**
 * The frame's aspect ratio depends on the subject: a gallery of squares looks like icons. Similar
 * things get equal frames, so squashing them to an embedder's square input, as with any photo,
 * distorts them equally.
 */
const WIDE = 4 / 3;

/** Drawings are 32 by 32 units; librsvg's default of 72 dpi renders that as 32 pixels. */
const DRAWING_UNITS = 32;

interface Frame {
  readonly width: number;
  readonly height: number;
}

interface Placement {
  /** The maximum fraction of the frame that the subject fills in either direction. */
  readonly scale: number;
  /** Offset of the subject's center from the frame's, as a fraction of the free margin, -1 to 1. */
  readonly dx: number;
  readonly dy: number;
  readonly hue: number;
  /** In percent, as in HSL. */
  readonly saturation: number;
  readonly lightX: number;
}

/**
 * Renders a drawing as a small studio photo: the subject cut out, on a softly lit backdrop with a
 * soft shadow. All variation derives from a hash of `seed`, so adding a subject doesn't change the
 * others.
 *
 * @param svg the drawing, at most 32 × 32 units, transparent around the subject
 * @param seed identifies the subject
 * @returns WebP bytes, long side 384 px
 */
export async function renderScene(svg: Uint8Array, seed: string): Promise<Uint8Array> {
  const place = placement(seed);
  const cut = await cutOut(svg, place.scale);
  const { frame } = cut;
  const left = Math.round(((frame.width - cut.width) / 2) * (1 + place.dx));
  const top = Math.round(((frame.height - cut.height) / 2) * (1 + place.dy));
  const drop = Math.round(frame.height * 0.025);
  return sharp(await backdropFor(cut, place))
    .composite([
      { input: await shadowOf(cut, place.hue, left, top + drop), left: 0, top: 0 },
      { input: cut.png, left, top },
    ])
    .webp({ quality: 88, effort: 6 })
    .toBuffer();
}

function placement(seed: string): Placement {
  const draws = createHash('sha256').update(seed).digest();
  const unit = (i: number): number => draws.readUInt16LE(2 * i) / 0xffff;
  return {
    scale: 0.76 + 0.08 * unit(1),
    dx: 0.2 * (unit(2) - 0.5),
    dy: 0.14 * (unit(3) - 0.5),
    hue: Math.floor(360 * unit(4)),
    saturation: 8 + 14 * unit(5),
    lightX: 25 + 50 * unit(6),
  };
}

function frameFor(subjectAspect: number): Frame {
  const short = Math.round(LONG_SIDE / WIDE);
  if (subjectAspect > 1.25) return { width: LONG_SIDE, height: short };
  if (subjectAspect < 1 / 1.25) return { width: short, height: LONG_SIDE };
  return { width: LONG_SIDE, height: LONG_SIDE };
}

interface CutOut {
  readonly frame: Frame;
  readonly png: Buffer;
  readonly width: number;
  readonly height: number;
  /** Mean luma of the subject only, 0 to 255. */
  readonly luminance: number;
}

async function cutOut(svg: Uint8Array, scale: number): Promise<CutOut> {
  // Larger than required: trimming enlarges the subject, and downscaling keeps it crisp. Filters
  // make the time grow with the area, which takes most of a picture's.
  const density = (72 * 1.25 * LONG_SIDE) / DRAWING_UNITS;
  const whole = await sharp(svg, { density })
    .ensureAlpha()
    .trim({ threshold: 1 })
    .png()
    .toBuffer({ resolveWithObject: true });
  const frame = frameFor(whole.info.width / whole.info.height);
  const { data, info } = await sharp(whole.data)
    .resize(Math.round(frame.width * scale), Math.round(frame.height * scale), {
      fit: 'inside',
    })
    .raw()
    .toBuffer({ resolveWithObject: true });
  let luma = 0;
  let weight = 0;
  for (let i = 0; i < data.length; i += 4) {
    const alpha = data[i + 3]!;
    luma += alpha * (0.299 * data[i]! + 0.587 * data[i + 1]! + 0.114 * data[i + 2]!);
    weight += alpha;
  }
  if (weight === 0) throw new Error('A drawing came out empty.');
  const { width, height } = info;
  const png = await sharp(data, { raw: { width, height, channels: 4 } })
    .png()
    .toBuffer();
  return { frame, png, width, height, luminance: luma / weight };
}

/** A wall lit from one side, darker behind pale subjects for contrast. */
async function backdropFor(cut: CutOut, place: Placement): Promise<Buffer> {
  const { width, height } = cut.frame;
  const base = cut.luminance > 190 ? 72 : 85;
  const tone = (lightness: number): string =>
    `hsl(${place.hue} ${place.saturation.toFixed(1)}% ${lightness}%)`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <radialGradient id="g" cx="${place.lightX.toFixed(1)}%" cy="30%" r="95%">
      <stop offset="0" stop-color="${tone(base + 9)}"/>
      <stop offset="0.55" stop-color="${tone(base + 3)}"/>
      <stop offset="1" stop-color="${tone(base - 7)}"/>
    </radialGradient>
    <rect width="100%" height="100%" fill="url(#g)"/>
  </svg>`;
  return sharp(Buffer.from(svg)).removeAlpha().png().toBuffer();
}

/** The subject's outline, blurred, as a layer of the frame's size. */
async function shadowOf(cut: CutOut, hue: number, left: number, top: number): Promise<Buffer> {
  const { width, height } = cut.frame;
  const layer = await sharp({ create: { width, height, channels: 4, background: '#0000' } })
    .composite([{ input: cut.png, left, top }])
    .png()
    .toBuffer();
  const alpha = await sharp(layer).extractChannel(3).blur(9).linear(0.34, 0).raw().toBuffer();
  const ink = await sharp({
    create: { width, height, channels: 3, background: `hsl(${hue}, 35%, 18%)` },
  })
    .joinChannel(alpha, { raw: { width, height, channels: 1 } })
    .png()
    .toBuffer();
  return ink;
}
