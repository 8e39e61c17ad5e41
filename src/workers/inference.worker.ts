import { notConfigured } from '../base/errors.ts';
import type { FacesOutput, NetsContract } from '../protocol/index.ts';
import { expose, transferring } from '../rpc/serve.ts';
import { readModelSource } from '../vision/nets/model.ts';
import { EmbedderSlot } from './nets/embedderSlot.ts';

let slot: EmbedderSlot | null = null;

function configured(): EmbedderSlot {
  if (!slot) throw notConfigured();
  return slot;
}

expose<NetsContract>({
  configure(_signal, modelsUrl, choice, model, loaded) {
    const checked = readModelSource(model);
    slot = new EmbedderSlot(modelsUrl, choice, checked, (share) => loaded.postMessage(share));
  },
  async embed(_signal, photos) {
    const output = await configured().embed(photos);
    return transferring(
      output,
      [...output.vectors, ...(output.regions ?? []).map(({ vectors }) => vectors)].map(
        ({ buffer }) => buffer,
      ),
    );
  },
  explain: (_signal, examples, result, box) => configured().explain(examples, result, box),
  async layers(_signal, picture) {
    const output = await configured().layers(picture);
    return transferring(
      output,
      output.layers.flatMap(({ maps }) => maps.map(({ weights }) => weights.buffer)),
    );
  },
  async faces(_signal, picture) {
    return transferringFaces(await configured().faces(picture));
  },
  async drawnFace(_signal, picture, box) {
    return transferringFaces(await configured().drawnFace(picture, box));
  },
  forgetFaces: () => configured().forgetFaces(),
  report: () => configured().report(),
  choose(_signal, choice) {
    configured().choose(choice);
    return configured().report();
  },
});

function transferringFaces(output: FacesOutput) {
  return transferring(
    output,
    output.faces.flatMap(({ vector, chip }) => [vector.buffer, chip]),
  );
}
