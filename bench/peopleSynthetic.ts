/**
 * How long does it take to cluster faces into people, and how accurate is it?
 *
 *   npm run bench:people-synthetic -- [--faces 20000] [--people 500] [--kind ivfpq] [--seed 1]
 *     [--added 500] [--browser [--port 4290]]
 *
 * Seeded faces with the distance distribution of dlib's model, the engine's index of them (`--kind`
 * flat, ivf or ivfpq; by default the engine's choice for that number) with the SIMD kernels, on one
 * thread. Prints one JSON row, times in milliseconds:
 *
 * - `clusterMs`: clustering all faces, of which `batchMs` for building the inverted file;
 * - `precision`, `recall`: of pairs of good faces; `recallAll`: including faces that are only ever
 *   suggested;
 * - `addMs`, `addP99Ms`, `addMaxMs`: adding one more face to the index and the clusters;
 *   `oneByOne`: the clusters' score when all faces are added one by one;
 * - `peopleMs`: assigning people from clusters and constraints; `rankMs`: identifying one face;
 *   `suggestMs`: suggestions for one person; `questionsMs`: "same or different?", over everyone;
 * - `firstRight`: the fraction of new good faces whose most likely person is right, with everyone
 *   named; `sure`: the fraction with the verdict "almost surely"; `sureRight`: the fraction of
 *   these that are right; `unsureFirstRight`: as `firstRight`, for new bad faces.
 *
 * With `--browser`, after `npm run build`: the same faces in the app's own store, in Chromium,
 * clustered in its worker. `gatherMs`: a full recluster, until it is saved; `addMs` etc.: one more
 * face, from the event that it was saved until the worker has applied it; `peopleMs`: assigning
 * people after that; `openMs`: from page load until people are available, with nothing clustered
 * before; `reopenMs`: the same with everything clustered.
 */
import { parseArgs } from 'node:util';
import { automaticSpec, SegmentedIndex, trainIndex } from '../src/ann/index.ts';
import { checkInteger } from '../src/base/checks.ts';
import { createPrng } from '../src/base/prng.ts';
import type { Face, Log } from '../src/identity/index.ts';
import {
  assignPeople,
  batchVectors,
  buildConstraints,
  Clusters,
  engineVectors,
  MIN_GROUP,
  nextEntry,
  pairwise,
  questions,
  rankPeople,
  suggestionsFor,
} from '../src/identity/index.ts';
import { faceId } from '../src/identity/testing/ids.ts';
import { syntheticFaces } from '../src/identity/testing/syntheticFaces.ts';
import { peopleInBrowser } from './browser/peopleInBrowser.ts';
import { printRow, quantile, round, say } from './browser/rows.ts';
import { nodeSimdKernels } from './nodeKernels.ts';

const { values } = parseArgs({
  options: {
    faces: { type: 'string', default: '20000' },
    people: { type: 'string', default: '500' },
    kind: { type: 'string' },
    seed: { type: 'string', default: '1' },
    added: { type: 'string', default: '500' },
    browser: { type: 'boolean', default: false },
    port: { type: 'string', default: '4290' },
  },
});
const n = checkInteger('--faces', Number(values.faces), 100, 1_000_000);
const people = checkInteger('--people', Number(values.people), 1, n / 3);
const added = checkInteger('--added', Number(values.added), 1, n);
const seed = checkInteger('--seed', Number(values.seed), 0, 0xffffffff);
if (values.browser) {
  const port = checkInteger('--port', Number(values.port), 1, 65_535);
  await peopleInBrowser({ n, people, added, seed, port });
  process.exit();
}
const kinds = ['flat', 'ivf', 'ivfpq'] as const;
const wanted = values.kind ?? automaticSpec(n, 128).kind;
const kind = kinds.find((one) => one === wanted);
if (!kind) throw new Error(`--kind is one of ${kinds.join(', ')}`);

const made = syntheticFaces({ faces: n + added, people }, createPrng(seed));
const { d } = made;
const vectorOf = (faceKey: number) => made.vectors.subarray((faceKey - 1) * d, faceKey * d);
const inPhoto = new Map<number, number>();
const faces = Array.from({ length: n + added }, (_, i): Face => {
  const photo = made.photo[i]!;
  const place = inPhoto.get(photo) ?? 0;
  inPhoto.set(photo, place + 1);
  return {
    id: faceId(photo, place),
    faceKey: i + 1,
    photo,
    quality: made.good[i] ? 'good' : 'unsure',
  };
});
const old = faces.slice(0, n);
const later = faces.slice(n);

const kernels = nodeSimdKernels();
const index = new SegmentedIndex(kernels, { spaceId: 'synthetic', metric: 'l2sq', d });
{
  const faceKeys = Uint32Array.from(old, ({ faceKey }) => faceKey);
  const vectors = made.vectors.subarray(0, n * d);
  index.addAll(faceKeys, vectors);
  if (kind !== 'flat') {
    const compaction = index.beginCompaction();
    const builder = await trainIndex(kernels, index, { kind }, vectors);
    builder.add(faceKeys, vectors);
    const sealed = builder.seal();
    index.commit(sealed.serialize(), compaction);
    sealed.dispose();
  }
}
const vectors = engineVectors(index);
const empty = buildConstraints([]);

