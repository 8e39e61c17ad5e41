import '@tensorflow/tfjs-backend-wasm';
import { memory, setBackend } from '@tensorflow/tfjs-core';
import type { Sharp } from 'sharp';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { iou } from '../../base/boxes.ts';
import type { FaceNets } from './faceNets.ts';
import { loadFaceNets } from './faceNets.ts';
import { describeDrawn, findFaces } from './findFaces.ts';
import {
  behindGlasses,
  behindMasks,
  beside,
  collage,
  drawing,
  groupPhoto,
  stillPicture,
} from './testing/madePictures.ts';
import { packageFiles } from './testing/packageFiles.ts';
import { PlainReader } from './testing/plainReader.ts';
import type { Face } from './types.ts';
import { MAX_FACES, MAYBE_SAME_PERSON_L2, SAME_PERSON_L2 } from './types.ts';

// The benchmark measures accuracy. Here, whatever the nets find in such pictures must be valid,
// bounded, and not mistaken for something else.

let nets: FaceNets;
/** Three people, all roughly facing the camera. */
let known: readonly Face[];
let tensors = 0;
beforeAll(async () => {
  await setBackend('wasm');
  nets = await loadFaceNets(packageFiles());
  tensors = memory().numTensors;
  known = await find(groupPhoto(1));
});
afterAll(() => {
  expect(memory().numTensors).toBe(tensors);
  nets.dispose();
});

const readerOf = async (picture: Sharp) => PlainReader.of(sharp(await picture.png().toBuffer()));
const l2 = (a: Face, b: Face) => Math.hypot(...a.vector.map((value, i) => value - b.vector[i]!));
const middle = ({ box }: Face) => box.x + box.width / 2;

/** Finds faces and checks that each is valid and found only once, whatever the picture. */
async function find(picture: Sharp): Promise<readonly Face[]> {
  const { faces, leftOut } = await findFaces(await readerOf(picture), nets);
  expect(faces.length).toBeLessThanOrEqual(MAX_FACES);
  expect(leftOut).toBeLessThan(10 * MAX_FACES);
  for (const [i, face] of faces.entries()) {
    expect(face.vector.every(Number.isFinite)).toBe(true);
    expect(Math.min(face.box.x, face.box.y)).toBeGreaterThanOrEqual(0);
    expect(Math.max(face.box.x + face.box.width, face.box.y + face.box.height)).toBeLessThan(1.001);
    for (const other of faces.slice(i + 1)) expect(iou(face.box, other.box)).toBeLessThan(0.5);
  }
  return faces;
}

/** Each is where a known face is, and matches that one if any: no mistaken identity. */
function expectKnown(faces: readonly Face[]): void {
  expect(faces.length).toBeGreaterThan(0);
  for (const face of faces) {
    const there = known.filter(({ box }) => iou(box, face.box) > 0.3);
    expect(there).toHaveLength(1);
    for (const other of known) {
      if (other !== there[0]) expect(l2(face, other)).toBeGreaterThan(SAME_PERSON_L2);
    }
  }
}

describe('findFaces with difficult pictures', () => {
  it('finds the same people in black and white', async () => {
    const faces = await find(groupPhoto(1).greyscale());
    expectKnown(faces);
    expect(faces).toHaveLength(known.length);
    for (const face of known) {
      expect(Math.min(...faces.map((one) => l2(one, face)))).toBeLessThan(SAME_PERSON_L2);
    }
  });

  it('confuses nobody behind sunglasses or masks with someone else', async () => {
    const points = known.map((face) => face.points);
    expectKnown(await find(await behindGlasses(groupPhoto(1), points)));
    expectKnown(await find(await behindMasks(groupPhoto(1), points)));
  });

  it('marks faces in profile as unsure and describes a manually drawn box', async () => {
    const side = { left: 0, top: 0, width: 300, height: 300 };
    const there = sharp(await groupPhoto(2, 700).png().toBuffer()).extract(side);
    for (const picture of [there, sharp(await there.clone().png().toBuffer()).flop()]) {
      for (const { quality } of await find(picture)) expect(quality).toBe('unsure');
    }
    const box = { x: 0.42, y: 0.1, width: 0.25, height: 0.4 };
    const drawn = await describeDrawn(await readerOf(there), nets, box);
    expect(drawn.vector.every(Number.isFinite)).toBe(true);
    expect(drawn.quality).toBe('unsure');
  });

  it('marks faces of about 30 pixels as unsure and finds none of about 20', async () => {
    const small = await find(groupPhoto(4, 300));
    expect(small.length).toBeGreaterThan(0);
    for (const { quality } of small) expect(quality).toBe('unsure');
    expect(await find(groupPhoto(4, 190))).toEqual([]);
  });

  it('finds both twins, with vectors about as close as those of one person', async () => {
    const mirrored = sharp(await groupPhoto(1, 700).png().toBuffer()).flop();
    const faces = await find(await beside(groupPhoto(1, 700), mirrored));
    const left = faces.filter((face) => middle(face) < 0.5);
    const right = faces.filter((face) => middle(face) >= 0.5);
    expect(left).toHaveLength(known.length);
    expect(right).toHaveLength(known.length);
    for (const face of left) {
      expect(Math.min(...right.map((twin) => l2(twin, face)))).toBeLessThan(MAYBE_SAME_PERSON_L2);
    }
  });

  it('finds the people in a collage of pictures', async () => {
    const pictures = [1, 2, 3, 4, 5, 6].map((number) => groupPhoto(number, 600));
    const faces = await find(await collage(pictures, 3));
    for (const face of known) {
      expect(Math.min(...faces.map((one) => l2(one, face)))).toBeLessThan(SAME_PERSON_L2);
    }
  }, 30_000);

  it('returns only valid faces when a border cuts one off', async () => {
    const photo = await groupPhoto(1).png().toBuffer();
    const { width, height } = await sharp(photo).metadata();
    const [face] = known;
    const [x, y] = [
      Math.round((face!.box.x + face!.box.width / 2) * width),
      Math.round((face!.box.y + face!.box.height / 2) * height),
    ];
    const cuts = [
      { left: x, top: 0, width: width - x, height },
      { left: 0, top: 0, width: x, height },
      { left: 0, top: y, width, height: height - y },
      { left: 0, top: 0, width, height: y },
    ];
    for (const cut of cuts) await find(sharp(photo).extract(cut));
  });
});

describe('findFaces with pictures of no people', () => {
  it.each([
    'cat-face',
    'dog-face',
    'monkey-face',
    'moai',
    'statue-of-liberty',
    'grinning-face',
    'smiling-face-with-sunglasses',
    'face-with-medical-mask',
  ])('finds at most unsure faces in the drawing %s', async (name) => {
    for (const { quality } of await find(await drawing(name))) expect(quality).toBe('unsure');
  });

  it.each(['locomotion-house-cat', 'acanthus-mollis', 'dust-bowl-home', 'nagasaki-boats'])(
    'finds at most unsure faces in the picture %s',
    async (name) => {
      for (const { quality } of await find(stillPicture(name))) expect(quality).toBe('unsure');
    },
  );

  it('finds at most one face in a drawing of one person', async () => {
    for (const name of ['man-farmer-dark', 'woman-artist-medium', 'person-superhero-medium']) {
      expect((await find(await drawing(name))).length).toBeLessThanOrEqual(1);
    }
  });
});
