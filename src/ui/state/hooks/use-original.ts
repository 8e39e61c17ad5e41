import { useCallback } from 'react';
import type { PhotoId } from '../../../protocol/index.ts';
import { useUi } from '../ui.ts';
import { useLoad } from './use-load.ts';
import { type Shown, useShown } from './use-shown.ts';

/** The photo itself, as large as it is. */
export function useOriginal(id: PhotoId): Shown {
  const { akin } = useUi();
  const { value: blob } = useLoad(useCallback(() => akin.original(id), [akin, id]));
  return useShown(blob);
}
