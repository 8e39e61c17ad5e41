import { describe, expect, it } from 'vitest';
import { crc32 } from '../../base/crc32.ts';
import { createPrng } from '../../base/prng.ts';
import { PrivateFiles } from '../testing/privateFiles.ts';
import type { VectorFile } from './vectorFile.ts';
import { isVectorFileName, VectorFiles } from './vectorFiles.ts';

const SPACE = { id: 'test-v1', d: 3 };
const IDS = Uint32Array.of(2, 3, 7, 11, 20);
const vectorAt = (row: number) => [row + 0.5, -row, 2];
const vectors = Float32Array.from([...IDS.keys()].flatMap(vectorAt));

async function written(disk = new PrivateFiles()) {
  const files = new VectorFiles(disk.folder);
  const writer = (await files.create(SPACE))!;
  writer.append(IDS.subarray(0, 2), vectors.subarray(0, 6));
  writer.append(IDS.subarray(2), vectors.subarray(6));
  writer.finish();
  return { disk, files, name: writer.name };
}

const codeOf = (opening: Promise<VectorFile>) =>
  opening.then(
    (file) => {
      file.dispose();
      return 'opened';
    },
    (thrown) => thrown.code as string,
  );

describe('a vector file', () => {
  it('returns each vector by id, and nothing for unknown ids', async () => {
    const { disk, files, name } = await written();
    const file = await files.open(name, SPACE);
    IDS.forEach((id, row) => {
      const target = new Float32Array(3);
      expect(file.read(id, target)).toBe(true);
      expect([...target]).toEqual(vectorAt(row));
    });
    const untouched = Float32Array.of(1, 2, 3);
    for (const id of [0, 1, 4, 21, 2 ** 32 - 1]) expect(file.read(id, untouched)).toBe(false);
    expect([...untouched]).toEqual([1, 2, 3]);
    expect(file.bytes).toBe(64 + 5 * 4 * 4);
    expect(disk.files.get(name)).toHaveLength(file.bytes);
    file.dispose();
    expect(file.read(2, untouched)).toBe(false);
    expect(disk.opened).toEqual([]);
  });

  it('has the bytes specified by the format', async () => {
    const { disk, name } = await written();
    const bytes = disk.files.get(name)!;
    const view = new DataView(bytes.buffer);
    expect(String.fromCharCode(...bytes.subarray(0, 4))).toBe('AKVF');
    const header = [4, 8, 12, 16, 20].map((at) => view.getUint32(at, true));
    const idBytes = new Uint8Array(IDS.buffer);
    const spaceBytes = new TextEncoder().encode(SPACE.id);
    expect(header).toEqual([1, 3, 5, crc32(idBytes), crc32(spaceBytes)]);
    expect(bytes.subarray(24, 64).every((byte) => byte === 0)).toBe(true);
    expect(bytes.subarray(64, 124)).toEqual(new Uint8Array(vectors.buffer));
    expect(bytes.subarray(124)).toEqual(idBytes);
  });

  it('may be empty', async () => {
    const files = new VectorFiles(new PrivateFiles().folder);
    const writer = (await files.create(SPACE))!;
    writer.finish();
    const file = await files.open(writer.name, SPACE);
    expect(file.read(1, new Float32Array(3))).toBe(false);
  });

  it('doesn’t return zero or non-finite vectors', async () => {
    const { disk, files, name } = await written();
    const rows = new Float32Array(disk.files.get(name)!.buffer, 64, 15);
    rows.fill(0, 0, 3);
    rows[3] = Number.NaN;
    rows[6] = Number.POSITIVE_INFINITY;
    const file = await files.open(name, SPACE);
    const target = new Float32Array(3);
    expect([...IDS].map((id) => file.read(id, target))).toEqual([false, false, false, true, true]);
  });

  it.each<[string, string, (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>]>([
    ['is not finished', 'bad-magic', (bytes) => bytes.fill(0, 0, 64)],
    ['is cut short', 'truncated', (bytes) => bytes.slice(0, -1)],
    ['has not even a header', 'truncated', (bytes) => bytes.slice(0, 63)],
    ['is empty', 'truncated', (bytes) => bytes.slice(0, 0)],
    ['is too long', 'corrupt', (bytes) => Uint8Array.of(...bytes, 0)],
    ['is of a later version', 'too-new', (bytes) => set(bytes, 4, 2)],
    ['is of no version', 'corrupt', (bytes) => set(bytes, 4, 0)],
    ['has vectors of other lengths', 'wrong-space', (bytes) => set(bytes, 8, 4)],
    ['claims more vectors than it has', 'truncated', (bytes) => set(bytes, 12, 2 ** 32 - 1)],
    ['has another sum', 'corrupt', (bytes) => set(bytes, 16, 1)],
    ['is of another space', 'wrong-space', (bytes) => set(bytes, 20, 1)],
    ['has another id', 'corrupt', (bytes) => set(bytes, 124, 1)],
    ['has ids out of order', 'corrupt', (bytes) => resum(set(bytes, 128, 2))],
    ['has an id of 0', 'corrupt', (bytes) => resum(set(bytes, 124, 0))],
  ])('that %s is rejected: %s', async (_, code, spoil) => {
    const { disk, files, name } = await written();
    disk.files.set(name, spoil(disk.files.get(name)!));
    expect(await codeOf(files.open(name, SPACE))).toBe(code);
    expect(disk.opened).toEqual([]);
  });

  it('is rejected or opens correctly after any change of bytes', async () => {
    const { disk, files, name } = await written();
    const good = disk.files.get(name)!;
    const prng = createPrng(1);
    const codes = new Set<string>();
    for (let i = 0; i < 2_000; i++) {
      const bad = good.slice(0, prng.below(8) === 0 ? prng.below(good.length) : good.length);
      for (let changes = 1 + prng.below(3); changes > 0 && bad.length > 0; changes--) {
        bad[prng.below(bad.length)] = prng.below(256);
      }
      disk.files.set(name, bad);
      codes.add(await codeOf(files.open(name, SPACE)));
    }
    const known = ['opened', 'truncated', 'bad-magic', 'too-new', 'wrong-space', 'corrupt'];
    expect([...codes].sort()).toEqual(known.sort());
    expect(disk.opened).toEqual([]);
  });
});

describe('the folder of vector files', () => {
  it('is optional: browsers without private files get no vector files', async () => {
    const files = new VectorFiles(() => Promise.reject(new DOMException('', 'SecurityError')));
    expect(await files.create(SPACE)).toBeNull();
    expect(await files.collectGarbage(new Set())).toBe(true);
    expect(await codeOf(files.open('0.akvf', SPACE))).toBe('storage-failed');
    expect(await new VectorFiles().create(SPACE)).toBeNull();
  });

  it('reports a full disk', async () => {
    const disk = new PrivateFiles();
    disk.quota = 100;
    const writer = (await new VectorFiles(disk.folder).create(SPACE))!;
    expect(() => writer.append(IDS, vectors)).toThrowError(
      expect.objectContaining({ code: 'quota-exceeded' }),
    );
  });

  it('lets several readers open a file at once if the browser supports it', async () => {
    const { disk, files, name } = await written();
    const [first, second] = [await files.open(name, SPACE), await files.open(name, SPACE)];
    expect(second.read(2, new Float32Array(3))).toBe(true);
    first.dispose();
    expect(second.read(2, new Float32Array(3))).toBe(true);
    second.dispose();
    disk.shares = false;
    const only = await files.open(name, SPACE);
    expect(await codeOf(files.open(name, SPACE))).toBe('storage-failed');
    only.dispose();
    expect(await codeOf(files.open(name, SPACE))).toBe('opened');
  });

  it('is garbage-collected, except for kept and open files', async () => {
    const { disk, files, name: kept } = await written();
    const { name: open } = await written(disk);
    const { name: loose } = await written(disk);
    const file = await files.open(open, SPACE);
    expect(await files.collectGarbage(new Set([kept]))).toBe(false);
    expect([...disk.files.keys()].sort()).toEqual([kept, open].sort());
    expect(disk.files.has(loose)).toBe(false);
    file.dispose();
    expect(await files.collectGarbage(new Set([kept]))).toBe(true);
    expect([...disk.files.keys()]).toEqual([kept]);
  });

  it('accepts only the file names that it generates', async () => {
    const { name } = await written();
    expect(isVectorFileName(name)).toBe(true);
    for (const other of ['', '../x', `${name}x`, `/${name}`, 7, null, name.toUpperCase()]) {
      expect(isVectorFileName(other)).toBe(false);
    }
  });
});

function set(bytes: Uint8Array<ArrayBuffer>, at: number, value: number): Uint8Array<ArrayBuffer> {
  new DataView(bytes.buffer).setUint32(at, value, true);
  return bytes;
}

/** Updates the checksum of the ids, so that it isn't the error reported. */
function resum(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  return set(bytes, 16, crc32(bytes.subarray(124)));
}
