import { useRef } from 'react';
import type { PhotoId } from '../../../../protocol/index.ts';
import { resultMark } from '../../../pure/query/result-mark.ts';
import type { PageTerm } from '../../../pure/query/terms.ts';
import { t } from '../../../text/t.ts';
import { attempt } from '../../actions/attempt.ts';
import { useUi } from '../../ui.ts';

interface Recorded {
  readonly mark: 'more' | 'less';
  /** The entry of the log; `null` if none was made. */
  readonly entry: Promise<number | null>;
}

/**
 * Records the marks of results, to learn from. A mark is taken back when its photo leaves the query,
 * or when it is marked otherwise there.
 */
export function useResultMarks(): {
  readonly record: (terms: readonly PageTerm[], id: PhotoId, mark: 'more' | 'less') => void;
  readonly follow: (next: readonly PageTerm[]) => void;
} {
  const { akin, showToast } = useUi();
  const { pairs } = akin.teach;
  const recorded = useRef(new Map<PhotoId, Recorded>());
  const tried = <T>(what: () => Promise<T>) => attempt(showToast, t('teach.markFailed'), what);
  return {
    record(terms, id, mark) {
      const said = resultMark(terms, id, mark);
      if (said) recorded.current.set(id, { mark, entry: tried(() => pairs.mark(said)) });
    },
    follow(next) {
      for (const [id, { mark, entry }] of recorded.current) {
        if (next.some((term) => term.kind === 'photo' && term.id === id && term.mark === mark)) {
          continue;
        }
        recorded.current.delete(id);
        void entry.then(async (made) => {
          if (made !== null) await tried(() => pairs.undo(made));
        });
      }
    },
  };
}
