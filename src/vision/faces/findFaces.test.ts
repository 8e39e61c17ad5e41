import { fileURLToPath } from 'node:url';
import '@tensorflow/tfjs-backend-wasm';
import { memory, setBackend } from '@tensorflow/tfjs-core';
import type { Sharp } from 'sharp';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { iou } from '../../base/boxes.ts';
import { createPrng } from '../../base/prng.ts';
import type { FaceNets } from './faceNets.ts';
import { loadFaceNets } from './faceNets.ts';
import { describeDrawn, findFaces } from './findFaces.ts';
import { packageFiles } from './testing/packageFiles.ts';
import { PlainReader } from './testing/plainReader.ts';
import type { Face, FoundFaces } from './types.ts';
import { MAX_FACES, SAME_PERSON_L2 } from './types.ts';

/** A photo of three people from the package of the embedder's weights. */
const three = fileURLToPath(
  new URL('../../../node_modules/@vladmandic/face-api/demo/sample1.jpg', import.meta.url),
);
const SIDE = 800;

let nets: FaceNets;
/** The faces of the unrotated photo. */
let upright: FoundFaces;
beforeAll(async () => {
  await setBackend('wasm');
  nets = await loadFaceNets(packageFiles());
  upright = await find(photo());
});
afterAll(() => nets.dispose());

const photo = () => sharp(three).resize(SIDE);
const find = async (picture: Sharp) => findFaces(await PlainReader.of(picture), nets);
const l2 = (a: Face, b: Face) => Math.hypot(...a.vector.map((value, i) => value - b.vector[i]!));
const leftToRight = (faces: readonly Face[]) => [...faces].sort((a, b) => a.box.x - b.box.x);

const plain = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#7a8' } });

