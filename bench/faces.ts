/**
 * How well does the face pipeline detect and distinguish people? The app's own code, in Chromium,
 * on photos with one face each: folders named after people, and labeled pairs.
 *
 *   npm run bench:faces -- --pairs ../shared/data/faces/pairs.csv --root ../shared/data/faces
 *   npm run bench:faces -- --turns                    also rotated by 90, 180 and 270 degrees
 *   npm run bench:faces -- --sizes                    also downscaled until the face is small
 *   npm run bench:faces -- --limit 20                 only the first pairs, and their photos
 *   npm run bench:faces -- --agree webgpu --limit 1   another backend against WASM
 *
 * Prints one JSON row. A pair with an undetected face counts as two people. If a photo has several
 * faces, the largest good one is used, and the others count as extra.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { checkInteger } from '../src/base/checks.ts';
import { SAME_PERSON_L2 } from '../src/vision/faces/types.ts';
import { type BackendName, backendNames } from '../src/vision/types.ts';
import type { LookReport, SeenFace } from './browser/faces/contract.ts';
import { foremost } from './browser/faces/foremost.ts';
import { openFaces } from './browser/faces/session.ts';
import { printRow, quantile, round, say } from './browser/rows.ts';
import { accuracyAt, l2, rocAuc, tarAtFar } from './facesMetrics.ts';

const { values } = parseArgs({
  options: {
    pairs: { type: 'string', default: '../shared/data/faces/pairs.csv' },
    root: { type: 'string', default: '../shared/data/faces' },
    backend: { type: 'string', default: 'wasm' },
    agree: { type: 'string' },
    turns: { type: 'boolean', default: false },
    sizes: { type: 'boolean', default: false },
    limit: { type: 'string' },
    port: { type: 'string', default: '4293' },
  },
});
const limit =
  values.limit === undefined ? undefined : checkInteger('--limit', Number(values.limit), 1, 1e6);
const port = checkInteger('--port', Number(values.port), 1, 65_535);
const backend = values.backend as BackendName;
if (!backendNames.includes(backend)) throw new Error(`--backend is one of ${backendNames}`);

/** Photos for timing one with 2 megapixels and one face. */
const TIMED = 15;
const MEGAPIXELS = 2;

const PHOTO = /\.(jpe?g|png|webp|avif|gif|bmp)$/i;
const { root } = values;
if (!existsSync(root) || !existsSync(values.pairs)) {
  say(`Skipped: ${root} or ${values.pairs} is not here.`);
  process.exit(0);
}
const rows = readFileSync(values.pairs, 'utf8').trim().split(/\r?\n/).slice(1);
const asked = rows.slice(0, limit).map((row) => {
  const [x, y, same] = row.split(',');
  return { x: x!, y: y!, same: /^(1|true)$/i.test(same!.trim()) };
});
const inFolders = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) =>
  PHOTO.test(path),
);
const inPairs = asked.flatMap(({ x, y }) => [x, y]);
const photos = [...new Set([...inPairs, ...(limit === undefined ? inFolders : [])])].sort();
if (photos.length === 0) throw new Error(`There are no photos in ${root}.`);

/** The folder's name, except for unlabeled photos. */
const personOf = (photo: string): string | undefined =>
  /^(?!unlabelled\/)([^/]+)\//.exec(photo)?.[1];

/** Group photos in the package of the embedder's weights, with the number of faces in each. */
const GROUPS = [3, 3, 3, 4, 5, 4];
const groupPhoto = (i: number): string =>
  join(import.meta.dirname, `../node_modules/@vladmandic/face-api/demo/sample${i + 1}.jpg`);

/** Sides of the detector's box that faces are downscaled to, in pixels. */
const SIZES = [24, 32, 40, 56];

/** Fraction of the labeled photos whose nearest other photo shows the same person. */
function leaveOneOut(faces: ReadonlyMap<string, SeenFace | null>, probes = faces) {
  const people = [...faces].filter(([photo]) => personOf(photo) !== undefined);
  const counted = people.filter(([photo]) =>
    people.some(([other]) => other !== photo && personOf(other) === personOf(photo)),
  );
  const right = counted.filter(([photo]) => {
    const probe = probes.get(photo);
    if (!probe) return false;
    let best: { distance: number; photo: string } | undefined;
    for (const [other, face] of people) {
      if (other === photo || face === null) continue;
      const distance = l2(probe.vector, face.vector);
      if (best === undefined || distance < best.distance) best = { distance, photo: other };
    }
    return best !== undefined && personOf(best.photo) === personOf(photo);
  });
  return { right: right.length, of: counted.length };
}

if (values.agree !== undefined) {
  await agreement(values.agree as BackendName);
  process.exit(0);
}

/** Distances between the same photos' faces on another backend and on WASM. */
async function agreement(other: BackendName): Promise<void> {
  const found: LookReport[][] = [];
  for (const name of ['wasm', other] as const) {
    const session = await openFaces(name, port);
    try {
      const reports: LookReport[] = [];
      for (const photo of photos) reports.push(await session.look(join(root, photo)));
      found.push(reports);
      say(`${session.backend}: ${reports.length} photos`);
    } finally {
      await session.close();
    }
  }
  const pairs = found[0]!.flatMap(({ faces }, i) =>
    faces.map((face, k) => ({ face, twin: found[1]![i]!.faces[k] })),
  );
  const distances = pairs.map(({ face, twin }) =>
    twin ? l2(face.vector, twin.vector) : Number.POSITIVE_INFINITY,
  );
  const moved = pairs.map(({ face: { box }, twin }) =>
    twin ? Math.hypot(twin.box.x - box.x, twin.box.y - box.y) : Number.POSITIVE_INFINITY,
  );
  printRow({
    bench: 'faces-agreement',
    backends: `wasm, ${other}`,
    photos: photos.length,
    faces: found.map((reports) => reports.reduce((sum, { faces }) => sum + faces.length, 0)),
    largestL2: Math.max(...distances),
    largestBoxShift: Math.max(...moved),
  });
}

