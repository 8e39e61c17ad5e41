import { describe, expect, it } from 'vitest';
import {
  forbiddenImports,
  type ImportGraph,
  idleNames,
  importCycles,
  importsOf,
  readImportGraph,
} from './importGraph.ts';
import { IMPORT_RULES } from './importRules.ts';

const all = readImportGraph(['src', 'scripts', 'bench', 'e2e']);
/** Tests may import anything. */
const source: ImportGraph = new Map(
  [...all].filter(([path]) => path.startsWith('src/') && !/\.test\.ts$|\/testing\//.test(path)),
);

describe('the source', () => {
  it('imports only what the rules allow', () => {
    expect(forbiddenImports(source, IMPORT_RULES)).toEqual([]);
    expect(idleNames(source, IMPORT_RULES)).toEqual([]);
  });

  it('has no import cycles', () => {
    expect(source.size).toBeGreaterThan(600);
    expect(importCycles(all)).toEqual([]);
  });
});

it('reads every form of import, including types', () => {
  const text = `
    import type { A } from './a.ts';
    import './style.css';
    import url from '../b.wasm?url';
    export { c } from '@scope/c/deep';
    export * from 'd/deep';
    type E = import('./e.ts').E;
    const f = () => import('./f.ts');
    const url2 = import(url);
    // import './comment.ts'
    const text = "import './text.ts'";
  `;
  expect(importsOf('src/x/file.tsx', text)).toEqual([
    'src/x/a.ts',
    'src/x/style.css',
    'src/b.wasm',
    '@scope/c',
    'd',
    'src/x/e.ts',
    'src/x/f.ts',
  ]);
  expect(() => importsOf('src/x.ts', 'import {')).toThrow('src/x.ts');
});

it('finds each cycle once, long or short', () => {
  const graph = new Map([
    ['a', ['b', 'elsewhere']],
    ['b', ['c']],
    ['c', ['a', 'd']],
    ['d', ['d']],
    ['e', ['a']],
  ]);
  expect(importCycles(graph)).toEqual([
    ['a', 'b', 'c', 'a'],
    ['d', 'd'],
  ]);
  expect(importCycles(new Map([...graph, ['c', []], ['d', []]]))).toEqual([]);
});

describe('rules', () => {
  const rules = {
    low: ['npm:lib'],
    high: ['low', '../data'],
    'high/secret': ['high'],
    'high/one.ts': ['high/**'],
    top: ['high'],
    'main.ts': ['high/one.ts', 'top'],
  };
  const check = (from: string, to: string) =>
    forbiddenImports(new Map([[`src/${from}`, [to]]]), rules);

  it.each([
    ['low/a.ts', 'src/low/b/c.ts'],
    ['low/a.ts', 'lib'],
    ['high/a.ts', 'src/low/a.ts'],
    ['high/a.ts', 'data/x.json'],
    ['high/secret/a.ts', 'src/high/a.ts'],
    ['high/one.ts', 'src/high/secret/a.ts'],
    ['top/a.ts', 'src/high/deep/a.ts'],
    ['main.ts', 'src/high/one.ts'],
  ])('let %s import %s', (from, to) => {
    expect(check(from, to)).toEqual([]);
  });

  it.each([
    ['low/a.ts', 'src/high/a.ts'],
    ['low/a.ts', 'other'],
    ['low/a.ts', 'data/x.json'],
    ['high/a.ts', 'lib'],
    ['high/a.ts', 'src/high/secret/a.ts'],
    ['high/secret/a.ts', 'src/low/a.ts'],
    ['top/a.ts', 'src/high/secret/a.ts'],
    ['top/a.ts', 'src/high/one.ts'],
    ['top/a.ts', 'src/main.ts'],
    ['main.ts', 'src/high/a.ts'],
    ['main.ts', 'src/highest/a.ts'],
  ])('keep %s from importing %s', (from, to) => {
    expect(check(from, to)).toEqual([`src/${from} may not import ${to}`]);
  });

  it('report files without a rule and unused names', () => {
    expect(forbiddenImports(new Map([['src/new/a.ts', []]]), rules)).toEqual([
      'src/new/a.ts is under no rule',
    ]);
    const graph = new Map([['src/a/x.ts', ['lib']]]);
    const slips = { a: ['npm:lib', 'npm:lob', 'b', 'c/**', '../d'], e: [] };
    expect(idleNames(graph, slips)).toEqual(['e', 'npm:lob', 'b', 'c/**', '../d']);
  });
});