describe('findFaces', () => {
  it('finds each face once, with clearly different vectors', async () => {
    const { faces, leftOut } = upright;
    expect(faces).toHaveLength(3);
    expect(leftOut).toBe(0);
    for (const [i, face] of faces.entries()) {
      expect(face.score).toBeGreaterThan(0.7);
      expect(face.flag).toBeGreaterThan(0.99);
      expect(face.sizePx).toBeGreaterThan(50);
      expect(face.vector).toHaveLength(128);
      for (const other of faces.slice(i + 1)) expect(l2(face, other)).toBeGreaterThan(0.6);
    }
  });

  it('is deterministic and leaks no tensors', async () => {
    const tensors = memory().numTensors;
    const { faces } = await find(photo());
    expect(faces).toEqual(upright.faces);
    expect(memory().numTensors).toBe(tensors);
  });

  it.each([90, 180, 270])(
    'finds the same people in a picture rotated by %i degrees',
    async (degrees) => {
      const turned = sharp(await photo().png().toBuffer()).rotate(degrees);
      const { faces } = await find(turned);
      expect(faces).toHaveLength(3);
      for (const face of upright.faces) {
        const [nearest] = [...faces].sort((a, b) => l2(a, face) - l2(b, face));
        expect(l2(nearest!, face)).toBeLessThan(SAME_PERSON_L2 / 2);
        const roll = (nearest!.pose.roll - face.pose.roll - degrees) % 360;
        expect(Math.cos((roll * Math.PI) / 180)).toBeGreaterThan(0.9);
      }
    },
  );

  it('finds a face that fills the picture, and reports the opposite yaw for its mirror image', async () => {
    const [face] = leftToRight(upright.faces);
    const { width, height } = await sharp(three).metadata();
    const cut = {
      left: Math.round(face!.box.x * width),
      top: Math.round(face!.box.y * height),
      width: Math.round(face!.box.width * width),
      height: Math.round(face!.box.height * height),
    };
    const close = (await find(sharp(three).extract(cut))).faces;
    expect(close).toHaveLength(1);
    expect(l2(close[0]!, face!)).toBeLessThan(SAME_PERSON_L2);
    const mirrored = (await find(photo().flop())).faces;
    const [twin] = leftToRight(mirrored).slice(-1);
    expect(twin!.pose.yaw * face!.pose.yaw).toBeLessThan(0);
    expect(Math.abs(twin!.pose.yaw + face!.pose.yaw)).toBeLessThan(10);
  });

  it('finds the small faces of a large collage by tiles, each once, and counts those over the limit', async () => {
    const tile = await sharp(three).resize(400).png().toBuffer();
    const { height } = await sharp(tile).metadata();
    const [columns, rows] = [5, 7];
    const parts = Array.from({ length: columns * rows }, (_, i) => ({
      input: tile,
      left: (i % columns) * 400,
      top: Math.floor(i / columns) * height,
    }));
    const wall = plain(columns * 400, rows * height).composite(parts);
    const { faces, leftOut, ms } = await find(sharp(await wall.png().toBuffer()));
    expect(ms.tilesMs).toBeGreaterThan(0);
    expect(faces).toHaveLength(MAX_FACES);
    expect(faces.length + leftOut).toBeGreaterThan(MAX_FACES);
    expect(faces.length + leftOut).toBeLessThanOrEqual(3 * columns * rows);
    for (const [i, face] of faces.entries()) {
      for (const other of faces.slice(i + 1)) expect(iou(face.box, other.box)).toBeLessThan(0.3);
    }
  }, 30_000);

  it('finds no faces in blank or noisy pictures', async () => {
    const prng = createPrng(9);
    const noise = Uint8Array.from({ length: 3 * 640 * 480 }, () => prng.normal() * 40 + 128);
    const pictures = [
      await PlainReader.of(plain(800, 600)),
      await PlainReader.of(plain(1, 1)),
      await PlainReader.of(plain(3000, 2)),
      new PlainReader(noise, 640, 480),
    ];
    for (const picture of pictures) {
      expect((await findFaces(picture, nets)).faces).toEqual([]);
    }
  });

  it('drops faces that are too small and marks blurred ones as unsure', async () => {
    expect((await find(sharp(three).resize(180))).faces).toEqual([]);
    expect(upright.faces.map(({ quality }) => quality)).toEqual(['good', 'good', 'good']);
    const blurred = (await find(sharp(await photo().png().toBuffer()).blur(6))).faces;
    for (const { quality, blur } of blurred) {
      expect(blur).toBeLessThan(5);
      expect(quality).toBe('unsure');
    }
  });

  it('returns valid boxes when the border cuts off a face', async () => {
    const [face] = leftToRight(upright.faces);
    const { width, height } = await sharp(three).metadata();
    for (const share of [0.4, 0.6]) {
      const left = Math.round((face!.box.x + share * face!.box.width) * width);
      const { faces } = await find(
        sharp(three).extract({ left, top: 0, width: width - left, height }),
      );
      expect(faces.length).toBeGreaterThanOrEqual(2);
      for (const { box } of faces) {
        expect(Math.min(box.x, box.y)).toBeGreaterThanOrEqual(0);
        expect(Math.max(box.x + box.width, box.y + box.height)).toBeLessThanOrEqual(1 + 1e-9);
      }
    }
  });
});

describe('describeDrawn', () => {
  it('finds the face in a roughly drawn box', async () => {
    const picture = await PlainReader.of(photo());
    for (const face of upright.faces) {
      const { x, y, width, height } = face.box;
      const drawn = {
        x: x - 0.1 * width,
        y: y - 0.2 * height,
        width: 1.3 * width,
        height: 1.3 * height,
      };
      const described = await describeDrawn(picture, nets, drawn);
      expect(l2(described, face)).toBeLessThan(0.2);
      expect(described.box.width).toBeCloseTo(drawn.width, 9);
    }
  });

  it('also describes a box without a face, and gives it a low presence score', async () => {
    const picture = await PlainReader.of(photo());
    const face = await describeDrawn(picture, nets, { x: 0, y: 0.8, width: 0.1, height: 0.2 });
    expect([face.score, face.quality]).toEqual([0, 'unsure']);
    expect(face.flag).toBeLessThan(0.5);
    expect(face.vector.every(Number.isFinite)).toBe(true);
  });

  it.each([
    { x: 2, y: 0, width: 1, height: 1 },
    { x: 0.2, y: 0.2, width: 0, height: 0.1 },
    { x: Number.NaN, y: 0, width: 1, height: 1 },
  ])('rejects a box with no area inside the picture: %o', async (box) => {
    const picture = await PlainReader.of(plain(64, 64));
    await expect(describeDrawn(picture, nets, box)).rejects.toMatchObject({
      code: 'invalid-argument',
    });
  });
});
