import { useEffect, useState } from 'react';
import { pictureType } from '../../../engine/index.ts';
import { objectUrl } from '../object-url.ts';

/**
 * An address under which the browser shows a picture; `null` until its first bytes were looked at, and
 * for whatever is not a picture. Wherever the picture comes from: a file that is asked about, or the
 * library, which an older version or another program may have written.
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
      () => {} /* It can't be read: there is nothing to show. */,
    );
    return () => {
      gone = true;
      setUrl(null);
      if (made !== null) URL.revokeObjectURL(made);
    };
  }, [file]);
  return url;
}