const session = await openFaces(backend, port);
try {
  // A model's first run allocates its memory.
  await session.look(join(root, photos[0]!));
  const looks = new Map<string, LookReport>();
  for (const photo of photos) {
    const look = await session.look(join(root, photo));
    looks.set(photo, look);
    if (look.faces.length !== 1) say(`${photo}: ${look.faces.length} faces`);
    if (looks.size % 20 === 0) say(`${looks.size} of ${photos.length} photos`);
  }
  const faces = new Map([...looks].map(([photo, look]) => [photo, foremost(look)]));
  const pairs = asked.map(({ x, y, same }) => {
    const [a, b] = [faces.get(x), faces.get(y)];
    return { same, distance: a && b ? l2(a.vector, b.vector) : Number.POSITIVE_INFINITY };
  });
  const found = [...faces.values()].filter((face) => face !== null).length;
  const identified = leaveOneOut(faces);

  const timed: LookReport[] = [];
  for (const [photo, look] of looks) {
    if (timed.length === TIMED) break;
    if (look.faces.length !== 1) continue;
    timed.push(await session.look(join(root, photo), { megapixels: MEGAPIXELS }));
  }
  const median = (of: (look: LookReport) => number) => round(quantile(timed.map(of), 0.5));
  const tensors = [...looks.values(), ...timed].map((look) => look.tensors);

  // A manually drawn box is larger than the detector's, and off-center.
  const drawn: number[] = [];
  const shrunk: number[] = [];
  for (const [photo, look] of [...looks].slice(0, TIMED)) {
    const face = foremost(look);
    if (face === null) continue;
    const { x, y, width, height } = face.box;
    const box = { x, y: y - 0.2 * height, width: 1.3 * width, height: 1.3 * height };
    const described = await session.describe(join(root, photo), box);
    drawn.push(l2(described.vector, face.vector));
    shrunk.push((await session.shrink(join(root, photo), 256)).meanError);
  }

  const inGroups: number[] = [];
  for (const i of GROUPS.keys()) inGroups.push((await session.look(groupPhoto(i))).faces.length);

  const sized: Record<string, unknown> = {};
  for (const size of values.sizes ? SIZES : []) {
    const probes = new Map<string, SeenFace | null>();
    for (const [photo, { width, height }] of looks) {
      const side = faces.get(photo)?.sizePx ?? 0;
      const megapixels = (width * height * (size / side) ** 2) / 1e6;
      if (side >= size) {
        probes.set(photo, foremost(await session.look(join(root, photo), { megapixels })));
      }
    }
    const seen = [...probes].filter(([, face]) => face !== null);
    const apart = seen.map(([photo, face]) => l2(face!.vector, faces.get(photo)!.vector));
    sized[`shrunkTo${size}`] = {
      found: seen.length,
      ...leaveOneOut(faces, probes),
      medianL2ToItself: round(quantile(apart, 0.5), 3),
    };
    say(`Shrunk to ${size} pixels: ${seen.length} found`);
  }

  const turned: Record<string, { found: number; right: number; of: number }> = {};
  for (const quarterTurns of values.turns ? [1, 2, 3] : []) {
    const probes = new Map<string, SeenFace | null>();
    for (const photo of photos) {
      probes.set(photo, foremost(await session.look(join(root, photo), { quarterTurns })));
    }
    const seen = [...probes.values()].filter((face) => face !== null).length;
    turned[`turned${90 * quarterTurns}`] = { found: seen, ...leaveOneOut(faces, probes) };
    say(`Turned by ${90 * quarterTurns} degrees: ${seen} found`);
  }

  printRow({
    bench: 'faces',
    pairs: pairs.length,
    photos: photos.length,
    found,
    detectionRate: round(found / photos.length, 4),
    extraBoxes: [...looks.values()].reduce((sum, l) => sum + Math.max(0, l.faces.length - 1), 0),
    auc: round(rocAuc(pairs), 5),
    accuracy: round(accuracyAt(pairs, SAME_PERSON_L2), 4),
    tarAtFar1: round(tarAtFar(pairs, 0.01), 4),
    leaveOneOut: `${identified.right}/${identified.of}`,
    ...turned,
    ...sized,
    groupFaces: `${inGroups.reduce((a, b) => a + b)}/${GROUPS.reduce((a, b) => a + b)}`,
    msByStage: {
      decode: median((look) => look.decodeMs),
      detect: median((look) => look.ms.detectMs),
      tiles: median((look) => look.ms.tilesMs),
      check: median((look) => look.ms.checkMs),
      align: median((look) => look.ms.alignMs),
      embed: median((look) => look.ms.embedMs),
    },
    msPhoto: median((look) => look.allMs),
    photosTimed: timed.length,
    megapixels: MEGAPIXELS,
    drawnByHandL2: round(Math.max(...drawn), 3),
    shrinkMeanError: round(Math.max(...shrunk), 2),
    tensorsLeaked: Math.max(...tensors) - Math.min(...tensors),
    backend: session.backend,
  });
} finally {
  await session.close();
}
