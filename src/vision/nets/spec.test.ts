import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readNetSpec } from './spec.ts';

const path = new URL('../../../models/efficientnet-lite1/spec.json', import.meta.url);
const json = JSON.parse(readFileSync(path, 'utf8'));
const corrupt = expect.objectContaining({ code: 'model-corrupt' });

describe('readNetSpec', () => {
  it('reads the committed spec', () => {
    expect(readNetSpec(json)).toEqual(json);
    expect(readNetSpec({ ...json, classes: null }).classes).toBeNull();
  });

  const { input, tap, classes } = json;
  const longSides = (sides: unknown) => ({ input: { ...input, longSides: sides } });
  it.each([
    ['another version', { version: 2 }],
    ['an id that leaves the folder', { id: '../x' }],
    ['no title', { title: '' }],
    ['a format it doesn’t know', { format: 'onnx' }],
    ['a huge side', { input: { ...input, side: 1e9, longSides: [1e9] } }],
    ['half a pixel', { input: { ...input, side: 0.5, longSides: [0.5] } }],
    ['more than five shapes', longSides([240, 300, 360, 420])],
    ['long sides that fall', longSides([240, 200])],
    ['long sides that don’t begin with the short one', longSides([320])],
    ['no long sides', longSides([])],
    ['a division by zero', { input: { ...input, divide: 0 } }],
    ['a value that is no number', { input: { ...input, subtract: '127' } }],
    ['another aspect', { input: { ...input, aspect: 'stretch' } }],
    ['a tap of no name', { tap: { ...tap, name: 7 } }],
    ['a vector beyond all bounds', { tap: { ...tap, dims: 1e8 } }],
    ['another pooling', { tap: { ...tap, pooling: 'gem' } }],
    ['too many classes', { classes: { ...classes, count: 1e6 } }],
    ['no classes and not saying so', { classes: undefined }],
    ['no files', { files: {} }],
    ['a file elsewhere', { files: { ...json.files, '../weights.bin': json.files['model.json'] } }],
    ['a file without its hash', { files: { 'model.json': { bytes: 1 } } }],
  ])('rejects %s', (_, change) => {
    expect(() => readNetSpec({ ...json, ...change })).toThrow(corrupt);
  });

  it('rejects anything but an object', () => {
    for (const value of [null, undefined, [], 'text', 7]) {
      expect(() => readNetSpec(value)).toThrow(corrupt);
    }
  });
});
