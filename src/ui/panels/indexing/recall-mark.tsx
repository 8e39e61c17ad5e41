import type { IndexKind } from '../../../protocol/index.ts';

/** Each type has its own shape as well as color. Paths are centred on 0, 0 and about 10 wide. */
export const MARK_PATHS: Record<IndexKind, string> = {
  flat: 'M-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0 -9 0z',
  ivf: 'M-4-4h8v8h-8z',
  pq: 'M0-5L5 3.8H-5z',
  opq: 'M0 5L5-3.8H-5z',
  ivfpq: 'M0-5.6L5.6 0L0 5.6L-5.6 0z',
  hnsw: 'M-4.6-4.6L0-1.6L4.6-4.6L1.6 0L4.6 4.6L0 1.6L-4.6 4.6L-1.6 0z',
  lopq: 'M-1.8-5h3.6v3.2h3.2v3.6h-3.2v3.2h-3.6v-3.2h-3.2v-3.6h3.2z',
  kdtree: 'M-4.6 4.6V-4.6L4.6 4.6z',
  forest: 'M0-5.4L3-1H1.6L5 4.6H-5L-1.6-1H-3z',
  lsh: 'M-5.4-2.4h10.8v4.8H-5.4z',
  itq: 'M0-5.2L4.6-2.6V2.6L0 5.2L-4.6 2.6V-2.6z',
};

interface RecallMarkProps {
  kind: IndexKind;
  /** For a second index of the same type. */
  hollow: boolean;
}

export function RecallMark({ kind, hollow }: RecallMarkProps) {
  return (
    <svg
      className="recall-mark"
      data-kind={kind}
      data-hollow={hollow || undefined}
      viewBox="-7 -7 14 14"
      aria-hidden="true"
      focusable="false"
    >
      <path d={MARK_PATHS[kind]} />
    </svg>
  );
}
