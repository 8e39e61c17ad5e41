import { describe, expect, it } from 'vitest';
import { EmbeddedPictures } from './embeddedPictures.ts';

const box = { x: 0, y: 0, width: 0.5, height: 1 };

/** An importer that counts its calls, and fails while `failing`. */
function importer() {
  const calls: unknown[][] = [];
  const state = { failing: false };
  const call = async (method: string, args: readonly unknown[]) => {
    calls.push([method, ...args]);
    if (state.failing) throw new Error('no backend');
    return { spaceId: 's', vector: new Float32Array(1) };
  };
  return { calls, state, embedded: new EmbeddedPictures({ call: call as never }) };
}

describe('EmbeddedPictures', () => {
  it('embeds each picture, and each part of a picture or photo, once', async () => {
    const { calls, embedded } = importer();
    const picture = new Blob(['a']);
    for (let i = 0; i < 2; i++) {
      await embedded.of(picture);
      await embedded.of(picture, box);
      await embedded.of(7, box);
      await embedded.of(7, { ...box, x: 0.5 });
    }
    expect(calls).toEqual([
      ['embedPicture', picture],
      ['embedRegion', picture, box],
      ['embedRegion', 7, box],
      ['embedRegion', 7, { ...box, x: 0.5 }],
    ]);
  });

  it('tries again after a failure, and after it forgot', async () => {
    const { calls, state, embedded } = importer();
    state.failing = true;
    await expect(embedded.of(7, box)).rejects.toThrow('no backend');
    state.failing = false;
    await embedded.of(7, box);
    await embedded.of(7, box);
    expect(calls).toHaveLength(2);
    embedded.forget(7, box);
    await embedded.of(7, box);
    expect(calls).toHaveLength(3);
  });

  it('keeps a bounded number of parts of photos, the latest used', async () => {
    const { calls, embedded } = importer();
    for (let id = 1; id <= 100; id++) await embedded.of(id, box);
    await embedded.of(1, box);
    await embedded.of(101, box);
    await embedded.of(1, box);
    expect(calls).toHaveLength(101);
    await embedded.of(2, box);
    expect(calls).toHaveLength(102);
  });
});
