import { useCallback, useEffect } from 'react';
import { type MoveRoute, moveRoute } from '../../pure/settings/model-text.ts';
import { useUi } from '../ui.ts';
import { useLoad } from './use-load.ts';
import { useObservable } from './use-observable.ts';

/** The list of models, reloaded whenever models, photos or a move change. */
export function useModels() {
  const { akin } = useUi();
  const version = useObservable(akin.models.version);
  const { length } = useObservable(akin.gallery);
  const { state } = useObservable(akin.moving.work);
  const loaded = useLoad(useCallback(() => akin.models.list(), [akin]));
  const { reload } = loaded;
  // biome-ignore lint/correctness/useExhaustiveDependencies: reload when any of these changes
  useEffect(reload, [version, length, state, reload]);
  return loaded;
}

const NOWHERE: MoveRoute = { to: null, back: null };

/** The models that the library is moving between; both `null` if it isn't, or while loading. */
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
  // biome-ignore lint/correctness/useExhaustiveDependencies: a move may be reversed
  useEffect(reload, [version, state, reload]);
  return value ?? NOWHERE;
}
