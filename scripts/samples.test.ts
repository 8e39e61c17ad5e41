import { readFile } from 'node:fs/promises';
import { strFromU8, unzipSync } from 'fflate';
import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import { MANIFEST_ENTRY, packSamples, type SampleManifest } from './samples/archive.ts';
import { buildSamples, type SampleIndex } from './samples/build.ts';
import { sha256 } from './samples/hash.ts';
import { readOrigin, sampleSources } from './samples/set.ts';

const root = new URL('../', import.meta.url);
const out = new URL('public/samples/', root);

describe('the sample archive', () => {
  let index: SampleIndex;
  let archive: Uint8Array;
  let entries: Record<string, Uint8Array>;
  let manifest: SampleManifest;

  beforeAll(async () => {
    ({ index } = await buildSamples(root, out));
    archive = await readFile(new URL(index.file, out));
    entries = unzipSync(archive);
    manifest = JSON.parse(strFromU8(entries[MANIFEST_ENTRY]!));
  }, 300_000);

  test('matches its index', () => {
    expect(index.bytes).toBe(archive.byteLength);
    expect(index.sha256).toBe(sha256(archive));
    expect(index.count).toBe(manifest.items.length);
  });

  test('holds about 200 pictures in less than 2.5 MB', () => {
    expect(manifest.items.length).toBeGreaterThanOrEqual(190);
    expect(manifest.items.length).toBeLessThanOrEqual(230);
    expect(archive.byteLength).toBeLessThan(2_500_000);
  });

  test('has exactly one entry for each item', () => {
    const files = manifest.items.map((item) => item.file);
    expect(new Set(files).size).toBe(files.length);
    expect(Object.keys(entries).sort()).toEqual([...files, MANIFEST_ENTRY].sort());
    for (const { file, class: group } of manifest.items) {
      expect(file).toMatch(/^[a-z]+\/[a-z0-9-]+\.webp$/);
      expect(file.startsWith(`${group}/`)).toBe(true);
    }
  });

  test('gives each picture a unique, readable name', () => {
    const names = manifest.items.map((item) => item.name);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^\p{Lu}[\p{L}\p{N}'’, -]+$/u);
  });

  test('credits every picture under a license that allows redistribution', () => {
    for (const item of manifest.items) {
      expect(['MIT', 'CC0-1.0']).toContain(item.licence);
      expect(item.credit.length).toBeGreaterThan(10);
      expect(new URL(item.source).hostname).toMatch(/^(github\.com|www\.getty\.edu)$/);
    }
  });

  test('has enough pictures of each class to search', () => {
    const sizes = new Map<string, number>();
    for (const { class: group } of manifest.items) sizes.set(group, (sizes.get(group) ?? 0) + 1);
    const least = { vehicles: 20, animals: 20, fruit: 12, food: 12, shoes: 10, bags: 7 };
    for (const [group, size] of Object.entries(least)) {
      expect(sizes.get(group), group).toBeGreaterThanOrEqual(size);
    }
    expect(manifest.items.filter((item) => item.licence === 'CC0-1.0')).toHaveLength(9);
  });

  test('holds WebP pictures of a reasonable size that are not blank', async () => {
    for (const item of manifest.items) {
      const bytes = entries[item.file]!;
      expect(bytes.byteLength, item.file).toBeLessThan(250_000);
      const { format, width, height } = await sharp(bytes).metadata();
      expect(format, item.file).toBe('webp');
      expect(Math.max(width, height), item.file).toBe(item.licence === 'MIT' ? 384 : 1024);
      const { channels } = await sharp(bytes).resize(64).greyscale().stats();
      expect(channels[0]!.stdev, item.file).toBeGreaterThan(8);
    }
  }, 60_000);

  test('is not rebuilt when it is up to date', async () => {
    const again = await buildSamples(root, out);
    expect(again).toEqual({ index, made: false });
  });

  test('is the same, byte for byte, when rebuilt', async () => {
    const some = sampleSources().filter(({ item }) => item.class === 'landscapes');
    expect(some.length).toBeGreaterThan(0);
    some.push(...sampleSources().filter(({ item }) => item.class === 'bags'));
    for (const source of some) {
      const bytes = await source.render(await readOrigin(root, source));
      expect(sha256(bytes)).toBe(sha256(entries[source.item.file]!));
    }
  }, 60_000);

  test('rejects two pictures with the same name', () => {
    const item = manifest.items[0]!;
    const picture = { item, bytes: entries[item.file]! };
    expect(() => packSamples([picture, picture])).toThrow(`Two samples are named ${item.file}.`);
  });
});
