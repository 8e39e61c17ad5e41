import { describe, expect, it } from 'vitest';
import { checkBytes, readManifest } from './manifest.ts';

const sha256 = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'; // of "abc"
const entry = { bytes: 3, sha256 };
const corrupt = expect.objectContaining({ code: 'model-corrupt' });

describe('readManifest', () => {
  it('maps paths to file entries', () => {
    const manifest = readManifest({ version: 1, files: { 'net/weights.bin': entry } });
    expect(manifest.get('net/weights.bin')).toEqual(entry);
    expect(manifest.get('constructor')).toBeUndefined();
  });

  it.each([
    [undefined],
    [null],
    [[]],
    ['text'],
    [{ version: 2, files: {} }],
    [{ version: 1 }],
    [{ version: 1, files: [entry] }],
    [{ version: 1, files: { '../x.bin': entry } }],
    [{ version: 1, files: { 'https://example.com/x.bin': entry } }],
    [{ version: 1, files: { '/a/x.bin': entry } }],
    [{ version: 1, files: { 'a/x.bin': null } }],
    [{ version: 1, files: { 'a/x.bin': { ...entry, bytes: 0 } } }],
    [{ version: 1, files: { 'a/x.bin': { ...entry, bytes: 1.5 } } }],
    [{ version: 1, files: { 'a/x.bin': { ...entry, bytes: 2 ** 40 } } }],
    [{ version: 1, files: { 'a/x.bin': { ...entry, bytes: '3' } } }],
    [{ version: 1, files: { 'a/x.bin': { ...entry, sha256: sha256.slice(1) } } }],
    [{ version: 1, files: { 'a/x.bin': { ...entry, sha256: sha256.toUpperCase() } } }],
  ])('rejects %j', (json) => {
    expect(() => readManifest(json)).toThrow(corrupt);
  });
});

describe('checkBytes', () => {
  const abc = new TextEncoder().encode('abc');

  it('accepts bytes with the right hash', async () => {
    await expect(checkBytes('a/x', abc, entry)).resolves.toBeUndefined();
  });

  it('rejects a wrong length or any changed byte, naming the file', async () => {
    await expect(checkBytes('a/x', abc.subarray(1), entry)).rejects.toThrow(/a\/x.*2 bytes/);
    for (let at = 0; at < 3; at++) {
      const changed = abc.slice();
      changed[at]! ^= 1;
      await expect(checkBytes('a/x', changed, entry)).rejects.toEqual(corrupt);
    }
  });
});
