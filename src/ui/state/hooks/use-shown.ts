import { useCallback, useEffect, useRef, useState } from 'react';
import { useUi } from '../ui.ts';
import { usePictureUrl } from './use-picture-url.ts';

export interface Shown {
  /** Displayable URL; `null` until available, or if there is none. */
  readonly url: string | null;
  /** Call when the browser fails to display it. */
  readonly onError: () => void;
}

/**
 * A displayable version of a picture: the original or, if this browser can't decode it, a copy
 * decoded by Akin. Safari displays HEIC natively; other browsers get the copy.
 */
export function useShown(picture: Blob | null): Shown {
  const { akin } = useUi();
  const [made, setMade] = useState<{ of: Blob; blob: Blob | null } | null>(null);
  const decoding = useRef<AbortController | null>(null);
  const url = usePictureUrl(picture && made?.of === picture ? made.blob : picture);
  // biome-ignore lint/correctness/useExhaustiveDependencies: cancel decoding when the picture changes
  useEffect(() => () => decoding.current?.abort(), [picture]);
  const onError = useCallback(() => {
    if (!picture) return;
    setMade({ of: picture, blob: null });
    // The decoded copy failed too.
    if (made?.of === picture) return;
    const controller = new AbortController();
    decoding.current = controller;
    akin.showable(picture, { signal: controller.signal }).then(
      (blob) => setMade({ of: picture, blob }),
      () => {}, // Keep showing the thumbnail.
    );
  }, [akin, picture, made]);
  return { url, onError };
}
