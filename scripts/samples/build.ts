import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import sharp from 'sharp';
import { packSamples } from './archive.ts';
import { sha256 } from './hash.ts';
import { readOrigin, type SampleSource, sampleSources } from './set.ts';

/** Read by the page before it offers the archive: number of pictures and size. */
export interface SampleIndex {
  readonly version: 1;
  readonly file: string;
  readonly count: number;
  readonly bytes: number;
  /** Of the archive. */
  readonly sha256: string;
  /** A hash of all inputs; a mismatch means that the archive is stale. */
  readonly recipe: string;
}

const ARCHIVE = 'samples.zip';
const INDEX = 'index.json';

/**
 * Builds the sample archive and its index under `out`, unless they are up to date.
 *
 * @param root the repository's root, ending in a slash
 * @param out the folder to write to, ending in a slash
 * @returns the index, and whether anything was built
 */
export async function buildSamples(
  root: URL,
  out: URL,
): Promise<{ index: SampleIndex; made: boolean }> {
  const sources = sampleSources();
  const originals = await Promise.all(sources.map((source) => readOrigin(root, source)));
  const recipe = await recipeOf(root, originals);
  const current = await readIndex(out, recipe);
  if (current) return { index: current, made: false };

  const pictures = await Promise.all(
    sources.map(async (source, i) => ({
      item: source.item,
      bytes: await renderOne(source, originals[i]!),
    })),
  );
  const archive = packSamples(pictures);
  const index: SampleIndex = {
    version: 1,
    file: ARCHIVE,
    count: pictures.length,
    bytes: archive.byteLength,
    sha256: sha256(archive),
    recipe,
  };
  await mkdir(out, { recursive: true });
  await writeFile(new URL(ARCHIVE, out), archive);
  await writeFile(new URL(INDEX, out), `${JSON.stringify(index)}\n`);
  return { index, made: true };
}

async function renderOne(source: SampleSource, original: Uint8Array): Promise<Uint8Array> {
  try {
    return await source.render(original);
  } catch (cause) {
    throw new Error(`Cannot render ${source.origin}.`, { cause });
  }
}

async function recipeOf(root: URL, originals: readonly Uint8Array[]): Promise<string> {
  const folder = new URL('scripts/samples/', root);
  const code = (await readdir(folder)).filter((name) => name.endsWith('.ts')).sort();
  const texts = await Promise.all(code.map((name) => readFile(new URL(name, folder))));
  return sha256(JSON.stringify(sharp.versions), ...texts, ...originals);
}

/** The index under `out`, if it is of this recipe and the archive is intact. */
async function readIndex(out: URL, recipe: string): Promise<SampleIndex | undefined> {
  try {
    const index: SampleIndex = JSON.parse(await readFile(new URL(INDEX, out), 'utf8'));
    if (index.recipe !== recipe) return undefined;
    const archive = await readFile(new URL(ARCHIVE, out));
    return sha256(archive) === index.sha256 ? index : undefined;
  } catch {
    // Missing or unreadable: rebuild.
    return undefined;
  }
}
