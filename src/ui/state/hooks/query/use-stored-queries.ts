import { useCallback } from 'react';
import type { StoredQuery } from '../../../../protocol/index.ts';
import { useUi } from '../../ui.ts';
import { useVersionedLoad } from '../use-versioned-load.ts';

/** Recent and saved searches, newest first; `null` until they are loaded. */
export function useStoredQueries(): readonly StoredQuery[] | null {
  const { akin } = useUi();
  return useVersionedLoad(
    akin.queries.version,
    useCallback(() => akin.queries.list(), [akin]),
  ).value;
}
