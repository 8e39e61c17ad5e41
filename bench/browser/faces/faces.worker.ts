import { engine } from '@tensorflow/tfjs-core';
import { AkinError } from '../../../src/base/errors.ts';
import { expose } from '../../../src/rpc/serve.ts';
import { openBackend } from '../../../src/vision/backend.ts';
import type { FaceFinder } from '../../../src/vision/faces/faceFinder.ts';
import { createFaceFinder } from '../../../src/vision/faces/faceFinder.ts';
import type { FacePicture } from '../../../src/vision/faces/sampler.ts';
import { openModels } from '../../../src/vision/models.ts';
import type { FacesContract } from './contract.ts';

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

/** The photo's file as a camera of so many megapixels might have written it. */
async function resized(blob: Blob, megapixels: number): Promise<Blob> {
  const bitmap = await createImageBitmap(blob);
  const scale = Math.sqrt((megapixels * 1e6) / (bitmap.width * bitmap.height));
  return drawn(bitmap, scale, 0).convertToBlob({ type: 'image/jpeg', quality: 0.92 });
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
    if (finder === undefined) throw new AkinError('invalid-argument', 'open comes first');
    const file = await (await fetch(job.url)).blob();
    const blob = job.megapixels === 0 ? file : await resized(file, job.megapixels);
    const from = performance.now();
    const bitmap = await createImageBitmap(blob);
    const decodeMs = performance.now() - from;
    const { quarterTurns } = job;
    const picture: FacePicture = quarterTurns === 0 ? bitmap : drawn(bitmap, 1, quarterTurns);
    const start = performance.now();
    const found = await finder.find(picture);
    const allMs = decodeMs + performance.now() - start;
    const { width, height } = picture;
    if (picture instanceof ImageBitmap) picture.close();
    return {
      width,
      height,
      faces: found.faces.map((face) => ({ ...face, vector: [...face.vector] })),
      leftOut: found.leftOut,
      decodeMs,
      ms: found.ms,
      allMs,
      tensors: engine().state.numTensors,
    };
  },
});
