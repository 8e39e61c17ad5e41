import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodeJson, graphModel, type ServedFile, type WeightsGroup } from './served.ts';

/**
 * dlib's model: weights only, without a graph, which `src/vision/faces/embed/dlibNet.ts` builds.
 */
function recognition(folder: string): ServedFile[] {
  const id = 'face_recognition_model';
  return [
    {
      path: `${id}/model.json`,
      sha256: '717382c1805c515d303ac02c365974e1a8bef57134641a7929cb30b9e5c1eb5e',
      read: () => {
        const path = join(folder, `${id}-weights_manifest.json`);
        const groups = JSON.parse(readFileSync(path, 'utf8')) as WeightsGroup[];
        groups[0]!.paths = ['weights.bin'];
        return encodeJson({ format: 'weights', weightsManifest: groups });
      },
    },
    {
      path: `${id}/weights.bin`,
      sha256: 'b413e420d6840b2775fba32008db6f3cddb07d485967fb42cfcf379c16a8c589',
      read: () => readFileSync(join(folder, `${id}.bin`)),
    },
  ];
}

/** The three models of the face pipeline: detector, mesh and embedder. */
export function faceModels(modules: string): ServedFile[] {
  const human = join(modules, '@vladmandic/human/models');
  return [
    ...graphModel(
      'blazeface',
      join(human, 'blazeface'),
      '7263b1e29ee7cb7aa28c3c4f498e78a88bc2a92ef8b2fe9196595890ae01e573',
      'dc9a97fdc50bc43216554bdd69aa3e7b9361a519ee7bdd996a2f69a98a6f9b72',
    ),
    ...graphModel(
      'facemesh',
      join(human, 'facemesh'),
      '969fd413f10910e1095a539a98523887b88372bf8c2ffec1d74c147d76625656',
      '3826da640b0a3021161605369ee6af293f75d518040355b960ec71a3390c1c0b',
    ),
    ...recognition(join(modules, '@vladmandic/face-api/model')),
  ];
}
