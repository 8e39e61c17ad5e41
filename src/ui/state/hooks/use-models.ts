import { useCallback, useEffect } from 'react';
import { type MoveRoute, moveRoute } from '../../pure/settings/model-text.ts';
import { useUi } from '../ui.ts';
import { useLoad } from './use-load.ts';
import { useObservable } from './use-observable.ts';

/** The models there are, read again whenever they, the photos or a move change. */
export function useModels() {
  const { akin } = useUi();
  const version = useObservable(akin.models.version);
  const { length } = useObservable(akin.gallery);
  const { state } = useObservable(akin.moving.work);
  const loaded = useLoad(useCallback(() => akin.models.list(), [akin]));
  const { reload } = loaded;
  // biome-ignore lint/correctness/useExhaustiveDependencies: told anew when any of these changes
  useEffect(reload, [version, length, state, reload]);
  return loaded;
}

const NOWHERE: MoveRoute = { to: null, back: null };

/** Between which models the library moves; neither while it doesn't, or that isn't known yet. */
export function useMoveRoute(): MoveRoute {
  const { akin } = useUi();
  const version = useObservable(akin.models.version);
  const { state } = useObservable(akin.moving.work);
  const isMoving = state !== 'idle';
  const load = useCallback(async () => {
    if (!isMoving) return NOWHERE;
    const [report, models] = await Promise.all([akin.moving.report(), akin.models.list()]);
    return moveRoute(report, models);
  }, [akin, isMoving]);
  const { value, reload } = useLoad(load);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a move may be turned around
  useEffect(reload, [version, state, reload]);
  return value ?? NOWHERE;
}
