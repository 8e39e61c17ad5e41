import type { Page } from '@playwright/test';
import type { SyntheticFaces } from '../../src/identity/testing/syntheticFaces.ts';

/** Rows sent to the page at a time. */
const PART = 1_000;
/** Face keys start here. */
const FIRST_FACE = 2 ** 31;

/** Space of the library's faces, as set up by enabling them. */
export interface FaceSpaceRow {
  readonly id: string;
  readonly d: number;
  readonly version: string;
}

/** The key of the `i`-th face in the library. */
export const faceNumber = (i: number) => FIRST_FACE + i;

/**
 * Writes photos and some of their faces directly to the store, as a face scan would, except for
 * pictures, which reclustering doesn't read.
 *
 * @param made all faces; photos are written for all of them
 */
export async function fillFaces(
  page: Page,
  made: SyntheticFaces,
  space: FaceSpaceRow,
  count: number,
): Promise<void> {
  const photos = [...new Set(made.photo)];
  for (let from = 0; from < photos.length; from += PART) {
    const ids = photos.slice(from, from + PART);
    await page.evaluate(writePhotos, { ids, version: space.version });
  }
  for (let from = 0; from < count; from += PART) {
    await page.evaluate(writeFaces, facesPart(made, space, from, Math.min(count, from + PART)));
  }
}

/** The data of some faces, for the page. */
export function facesPart(made: SyntheticFaces, space: FaceSpaceRow, from: number, to: number) {
  const { d, vectors, photo, good } = made;
  const part = vectors.subarray(from * d, to * d);
  const rows = Array.from({ length: to - from }, (_, k) => {
    const i = from + k;
    // Faces of a photo are consecutive.
    let place = 0;
    while (place < i && photo[i - place - 1] === photo[i]) place++;
    return { photo: photo[i]!, place, good: good[i] === true };
  });
  const base64 = Buffer.from(part.buffer, part.byteOffset, part.byteLength).toString('base64');
  return { first: faceNumber(from), rows, base64, d, spaceId: space.id };
}

/** Runs in the page. */
function writePhotos({ ids, version }: { ids: number[]; version: string }): Promise<void> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('akin');
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const tx = opening.result.transaction(['photos', 'faceScans'], 'readwrite');
      for (const id of ids) {
        tx.objectStore('photos').put({
          id,
          hash: id.toString(16).padStart(64, '0'),
          name: `${id}.webp`,
          path: '',
          type: 'image/webp',
          bytes: 1,
          width: 400,
          height: 300,
          thumbWidth: 384,
          thumbHeight: 288,
          addedAt: id,
        });
        tx.objectStore('faceScans').put({ version, faces: 1, leftOut: 0 }, id);
      }
      tx.oncomplete = () => {
        opening.result.close();
        resolve();
      };
      tx.onabort = () => reject(tx.error);
    };
  });
}

/** Runs in the page: one transaction for all rows of a batch. */
export function writeFaces(part: ReturnType<typeof facesPart>): Promise<void> {
  const { first, rows, base64, d, spaceId } = part;
  const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0)).buffer;
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('akin');
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const tx = opening.result.transaction(['faces', 'vectors', 'delta'], 'readwrite');
      rows.forEach(({ photo, place, good }, i) => {
        const id = first + i;
        const box = { x: place / 10, y: 0.2, width: 0.08, height: 0.1 };
        const digits = Object.values(box).map((side) =>
          Math.round(side * 1024)
            .toString(16)
            .padStart(3, '0'),
        );
        tx.objectStore('faces').put({
          id,
          faceId: `${photo.toString(16).padStart(64, '0')}:${digits.join('')}`,
          photoId: photo,
          box,
          points: [0, 1, 2, 3, 4].map((k) => ({ x: box.x + k / 100, y: 0.25 })),
          score: 0.9,
          flag: 1,
          sizePx: 120,
          blur: 100,
          pose: { yaw: 0, pitch: 0, roll: 0 },
          quality: good ? 'good' : 'unsure',
          spaceId,
        });
        tx.objectStore('vectors').put(bytes.slice(i * d * 4, (i + 1) * d * 4), [spaceId, id]);
        tx.objectStore('delta').put(true, [spaceId, id]);
      });
      tx.oncomplete = () => {
        opening.result.close();
        resolve();
      };
      tx.onabort = () => reject(tx.error);
    };
  });
}
