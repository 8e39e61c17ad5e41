/**
 * Does Akin find a thing inside a photo? Pastes photos of products at 10 to 40 % of the area onto
 * other photos, and searches both ways through the real pipeline in a real browser. `photo`: another
 * photo of the same class must find the composite; `box`: the box on the composite must find another
 * photo of the class.
 *
 *   npm run bench:regions [-- <folder of the photo sets>] [--each 20] [--seed 1]
 *
 * `whole` compares whole photos only; `regions` is the app's own search. `insideBox` is the share of
 * correct first results whose reported match has its center in the pasted photo; null without any.
 * `whyInsideBox` is the share of queries with a correct result whose brightest cell, as explained by
 * `akin.explain`, has its center in the pasted photo.
 */
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from '@playwright/test';
import { openApp, startSession } from '../scripts/session.ts';
import type { Box } from '../src/base/boxes.ts';
import { checkInteger } from '../src/base/checks.ts';
import { type Exported, exportedVectors } from './browser/classFolders.ts';
import { type Composite, composites, picturesOf, splitClasses } from './browser/composites.ts';
import { importBytes, readPhoto } from './browser/importBytes.ts';
import { precisionAt } from './browser/ranking.ts';
import { printRow, round, say } from './browser/rows.ts';

const { values, positionals } = parseArgs({
  options: {
    each: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
  },
  allowPositionals: true,
});
const each = checkInteger('--each', Number(values.each), 1, 1000);
const seed = checkInteger('--seed', Number(values.seed), 0, 2 ** 31);
const [data = '../shared/data'] = positionals;
const K = 10;
const SETS = { clothing: 'clothing', grocery: 'grocery/photos' };

const mean = (all: readonly number[]) => all.reduce((sum, value) => sum + value, 0) / all.length;

/** Ids by their vectors' similarity to a photo's, best first. */
function nearestWhole(of: number, among: ReadonlySet<number>, exported: Exported): number[] {
  const { ids, d, vectors } = exported;
  const from = ids.indexOf(of) * d;
  return ids
    .flatMap((id, i) => {
      if (!among.has(id)) return [];
      let ip = 0;
      for (let j = 0; j < d; j++) ip += vectors[from + j]! * vectors[i * d + j]!;
      return [{ id, ip }];
    })
    .sort((a, b) => b.ip - a.ip || a.id - b.id)
    .slice(0, K)
    .map(({ id }) => id);
}

interface Pair {
  readonly query: number;
  readonly hit: { readonly id: number; readonly box: Box | null };
}

/** Per result, the center of the cell that makes it most similar to its query, as a tiny box. */
function brightest(page: Page, pairs: readonly Pair[]): Promise<Box[]> {
  return page.evaluate(async (pairs) => {
    const cells: Box[] = [];
    for (const { query, hit } of pairs) {
      const { result } = await window.akin!.explain(
        { terms: [{ photo: query }] },
        { id: hit.id, ...(hit.box && { box: hit.box }) },
      );
      const { width, height, view, weights } = result;
      const cell = weights.indexOf(Math.max(...weights));
      cells.push({
        x: view.x + (view.width * ((cell % width) + 0.5)) / width,
        y: view.y + (view.height * (Math.floor(cell / width) + 0.5)) / height,
        width: 0,
        height: 0,
      });
    }
    return cells;
  }, pairs);
}

interface Asked {
  readonly photo: number;
  readonly box: Box | null;
}

/** The app's answers: per query, the ids of the photos found in a folder, with the matching boxes. */
function ask(page: Page, queries: readonly Asked[], folder: string) {
  return page.evaluate(
    async ({ queries, folder, k }) => {
      const answers: { id: number; box: Box | null }[][] = [];
      for (const { photo, box } of queries) {
        const term = box ? { region: { photo, box } } : { photo };
        const answer = await window.akin!.query({ terms: [term], filter: { folder: [folder] }, k });
        const hits = answer.ranked ? answer.hits : [];
        answers.push(hits.map((hit) => ({ id: hit.id, box: (hit as { box?: Box }).box ?? null })));
      }
      return answers;
    },
    { queries, folder, k: K },
  );
}

