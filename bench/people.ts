/**
 * Whose faces are these? Runs the app's own face pipeline in Chromium on a folder with one folder
 * per person and one face per photo, and `src/identity` on its vectors in Node, with the engine's
 * index.
 *
 *   npm run bench:people -- ../shared/data/faces [--backend wasm]
 *
 * Prints one JSON row of fractions, of labeled photos unless stated otherwise:
 *
 * - `detectionRate`: all photos with a face;
 * - `leaveOneOut`: the nearest other face is the same person's; of people with several photos;
 * - `oneEnrolled`: with only the first face of each person named, the most likely person is right,
 *   at any confidence; `oneEnrolledSure`: the verdict is "almost surely"; `sureRight`: the fraction
 *   of these that are right;
 * - `clusterPrecision`, `clusterRecall`: of pairs of faces, reclustered; a group is what the app
 *   shows as one. The latter includes faces too poor to be clustered.
 *
 * A photo without a detected face counts as wrong in all of them. Of several faces in a photo, the
 * largest good one is used. Photos in `unlabelled` are strangers: each a different person, who
 * should only stay out of the groups. Files outside folders and duplicate files are skipped.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { SegmentedIndex } from '../src/ann/index.ts';
import { checkInteger } from '../src/base/checks.ts';
import type { Face } from '../src/identity/index.ts';
import {
  assignPeople,
  batchVectors,
  buildConstraints,
  Clusters,
  engineVectors,
  MIN_GROUP,
  nextEntry,
  pairwise,
  rankPeople,
} from '../src/identity/index.ts';
import { faceId } from '../src/vision/faces/faceId.ts';
import { type BackendName, backendNames } from '../src/vision/types.ts';
import { foremost } from './browser/faces/foremost.ts';
import { openFaces } from './browser/faces/session.ts';
import { printRow, round, say } from './browser/rows.ts';
import { nodeSimdKernels } from './nodeKernels.ts';

const { values, positionals } = parseArgs({
  options: {
    backend: { type: 'string', default: 'wasm' },
    port: { type: 'string', default: '4294' },
  },
  allowPositionals: true,
});
const [root] = positionals;
if (!root) throw new Error('Give a folder that holds a folder per person.');
const port = checkInteger('--port', Number(values.port), 1, 65_535);
const backend = values.backend as BackendName;
if (!backendNames.includes(backend)) throw new Error(`--backend is one of ${backendNames}`);
if (!existsSync(root)) {
  say(`Skipped: ${root} is not here.`);
  process.exit(0);
}

const PHOTO = /\.(jpe?g|png|webp|avif|gif|bmp)$/i;
/** The folder of unlabeled people. */
const STRANGERS = 'unlabelled';

interface Photo {
  readonly path: string;
  readonly hash: string;
  readonly person: string;
  readonly isStranger: boolean;
}

interface SeenPhoto extends Photo {
  readonly face: Face;
  readonly vector: Float32Array;
}

const photos = photosOf(root);
if (photos.length === 0) throw new Error(`There are no photos in folders of ${root}.`);
const strangers = photos.filter(({ isStranger }) => isStranger).length;
if (strangers > 0) say(`${STRANGERS}: ${strangers} photos, each for another person`);

const { seen, several } = await look(photos);
const known = seen.filter(({ isStranger }) => !isStranger);
const ofPeople = photos.filter(({ isStranger }) => !isStranger);
const kernels = nodeSimdKernels();
const alone = nearestIsSame();
const first = oneEnrolled();
const clusters = await clustered();

printRow({
  bench: 'people',
  photos: photos.length,
  people: new Set(ofPeople.map(({ person }) => person)).size,
  strangers,
  faces: seen.length,
  goodFaces: seen.filter(({ face }) => face.quality === 'good').length,
  photosWithSeveral: several,
  detectionRate: round(seen.length / photos.length, 4),
  leaveOneOut: round(alone.right / alone.of, 4),
  leaveOneOutOf: alone.of,
  oneEnrolled: round(first.right / first.of, 4),
  oneEnrolledOf: first.of,
  oneEnrolledSure: round(first.sure / first.of, 4),
  sureRight: round(first.sureRight / Math.max(1, first.sure), 4),
  clusters: clusters.groups,
  clusterPrecision: round(clusters.precision, 4),
  clusterRecall: round(clusters.recall, 4),
  backend,
});

/** The photos of all folders, by folder and name. */
function photosOf(folder: string): Photo[] {
  const found: Photo[] = [];
  const paths = new Map<string, string>();
  for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    if (!PHOTO.test(path)) continue;
    const [person, ...inFolder] = path.split(/[\\/]/);
    if (inFolder.length === 0) {
      say(`${path}: left out, as it lies in no person's folder`);
      continue;
    }
    const hash = createHash('sha256')
      .update(readFileSync(join(folder, path)))
      .digest('hex');
    const before = paths.get(hash);
    if (before !== undefined) {
      say(`${path}: left out, as it is ${before}`);
      continue;
    }
    paths.set(hash, path);
    const isStranger = person === STRANGERS;
    found.push({ path, hash, isStranger, person: isStranger ? path : person! });
  }
  return found;
}