say('one by one');
const grown = new Clusters(vectors, empty);
const oneByOneMs = await timed(() => {
  for (const face of old) grown.add(face);
});
const oneByOne = { ms: round(oneByOneMs), ...score(grown) };

say('all anew');
let batchMs = 0;
const clusterMs = await timed(async () => {
  const start = performance.now();
  const batch = await batchVectors(kernels, index);
  batchMs = performance.now() - start;
  await grown.recluster({}, batch);
  batch.dispose();
});
const anew = score(grown);

say('naming');
const names = grown.clusters().filter((faceKeys) => faceKeys.length >= MIN_GROUP);
const trueOfPerson = new Map(
  names.map((faceKeys, i) => [
    `p${i}`,
    mostFrequent(faceKeys.map((faceKey) => made.person[faceKey - 1]!)),
  ]),
);
const log: Log = [
  nextEntry(
    [],
    names.flatMap((faceKeys, i) => [
      {
        kind: 'labelCluster',
        person: `p${i}`,
        faces: faceKeys.map((faceKey) => faces[faceKey - 1]!.id),
      },
      { kind: 'name', person: `p${i}`, name: `Person ${i}` },
    ]),
    0,
  ),
];
const constraints = buildConstraints(log);
const resolveMs = await timed(() => grown.setConstraints(buildConstraints(log)));
let all = assignPeople(grown.faces(), constraints);
const peopleMs = await timed(() => {
  all = assignPeople(grown.faces(), constraints);
});
const faceOf = (faceKey: number) => grown.face(faceKey)?.face;
const known = { people: all, constraints, vectors, faceOf };

const rankTimes: number[] = [];
const answers = { good: { asked: 0, first: 0, sure: 0, sureRight: 0 }, unsure: 0, unsureFirst: 0 };
for (const { faceKey, quality } of later) {
  const start = performance.now();
  const { verdict, ranked } = rankPeople(vectorOf(faceKey), known);
  rankTimes.push(performance.now() - start);
  const right = trueOfPerson.get(ranked[0]?.person.id ?? '') === made.person[faceKey - 1];
  if (quality !== 'good') {
    answers.unsure++;
    answers.unsureFirst += Number(right);
    continue;
  }
  const isSure = verdict.kind === 'almost-surely';
  answers.good.asked++;
  answers.good.first += Number(right);
  answers.good.sure += Number(isSure);
  answers.good.sureRight += Number(isSure && right);
}
const suggestTimes: number[] = [];
for (const person of all.people.slice(0, 20)) {
  suggestTimes.push(await timed(() => suggestionsFor(person, known, { limit: 50 })));
}
const questionsMs = await timed(() => questions(known, 50));

say('one more');
const addTimes: number[] = [];
for (const face of later) {
  addTimes.push(
    await timed(() => {
      index.add(face.faceKey, vectorOf(face.faceKey));
      grown.add(face);
    }),
  );
}

printRow({
  bench: 'people-synthetic',
  faces: n,
  people,
  kind,
  clusterMs: round(clusterMs),
  batchMs: round(batchMs),
  ...anew,
  oneByOne,
  addMs: round(quantile(addTimes, 0.5), 2),
  addP99Ms: round(quantile(addTimes, 0.99), 2),
  addMaxMs: round(Math.max(...addTimes), 2),
  resolveMs: round(resolveMs),
  peopleMs: round(peopleMs),
  rankMs: round(quantile(rankTimes, 0.5), 2),
  suggestMs: round(quantile(suggestTimes, 0.5)),
  questionsMs: round(questionsMs),
  firstRight: round(answers.good.first / answers.good.asked, 4),
  sure: round(answers.good.sure / answers.good.asked, 4),
  sureRight: round(answers.good.sureRight / Math.max(1, answers.good.sure), 4),
  unsureFirstRight: round(answers.unsureFirst / Math.max(1, answers.unsure), 4),
});

async function timed(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function score(clusters: Clusters) {
  const clusterOf = new Map<number, number>();
  const groups = clusters.clusters().filter((faceKeys) => faceKeys.length >= MIN_GROUP);
  groups.forEach((faceKeys, i) => {
    for (const faceKey of faceKeys) clusterOf.set(faceKey, i);
  });
  const among = (some: readonly Face[]) =>
    pairwise(
      some.map(({ faceKey }) => clusterOf.get(faceKey)),
      some.map(({ faceKey }) => made.person[faceKey - 1]!),
    );
  const { precision, recall } = among(old.filter(({ quality }) => quality === 'good'));
  return {
    clusters: groups.length,
    precision: round(precision, 4),
    recall: round(recall, 4),
    recallAll: round(among(old).recall, 4),
  };
}

function mostFrequent(labels: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return [...counts].reduce((a, b) => (b[1] > a[1] ? b : a))[0];
}
