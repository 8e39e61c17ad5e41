import { useCallback, useEffect, useRef, useState } from 'react';
import { useUi } from '../ui.ts';
import { usePictureUrl } from './use-picture-url.ts';

export interface Shown {
  /** An address that the browser can show; `null` until it is there, or if there is none. */
  readonly url: string | null;
  /** To be called when the browser can't show what is there. */
  readonly onError: () => void;
}

/**
 * A picture as the browser can show it: as it is, or, where it turns out that this browser does not
 * know its format, as Akin decodes it. So Safari shows HEIC itself, and the others show it too.
 */
export function useShown(picture: Blob | null): Shown {
  const { akin } = useUi();
  const [made, setMade] = useState<{ of: Blob; blob: Blob | null } | null>(null);
  const decoding = useRef<AbortController | null>(null);
  const url = usePictureUrl(picture && made?.of === picture ? made.blob : picture);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is decoded for another is not waited for
  useEffect(() => () => decoding.current?.abort(), [picture]);
  const onError = useCallback(() => {
    if (!picture) return;
    setMade({ of: picture, blob: null });
    // What Akin made of it can't be shown either.
    if (made?.of === picture) return;
    const controller = new AbortController();
    decoding.current = controller;
    akin.showable(picture, { signal: controller.signal }).then(
      (blob) => setMade({ of: picture, blob }),
      () => {}, // It stays without: its thumbnail is all there is to see.
    );
  }, [akin, picture, made]);
  return { url, onError };
}
