import { describe, expect, it } from 'vitest';
import { MODEL_LIMITS } from '../../base/broughtModel.ts';
import { type BroughtFile, readFiles } from './readFiles.ts';
import { fileOf, filesOf, type SavedModel, tinyGraph } from './testing/tinyModels.ts';

const code = (name: string, message?: RegExp) =>
  expect.objectContaining({
    code: name,
    ...(message && { message: expect.stringMatching(message) }),
  });

/** Files of the tiny model after a change. */
function changed(change: (saved: SavedModel) => void): BroughtFile[] {
  const saved = tinyGraph();
  change(saved);
  return filesOf(saved);
}

const firstWeight = (change: object) =>
  changed(({ json }) => Object.assign(json.weightsManifest[0].weights[0], change));

describe('readFiles', () => {
  it('finds a model and its weights among other files by folder', async () => {
    const found = await readFiles([
      fileOf('My_Birds/labels.json', '["robin"]'),
      fileOf('My_Birds/metadata.json', '{"tfjsVersion":"4.22.0"}'),
      ...filesOf(tinyGraph(), 'My_Birds/web_model/'),
      fileOf('other/weights.bin', 'of something else'),
    ]);
    expect(found.title).toBe('My Birds');
    expect(found.model.format).toBe('graph-model');
    expect(found.parameters).toBe(216 + 2880 + 2 + 200);
    expect(found.shards.map(({ name }) => name)).toEqual(['My_Birds/web_model/weights.bin']);
    expect(found.ignored).toHaveLength(3);
    const size = filesOf(tinyGraph()).reduce((sum, { file }) => sum + file.size, 0);
    expect(found.bytes).toBe(size);
  });

  it('accepts weights split over several files in any folder', async () => {
    const { json, bytes } = tinyGraph();
    json.weightsManifest[0].paths = ['a/one.bin', 'a/two.bin'];
    const found = await readFiles([
      fileOf('two.bin', bytes.slice(1001)),
      fileOf('Downloads\\model.json', JSON.stringify(json)),
      fileOf('one.bin', bytes.slice(0, 1001)),
    ]);
    expect(found.shards.map(({ name }) => name)).toEqual(['one.bin', 'two.bin']);
    expect(found.title).toBe('Downloads');
  });

  it('strips control characters from file names', async () => {
    const found = await readFiles([...filesOf(tinyGraph()), fileOf('a\u202eb\u0000c', '')]);
    expect(found.ignored).toEqual(['abc']);
    expect(found.title).toBe('My model');
  });

  it.each<[string, string, RegExp, () => readonly BroughtFile[]]>([
    ['nothing', 'model-unreadable', /No TensorFlow\.js model/, () => []],
    [
      'weights alone',
      'model-unreadable',
      /model\.json together/,
      () => filesOf(tinyGraph()).slice(1),
    ],
    ['a JSON of something else', 'model-unreadable', /No Tensor/, () => [fileOf('a.json', '{}')]],
    [
      'a model.json that is cut off',
      'model-unreadable',
      /damaged/,
      () => [fileOf('model.json', JSON.stringify(tinyGraph().json).slice(0, 500))],
    ],
    [
      'two models',
      'model-unreadable',
      /several/,
      () => [...filesOf(tinyGraph(), 'a/'), ...filesOf(tinyGraph(), 'b/')],
    ],
    [
      'no manifest',
      'model-unreadable',
      /doesn’t say which/,
      () => changed(({ json }) => delete json.weightsManifest),
    ],
    [
      'a topology that is none',
      'model-unreadable',
      /doesn’t describe/,
      () => changed(({ json }) => Object.assign(json, { modelTopology: { node: [{ op: 3 }] } })),
    ],
    [
      'a missing file of weights',
      'model-incomplete',
      /weights\.bin is missing/,
      () => filesOf(tinyGraph()).slice(0, 1),
    ],
    [
      'several missing files',
      'model-incomplete',
      /s1, s2, s3 and 2 more are/,
      () =>
        changed(({ json }) => {
          json.weightsManifest[0].paths = ['s1', 's2', 's3', 's4', 's5'];
        }),
    ],
    [
      'weights that are too short',
      'model-wrong-weights',
      /bytes where model\.json says/,
      () => changed((saved) => Object.assign(saved, { bytes: saved.bytes.slice(8) })),
    ],
    [
      'weights that are too long',
      'model-wrong-weights',
      /bytes where/,
      () => changed((saved) => Object.assign(saved, { bytes: new Uint8Array(99_999) })),
    ],
    [
      'an unknown type',
      'model-wrong-weights',
      /of the type string/,
      () => firstWeight({ dtype: 'string' }),
    ],
    [
      'a shape that is none',
      'model-wrong-weights',
      /no proper shape/,
      () => firstWeight({ shape: [3, -1] }),
    ],
    [
      'a shape beyond all numbers',
      'model-wrong-weights',
      /no proper shape/,
      () => firstWeight({ shape: [2 ** 40, 2 ** 40] }),
    ],
    [
      'quantization without its scale',
      'model-wrong-weights',
      /quantized/,
      () => firstWeight({ quantization: { dtype: 'uint8', min: 0 } }),
    ],
    [
      'unknown quantization',
      'model-wrong-weights',
      /quantized/,
      () => firstWeight({ quantization: { dtype: 'int4', scale: 1, min: 0 } }),
    ],
    [
      'a weight twice',
      'model-wrong-weights',
      /twice/,
      () => firstWeight({ name: 'second/filter' }),
    ],
    [
      'weights over the limit, by what the model says',
      'model-too-large',
      /501 MB of weights; Akin takes 200 MB/,
      () => firstWeight({ shape: [2 ** 20, 125] }),
    ],
    [
      'weights over the limit, by their files',
      'model-too-large',
      /201 MB/,
      () => {
        const [json, weights] = filesOf(tinyGraph());
        const size = MODEL_LIMITS.bytes + 1;
        // Only its size is checked.
        return [json!, { ...weights!, file: { size } as Blob }];
      },
    ],
  ])('rejects %s', async (_, name, message, files) => {
    await expect(readFiles(files())).rejects.toThrow(code(name, message));
  });
});
