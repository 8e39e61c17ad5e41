import { useEffect, useState } from 'react';
import type { PhotoMap } from '../../../protocol/index.ts';
import { useUi } from '../../state/ui.ts';
import { shownLanguage } from '../../text/language.ts';

/** Clusters that are asked about at most, the largest. */
const MOST_WORDS = 80;
/** Words are shown by this many, so that the labels don't move with each. */
const AT_ONCE = 16;

/** What the central photos show, by space, language and photo; `null` if that isn't certain. */
const known = new Map<string, string | null>();
const MOST_KNOWN = 2000;

/** A word for each cluster that has one, by its place in the list. */
export function useClusterWords(map: PhotoMap): ReadonlyMap<number, string> {
  const { akin } = useUi();
  const [words, setWords] = useState<ReadonlyMap<number, string>>(new Map());
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    const language = shownLanguage();
    const load = async () => {
      const found = new Map<number, string>();
      for (const [cluster, { central }] of map.clusterList.slice(0, MOST_WORDS).entries()) {
        const key = `${map.spaceId} ${language} ${central}`;
        if (!known.has(key)) {
          if (known.size >= MOST_KNOWN) known.clear();
          known.set(key, await akin.looksLike(central, { language, signal }));
        }
        if (signal.aborted) return;
        const word = known.get(key) ?? null;
        if (word !== null) found.set(cluster, word);
        if (cluster % AT_ONCE === AT_ONCE - 1) setWords(new Map(found));
      }
      setWords(found);
    };
    // A photo that was just deleted, or models of one's own, which have no words: none then.
    load().catch(() => {});
    return () => controller.abort();
  }, [akin, map]);
  return words;
}
