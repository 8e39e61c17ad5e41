import { useCallback } from 'react';
import type { PhotoId } from '../../../../protocol/index.ts';
import { useUi } from '../../ui.ts';
import { useLoad } from '../use-load.ts';
import { type Shown, useShown } from '../use-shown.ts';

/** The original at full size. */
export function useOriginal(id: PhotoId): Shown {
  const { akin } = useUi();
  const { value: blob } = useLoad(useCallback(() => akin.original(id), [akin, id]));
  return useShown(blob);
}
