import { useEffect, useState } from 'react';
import { pictureType } from '../../../engine/index.ts';
import { objectUrl } from '../object-url.ts';

/**
 * Object URL of a picture; `null` until its first bytes are checked, and for anything that isn't a
 * picture. Checks every source: files being identified, and the library, which an older version or
 * another program may have written.
 */
export function usePictureUrl(file: Blob | null): string | null {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    if (!file) return;
    let made: string | null = null;
    let gone = false;
    pictureType(file).then(
      (type) => {
        if (gone || type === null) return;
        made = objectUrl(file, type);
        setUrl(made);
      },
      () => {} /* Unreadable: show nothing. */,
    );
    return () => {
      gone = true;
      setUrl(null);
      if (made !== null) URL.revokeObjectURL(made);
    };
  }, [file]);
  return url;
}
