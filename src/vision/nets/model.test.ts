import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  DEFAULT_MODEL,
  loadModel,
  type Model,
  type ModelSource,
  readModelSource,
} from './model.ts';
import { readNetSpec } from './spec.ts';
import { committedFiles } from './testing/committedFiles.ts';

const encoded = (text: string) => Uint8Array.from(new TextEncoder().encode(text)).buffer;
const content = encoded('{"modelTopology":{}}');

async function brought(): Promise<ModelSource> {
  const spec = readNetSpec(await committedFiles.json('efficientnet-lite1/spec.json'));
  const sha256 = createHash('sha256').update(new Uint8Array(content)).digest('hex');
  return {
    kind: 'user',
    id: 'user-0123456789ab',
    spaceId: 'user-0123456789ab/0123456789ab/1280',
    spec: { ...spec, id: 'user-0123456789ab', files: { 'model.json': { bytes: 20, sha256 } } },
    calibration: { cosine: [0, 1], log10Chance: [0, -6] },
    files: { 'model.json': content },
  };
}

describe('loadModel', () => {
  it('reads a built-in model and the specs of its nets', async () => {
    const model = await loadModel(DEFAULT_MODEL, committedFiles);
    const { id } = (await committedFiles.json('visual-v2/fit.json')) as { id: string };
    expect(model.spaceId).toBe(`visual-v2/${id}/384`);
    expect(model.parts.map(({ spec, projection }) => [spec.id, projection?.d])).toEqual([
      ['efficientnet-lite1', 384],
    ]);
  });

  it('reads the detailed model, whose first part is the standard model', async () => {
    const source = { kind: 'built-in', id: 'visual-v2-detailed' } as const;
    const [detailed, standard] = [
      await loadModel(source, committedFiles),
      await loadModel(DEFAULT_MODEL, committedFiles),
    ];
    expect(detailed.parts.map(({ spec }) => spec.id)).toEqual([
      'efficientnet-lite1',
      'efficientnet-lite2',
    ]);
    expect(detailed.d).toBe(detailed.parts.reduce((sum, { projection }) => sum + projection!.d, 0));
    const components = (model: Model) => Buffer.from(model.parts[0]!.projection!.components);
    expect(components(detailed).equals(components(standard))).toBe(true);
  });

  it('reads a user’s model from memory, with no projection or class names', async () => {
    const source = await brought();
    const model = await loadModel(readModelSource(source), committedFiles);
    expect(model).toMatchObject({ d: 1280, spaceId: 'user-0123456789ab/0123456789ab/1280' });
    const [part] = model.parts;
    expect([part!.projection, part!.spec.classes]).toEqual([null, null]);
    expect(await part!.files.json('user-0123456789ab/model.json')).toEqual({ modelTopology: {} });
    await expect(part!.files.bytes('user-0123456789ab/weights.bin')).rejects.toMatchObject({
      code: 'model-missing',
    });
  });

  it('rejects user files that don’t match the spec', async () => {
    const source = {
      ...(await brought()),
      files: { 'model.json': encoded('{"modelTopology":[]}') },
    };
    const [part] = (await loadModel(readModelSource(source), committedFiles)).parts;
    await expect(part!.files.bytes('user-0123456789ab/model.json')).rejects.toMatchObject({
      code: 'model-corrupt',
    });
  });

  it.each([
    ['an id that leads elsewhere', { id: '../visual-v2' }],
    ['no space', { spaceId: undefined }],
    ['no spec', { spec: {} }],
    ['a table that is none', { calibration: { cosine: [1], log10Chance: [0] } }],
    ['files that are no bytes', { files: { 'model.json': 'text' } }],
  ])('rejects %s', async (_, change) => {
    const source = { ...(await brought()), ...change };
    expect(() => readModelSource(source)).toThrow(
      expect.objectContaining({ code: 'model-corrupt' }),
    );
  });
});
