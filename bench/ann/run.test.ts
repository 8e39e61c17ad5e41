import { describe, expect, it } from 'vitest';
import { readOptions } from './run.ts';

const invalid = expect.objectContaining({ code: 'invalid-argument' });

describe('readOptions', () => {
  it('has a default for everything and cases for every kind', () => {
    const options = readOptions([], ['base'], 'l2sq');
    expect(options).toMatchObject({ metric: 'l2sq', seed: 1, timing: { k: 10 }, own: {} });
    const kinds = new Set(options.cases(128).map(({ spec }) => spec.kind));
    expect([...kinds]).toEqual([
      'flat',
      'ivf',
      'pq',
      'opq',
      'ivfpq',
      'lopq',
      'kdtree',
      'forest',
      'hnsw',
      'lsh',
      'itq',
    ]);
  });

  it('uses the given options', () => {
    const options = readOptions(
      ['--kinds', 'ivf', '--k', '7', '--metric', 'ip', '--backend', 'scalar', '--base', 'b.fvecs'],
      ['base'],
      'l2sq',
    );
    expect(options).toMatchObject({ metric: 'ip', timing: { k: 7 }, own: { base: 'b.fvecs' } });
    expect(options.makeKernels().backend).toBe('scalar');
    expect(options.cases(128).map(({ spec }) => spec.kind)).toEqual(['ivf']);
  });

  it('uses the caller’s parameters instead of the built-in ones', () => {
    const spec = { kind: 'ivfpq', M: 16 };
    const searches = [{ nprobe: 3, rerank: 20 }];
    const args = ['--spec', JSON.stringify(spec), '--search', JSON.stringify(searches)];
    expect(readOptions(args, [], 'ip').cases(128)).toEqual([{ spec, searches }]);
  });

  it.each([
    [['--nosuch', '1']],
    [['--k', '0']],
    [['--k', 'ten']],
    [['--kinds', 'flat,magic']],
    [['--metric', 'cosine']],
    [['--backend', 'gpu']],
    [['--seed', '-1']],
    [['stray']],
  ])('rejects %j', (args) => {
    expect(() => readOptions(args, [], 'ip')).toThrowError(invalid);
  });

  it.each([[['--spec', '{kind']], [['--search', '{"nprobe":1}']]])(
    'rejects the cases of %j',
    (args) => {
      expect(() => readOptions(args, [], 'ip').cases(128)).toThrowError(invalid);
    },
  );
});
