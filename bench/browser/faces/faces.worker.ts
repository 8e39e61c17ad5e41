import { engine } from '@tensorflow/tfjs-core';
import { AkinError } from '../../../src/base/errors.ts';
import { expose } from '../../../src/rpc/serve.ts';
import { openBackend } from '../../../src/vision/backends/backend.ts';
import { drawChip } from '../../../src/vision/faces/align/chipImage.ts';
import { type FacePicture, Sampler } from '../../../src/vision/faces/align/sampler.ts';
import type { FaceFinder } from '../../../src/vision/faces/faceFinder.ts';
import { createFaceFinder } from '../../../src/vision/faces/faceFinder.ts';
import type { Face } from '../../../src/vision/faces/types.ts';
import { openModels } from '../../../src/vision/models.ts';
import { shrinkByArea } from './areaFilter.ts';
import type { FacesContract, SeenFace } from './contract.ts';

let finder: FaceFinder | undefined;

function drawn(bitmap: ImageBitmap, scale: number, quarterTurns: number): OffscreenCanvas {
  const [width, height] = [Math.round(bitmap.width * scale), Math.round(bitmap.height * scale)];
  const lies = quarterTurns % 2 === 1;
  const canvas = new OffscreenCanvas(lies ? height : width, lies ? width : height);
  const context = canvas.getContext('2d');
  if (context === null) throw new AkinError('internal', 'no canvas');
  context.imageSmoothingQuality = 'high';
  context.translate(canvas.width / 2, canvas.height / 2);
  context.rotate((quarterTurns * Math.PI) / 2);
  context.drawImage(bitmap, -width / 2, -height / 2, width, height);
  bitmap.close();
  return canvas;
}

/** Re-encodes the photo at this many megapixels, like a camera. */
async function resized(blob: Blob, megapixels: number): Promise<Blob> {
  const bitmap = await createImageBitmap(blob);
  const scale = Math.sqrt((megapixels * 1e6) / (bitmap.width * bitmap.height));
  return drawn(bitmap, scale, 0).convertToBlob({ type: 'image/jpeg', quality: 0.92 });
}

function opened(): FaceFinder {
  if (finder === undefined) throw new AkinError('invalid-argument', 'open comes first');
  return finder;
}

const load = async (url: string): Promise<Blob> => (await fetch(url)).blob();

const plain = (face: Face): SeenFace => ({ ...face, vector: [...face.vector] });

function pixelsOf(bitmap: ImageBitmap): Uint8ClampedArray {
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (context === null) throw new AkinError('internal', 'no canvas');
  context.drawImage(bitmap, 0, 0);
  return context.getImageData(0, 0, width, height).data;
}

expose<FacesContract>({
  async open(_signal, backend, modelsUrl) {
    const from = performance.now();
    const files = await openModels(modelsUrl);
    const opened = await openBackend({ files, force: backend });
    finder = await createFaceFinder({ modelsUrl, lost: opened.lost });
    return {
      backend: opened.report.active,
      space: finder.space,
      loadMs: performance.now() - from,
    };
  },
  async look(_signal, job) {
    const file = await load(job.url);
    const blob = job.megapixels === 0 ? file : await resized(file, job.megapixels);
    const from = performance.now();
    const bitmap = await createImageBitmap(blob);
    const decodeMs = performance.now() - from;
    const { quarterTurns } = job;
    const picture: FacePicture = quarterTurns === 0 ? bitmap : drawn(bitmap, 1, quarterTurns);
    const start = performance.now();
    const found = await opened().find(picture);
    const allMs = decodeMs + performance.now() - start;
    const { width, height } = picture;
    if (picture instanceof ImageBitmap) picture.close();
    return {
      width,
      height,
      faces: found.faces.map(plain),
      leftOut: found.leftOut,
      decodeMs,
      ms: found.ms,
      allMs,
      tensors: engine().state.numTensors,
    };
  },
  async describe(_signal, url, box) {
    const bitmap = await createImageBitmap(await load(url));
    const face = await opened().describe(bitmap, box);
    bitmap.close();
    return plain(face);
  },
  async shrink(_signal, url, longSide) {
    const bitmap = await createImageBitmap(await load(url));
    const { width, height } = bitmap;
    const scale = Math.min(1, longSide / Math.max(width, height));
    const wanted = shrinkByArea(pixelsOf(bitmap), width, height, scale);
    const sampler = new Sampler(bitmap);
    const got = sampler.read({ a: scale, b: 0, tx: 0, ty: 0 }, longSide);
    sampler.dispose();
    bitmap.close();
    const w = Math.floor(width * scale);
    let [sum, largestError] = [0, 0];
    for (const [i, value] of wanted.entries()) {
      const pixel = Math.floor(i / 3);
      const error = Math.abs(
        value - got[4 * (Math.floor(pixel / w) * longSide + (pixel % w)) + (i % 3)]!,
      );
      sum += error;
      largestError = Math.max(largestError, error);
    }
    return { meanError: sum / wanted.length, largestError };
  },
  async chip(_signal, url, points) {
    const bitmap = await createImageBitmap(await load(url));
    const blob = await drawChip(bitmap, points);
    bitmap.close();
    return { bytes: blob.size, type: blob.type };
  },
});