function isInside(box: Box | null, outer: Box): boolean {
  if (!box) return false;
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const { x: left, y: top, width, height } = outer;
  return x >= left && x <= left + width && y >= top && y <= top + height;
}

for (const [set, folder] of Object.entries(SETS)) {
  const photos = join(data, 'photos');
  if (!existsSync(join(data, folder)) || !existsSync(photos)) {
    say(`${set}: skipped, because ${data} doesn’t have ${folder} and photos.`);
    continue;
  }
  const classes = splitClasses(join(data, folder), each, seed);
  const session = await startSession({ switches: ['--disable-gpu'] });
  const { page } = session;
  await openApp(session);

  const made = new Map<number, Composite>();
  const classOf = new Map<number, string>();
  const all: Composite[] = [];
  for await (const each of composites(classes, picturesOf(photos), seed)) all.push(each);
  for (const { name, id } of await importBytes(
    page,
    all.map(({ name, jpeg }) => ({ name, bytes: jpeg })),
    'composites',
  )) {
    const composite = all.find((each) => each.name === name)!;
    made.set(id, composite);
    classOf.set(id, composite.class);
  }
  const rest = classes.flatMap(({ name, others }) => others.map((path) => ({ class: name, path })));
  const files = rest.map(({ class: of, path }) => ({
    ...readPhoto(path),
    name: `${of} ${basename(path)}`,
  }));
  for (const { name, id } of await importBytes(page, files, 'others')) {
    const at = files.findIndex((file) => file.name === name);
    classOf.set(id, rest[at]!.class);
  }
  const pasted = new Set(made.keys());
  const others = new Set([...classOf.keys()].filter((id) => !pasted.has(id)));
  say(`${set}: ${pasted.size} composites, ${others.size} other photos`);
  const exported = await exportedVectors(page);
  const { netMs, msByStage } = await page.evaluate(() => window.akin!.timings());
  const { regions, index } = await page.evaluate(() => window.akin!.stats());
  const costs = {
    importShare: round((msByStage.regions ?? 0) / (netMs + (msByStage.regions ?? 0)), 4),
    bytesPerPhoto: round(regions.bytes / Math.max(1, regions.photos)),
    diskBytesPerPhoto: regions.photos > 0 ? 8 + 4 * index.d : 0,
  };

  const directions = [
    { direction: 'photo', from: others, among: pasted, folder: 'composites' },
    { direction: 'box', from: pasted, among: others, folder: 'others' },
  ];
  for (const { direction, from, among, folder } of directions) {
    const queries = [...from];
    const asked = queries.map((photo) => ({ photo, box: made.get(photo)?.box ?? null }));
    const answers = await ask(page, asked, folder);
    const scores = (rankings: readonly (readonly number[])[]) => {
      const at = (k: number) =>
        mean(
          rankings.map((ranking, i) =>
            precisionAt(ranking, k, (id) => classOf.get(id) === classOf.get(queries[i]!)),
          ),
        );
      return { precision1: round(at(1), 4), precision10: round(at(K), 4) };
    };
    const right = answers.flatMap(([first], i) =>
      first && classOf.get(first.id) === classOf.get(queries[i]!) ? [first] : [],
    );
    const boxes = right.filter(({ box }) => box !== null);
    const pairs = answers.flatMap((answer, i) => {
      const query = queries[i]!;
      const hit = answer.find(({ id }) => classOf.get(id) === classOf.get(query));
      return direction === 'photo' && hit ? [{ query, hit }] : [];
    });
    const cells = await brightest(page, pairs);
    const insides = cells.map((cell, i) => Number(isInside(cell, made.get(pairs[i]!.hit.id)!.box)));
    printRow({
      bench: 'regions',
      set,
      direction,
      queries: queries.length,
      photos: among.size,
      whole: scores(queries.map((id) => nearestWhole(id, among, exported))),
      regions: scores(answers.map((answer) => answer.map(({ id }) => id))),
      insideBox:
        direction === 'photo' && boxes.length > 0
          ? round(mean(boxes.map(({ id, box }) => Number(isInside(box, made.get(id)!.box)))), 4)
          : null,
      whyInsideBox: insides.length > 0 ? round(mean(insides), 4) : null,
      whyQueries: insides.length,
      ...costs,
    });
  }
  await session.close();
}
