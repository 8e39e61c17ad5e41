import { useCallback } from 'react';
import type { PhotoId } from '../../protocol/index.ts';
import { useUi } from './ui.ts';
import { useLoad } from './use-load.ts';
import { usePictureUrl } from './use-picture-url.ts';

/** The photo itself as an address the browser can show; `null` until it is there, or if it is not. */
export function useOriginal(id: PhotoId): string | null {
  const { akin } = useUi();
  const { value: blob } = useLoad(useCallback(() => akin.original(id), [akin, id]));
  return usePictureUrl(blob);
}
