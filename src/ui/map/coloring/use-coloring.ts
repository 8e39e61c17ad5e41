import { useCallback } from 'react';
import type { Akin, GallerySnapshot } from '../../../engine/index.ts';
import { NO_CLUSTER, type PhotoMap, type QueryAnswer } from '../../../protocol/index.ts';
import { shortRange } from '../../pure/format.ts';
import { indexOfId } from '../../pure/gallery/ids.ts';
import { monthOf } from '../../pure/gallery/month.ts';
import { hitsOf } from '../../pure/query/query-message.ts';
import type { PageTerm } from '../../pure/query/terms.ts';
import { type Loaded, useLoad } from '../../state/hooks/use-load.ts';
import { useObservable } from '../../state/hooks/use-observable.ts';
import { useUi } from '../../state/ui.ts';
import { t } from '../../text/t.ts';
import {
  byCategory,
  byNumber,
  byRank,
  type ColorBy,
  type Coloring,
  MOST_HUES,
} from '../pure/colors.ts';

/** Spans up to this long are told apart by day. */
const DAY_MS = 86_400_000;
const FEW_DAYS_MS = 70 * DAY_MS;
/** Ranks at which the color of results changes. */
const RANKS = [10, 30, 100, 240];

/** The answer to a query, and its terms. */
export interface Answered {
  readonly of: readonly PageTerm[];
  readonly answer: QueryAnswer;
}

/**
 * The color of each photo of the map.
 *
 * @param answer `null` until it is there
 */
export function useColoring(
  map: PhotoMap,
  by: ColorBy,
  gallery: GallerySnapshot,
  words: ReadonlyMap<number, string>,
  answer: Answered | null,
): Loaded<Coloring> {
  const { akin } = useUi();
  const items = useObservable(akin.items.version);
  const people = useObservable(akin.faces.version);
  const version = by === 'item' ? items : by === 'person' ? people : 0;
  // Others don't load anew with each photo that is imported.
  const dated = by === 'date' ? gallery : null;
  const named = by === 'cluster' ? words : null;
  const ranked = by === 'query' ? answer : null;
  return useLoad(
    // biome-ignore lint/correctness/useExhaustiveDependencies: a new version changes the answer
    useCallback(async () => {
      if (by === 'item') return byItem(akin, map);
      if (by === 'person') return byPerson(akin, map);
      if (dated) return byDate(map, dated);
      if (by === 'query') return byAnswer(map, ranked);
      return byCluster(map, named ?? new Map());
    }, [akin, map, by, version, dated, named, ranked]),
  );
}

/** What a cluster is called: its word, or else its number. */
export function clusterName(cluster: number, words: ReadonlyMap<number, string>): string {
  return words.get(cluster) ?? t('map.cluster', { number: cluster + 1 });
}

function byCluster(map: PhotoMap, words: ReadonlyMap<number, string>): Coloring {
  const members: number[][] = map.clusterList.map(() => []);
  for (const [i, cluster] of map.clusters.entries()) {
    if (cluster !== NO_CLUSTER) members[cluster]?.push(i);
  }
  return byCategory(
    map.ids.length,
    members.map((each, cluster) => ({ label: clusterName(cluster, words), members: each })),
  );
}

function byDate(map: PhotoMap, gallery: GallerySnapshot): Coloring {
  const taken = Float64Array.from(map.ids, (id) => {
    const place = indexOfId(gallery.ids, id);
    return place < 0 ? Number.NaN : gallery.takenAt[place]!;
  });
  const known = taken.filter((each) => !Number.isNaN(each)).sort();
  const days = known.length > 0 && known.at(-1)! - known[0]! <= FEW_DAYS_MS;
  // Photos of the same day, or month, have the same color.
  const start = (ms: number) => {
    const month = monthOf(ms);
    return days ? ms - (ms % DAY_MS) : Date.UTC(Math.floor(month / 12), month % 12);
  };
  return byNumber(taken.map(start), (from, to) => shortRange(from, to, days));
}

async function byItem(akin: Akin, map: PhotoMap): Promise<Coloring> {
  const categories = new Map<string, { label: string; members: number[] }>();
  for (const [photo, item] of await akin.items.of([...map.ids])) {
    const category = categories.get(item.key) ?? {
      label: item.title || item.sku || t('common.unnamed'),
      members: [],
    };
    categories.set(item.key, category);
    category.members.push(indexOfId(map.ids, photo));
  }
  return byCategory(map.ids.length, [...categories.values()]);
}

async function byPerson(akin: Akin, map: PhotoMap): Promise<Coloring> {
  const { people, groups } = await akin.faces.people();
  const shown = people.filter(({ hidden }) => !hidden);
  // People who were named come before groups that nobody has looked at.
  const some = [...shown.sort((a, b) => b.photos - a.photos), ...groups].slice(0, MOST_HUES);
  const categories = await Promise.all(
    some.map(async ({ key, name }) => {
      const photos = await akin.faces.search({ all: [key], any: [], none: [] });
      const members = photos.map((id) => indexOfId(map.ids, id)).filter((i) => i >= 0);
      return { label: name || t('people.unnamedPerson'), members };
    }),
  );
  return byCategory(map.ids.length, categories);
}

function byAnswer(map: PhotoMap, answer: Answered | null): Coloring {
  const hits = answer ? hitsOf(answer.of, answer.answer) : [];
  const listed = answer?.answer.ranked ? hits.slice(0, answer.answer.end) : hits;
  const indexes = listed.map(({ id }) => indexOfId(map.ids, id)).filter((i) => i >= 0);
  if (answer?.answer.ranked !== true) {
    const steps = [{ upTo: indexes.length, label: t('map.results') }];
    return byRank(map.ids.length, indexes, steps);
  }
  const steps = RANKS.map((upTo, i) => ({
    upTo,
    label: t('map.ranks', { from: (RANKS[i - 1] ?? 0) + 1, to: Math.min(upTo, indexes.length) }),
  }));
  return byRank(map.ids.length, indexes, steps);
}
