import { useCallback, useEffect, useState } from 'react';
import type { PhotoId } from '../../protocol/index.ts';
import { useUi } from './ui.ts';
import { useLoad } from './use-load.ts';

/** The photo itself as an address the browser can show; `null` until it is there, or if it is not. */
export function useOriginal(id: PhotoId): string | null {
  const { akin } = useUi();
  const { value: blob } = useLoad(useCallback(() => akin.original(id), [akin, id]));
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    if (!blob) return;
    const made = URL.createObjectURL(blob);
    setUrl(made);
    return () => {
      setUrl(null);
      URL.revokeObjectURL(made);
    };
  }, [blob]);
  return url;
}