/** The face of each photo that has one, in the app's stored form. */
async function look(all: readonly Photo[]): Promise<{ seen: SeenPhoto[]; several: number }> {
  const faces: SeenPhoto[] = [];
  let crowded = 0;
  const session = await openFaces(backend, port);
  try {
    for (const [i, photo] of all.entries()) {
      const report = await session.look(join(root!, photo.path));
      const found = foremost(report);
      if (report.faces.length !== 1) say(`${photo.path}: ${report.faces.length} faces`);
      if (report.faces.length > 1) crowded++;
      if (found) {
        const id = faceId(photo.hash, found.box);
        const face = { id, faceKey: i + 1, photo: i + 1, quality: found.quality };
        faces.push({ ...photo, face, vector: Float32Array.from(found.vector) });
      }
      if ((i + 1) % 20 === 0) say(`${i + 1} of ${all.length} photos`);
    }
    return { seen: faces, several: crowded };
  } finally {
    await session.close();
  }
}

function indexOf(faces: readonly SeenPhoto[]): SegmentedIndex {
  const d = faces[0]?.vector.length ?? 1;
  const index = new SegmentedIndex(kernels, { spaceId: 'people', metric: 'l2sq', d });
  const vectors = new Float32Array(faces.length * d);
  faces.forEach(({ vector }, i) => {
    vectors.set(vector, i * d);
  });
  index.addAll(
    Uint32Array.from(faces, ({ face }) => face.faceKey),
    vectors,
  );
  return index;
}

function nearestIsSame(): { right: number; of: number } {
  const vectors = engineVectors(indexOf(known));
  const personOf = new Map(known.map(({ face, person }) => [face.faceKey, person]));
  const photosOfPerson = byPerson(ofPeople);
  const asked = known.filter(({ vector, face, person }) => {
    const [nearest] = vectors.neighbours(
      vector,
      Number.POSITIVE_INFINITY,
      1,
      face.faceKey,
    ).faceKeys;
    return nearest !== undefined && personOf.get(nearest) === person;
  });
  const of = ofPeople.filter(({ person }) => photosOfPerson.get(person)!.length > 1);
  return { right: asked.length, of: of.length };
}

function oneEnrolled(): { right: number; of: number; sure: number; sureRight: number } {
  const enrolled = [...byPerson(known).values()].map(([one]) => one!);
  const assertions = enrolled.flatMap(({ face, person }, i) => [
    { kind: 'labelCluster' as const, person: `p${i}`, faces: [face.id] },
    { kind: 'name' as const, person: `p${i}`, name: person },
  ]);
  const constraints = buildConstraints(assertions.length > 0 ? [nextEntry([], assertions, 0)] : []);
  const vectors = engineVectors(indexOf(enrolled));
  const reclustered = new Clusters(vectors, constraints);
  for (const { face } of enrolled) reclustered.add(face);
  const people = assignPeople(reclustered.faces(), constraints);
  const score = { right: 0, of: ofPeople.length - enrolled.length, sure: 0, sureRight: 0 };
  const isEnrolled = new Set(enrolled);
  for (const probe of known) {
    if (isEnrolled.has(probe)) continue;
    const { verdict, ranked } = rankPeople(probe.vector, { people, constraints, vectors });
    const right = ranked[0]?.person.name === probe.person;
    const sure = verdict.kind === 'almost-surely';
    score.right += Number(right);
    score.sure += Number(sure);
    score.sureRight += Number(sure && right);
    if (!right) say(`${probe.path}: taken for ${ranked[0]?.person.name ?? 'nobody'}`);
  }
  return score;
}

function byPerson<T extends Photo>(some: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const photo of some) {
    groups.set(photo.person, [...(groups.get(photo.person) ?? []), photo]);
  }
  return groups;
}

async function clustered() {
  const index = indexOf(seen);
  const reclustered = new Clusters(engineVectors(index), buildConstraints([]));
  for (const { face } of seen) reclustered.add(face);
  const batch = await batchVectors(kernels, index);
  await reclustered.recluster({}, batch);
  batch.dispose();
  const groups = reclustered.clusters().filter((faceKeys) => faceKeys.length >= MIN_GROUP);
  const groupOf = new Map(groups.flatMap((faceKeys, i) => faceKeys.map((faceKey) => [faceKey, i])));
  // A photo without a face counts as not clustered.
  const rowOf = new Map(seen.map(({ hash, face }) => [hash, face.faceKey]));
  const { precision, recall } = pairwise(
    photos.map(({ hash }) => groupOf.get(rowOf.get(hash) ?? 0)),
    photos.map(({ person }) => person),
  );
  return { groups: groups.length, precision, recall };
}
