import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';

/** A picture in a folder per class. */
export interface Labelled {
  readonly label: string;
  readonly bytes: Buffer;
}

export const picturesIn = (folder: string): Buffer[] =>
  readdirSync(folder)
    .filter((name) => /\.(jpe?g|png|webp)$/i.test(name))
    .sort()
    .map((name) => readFileSync(join(folder, name)));

export const labelledIn = (folder: string): Labelled[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()
    .flatMap((label) => picturesIn(join(folder, label)).map((bytes) => ({ label, bytes })));

/** Edits that messengers, editors and web sites apply to photos. */
const EDITS: readonly ((picture: Sharp, width: number, height: number) => Sharp)[] = [
  (picture) => picture.jpeg({ quality: 40 }),
  (picture, width) => picture.resize(Math.round(0.65 * width)).jpeg({ quality: 75 }),
  (picture) => picture.modulate({ brightness: 1.15, saturation: 1.1 }).jpeg({ quality: 85 }),
  (picture) => picture.webp({ quality: 60 }),
  // Crops a tenth off one side in each direction: noticeable only next to the original.
  (picture, width, height) =>
    picture
      .extract({
        left: Math.round(width / 10),
        top: 0,
        width: Math.floor(0.9 * width),
        height: Math.floor(0.9 * height),
      })
      .jpeg({ quality: 85 }),
];

/** Copies of a picture: re-encoded, scaled, retouched, cropped. */
export async function copiesOf(bytes: Buffer): Promise<Buffer[]> {
  const { width, height } = await sharp(bytes).metadata();
  return Promise.all(EDITS.map((edit) => edit(sharp(bytes), width, height).toBuffer()));
}
