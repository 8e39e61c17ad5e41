import { describe, expect, it } from 'vitest';
import { AkinError } from '../../base/errors.ts';
import { chooseStart, type StartOptions, startsDetailed } from './startModel.ts';

describe('a library starts with the detailed model', () => {
  it.each([
    ['webgpu', 4, true, true],
    ['webgl', 10.4, true, true],
    // 2.4 times this exceeds 25 ms.
    ['webgpu', 10.5, true, false],
    ['webgpu', 4, false, false],
    ['wasm', 4, true, false],
    ['cpu', 4, true, false],
    ['webgpu', null, true, false],
    ['webgpu', Number.NaN, true, false],
    ['webgpu', 0, true, false],
  ] as const)('on %s at %s ms per pass, new: %s → %s', (backend, passMs, isNew, starts) => {
    expect(startsDetailed({ backend, passMs, isNew })).toBe(starts);
  });
});

describe('chooseStart', () => {
  const run = async (change: Partial<StartOptions> = {}) => {
    const done: string[] = [];
    const model = await chooseStart({
      isNew: async () => true,
      measure: async () => {
        done.push('measure');
        return { backend: 'webgpu', passMs: 3 };
      },
      fetch: async () => void done.push('fetch'),
      choose: async (id) => void done.push(id),
      ...change,
    });
    return [model, ...done];
  };

  it('chooses the detailed model once its files are there', async () => {
    expect(await run()).toEqual(['visual-v2-detailed', 'measure', 'fetch', 'visual-v2-detailed']);
  });

  it('keeps the standard model if photos exist before or arrive meanwhile', async () => {
    expect(await run({ isNew: async () => false })).toEqual(['visual-v2']);
    const answers = [true, false];
    const isNew = async () => answers.shift()!;
    expect(await run({ isNew })).toEqual(['visual-v2', 'measure', 'fetch']);
  });

  it('keeps the standard model if the files or the backend are unavailable', async () => {
    const fail = () => Promise.reject(new AkinError('model-missing', 'No answer.'));
    expect(await run({ fetch: fail })).toEqual(['visual-v2', 'measure']);
    expect(await run({ measure: fail })).toEqual(['visual-v2']);
  });
});
