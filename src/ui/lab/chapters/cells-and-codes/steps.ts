import { t } from '../../../text/t.ts';

/** What a step shows: arrows, all residuals at one origin, a search, or its reranking. */
export interface CodesStepPlan {
  readonly show: 'arrows' | 'moved' | 'search' | 'rerank';
  readonly text: string;
  readonly search: {
    readonly spec: {
      readonly kind: 'ivfpq';
      readonly nlist: number;
      readonly M?: number;
      readonly nbits?: 4;
      readonly opq: false;
      readonly rerank: 'none' | 'float32';
    };
    readonly dimensions?: number;
    readonly nprobe?: number;
    readonly rerank?: number;
  };
}

/** Cells shown with arrows, one step each. */
const ARROWS = [1, 2, 4];

/** Cells on the plane: few, so that arrows are long enough to see. */
const MOST_ON_PLANE = 8;

/** Candidates to rerank per result. */
const RERANK = 10;

/** The chapter's steps for a number of photos, and of results. */
export function stepsOf(photos: number, k: number): readonly CodesStepPlan[] {
  const nlist = Math.min(64, Math.max(4, 2 ** Math.round(Math.log2(Math.sqrt(photos)))));
  const onPlane = {
    spec: {
      kind: 'ivfpq',
      nlist: Math.min(nlist, MOST_ON_PLANE),
      M: 1,
      nbits: 4,
      opq: false,
      rerank: 'none',
    },
    dimensions: 2,
  } as const;
  // Without a rotation, which takes long to learn.
  const spec = { kind: 'ivfpq', nlist, opq: false, rerank: 'float32' } as const;
  const probes: number[] = [];
  for (let nprobe = 1; nprobe <= nlist / 2; nprobe *= 2) probes.push(nprobe);
  return [
    ...ARROWS.map((nprobe): CodesStepPlan => {
      const text = t('lab.cellsAndCodes.arrows', { count: nprobe });
      return { show: 'arrows', text, search: { ...onPlane, nprobe } };
    }),
    { show: 'moved', text: t('lab.cellsAndCodes.moved'), search: onPlane },
    ...probes.map((nprobe): CodesStepPlan => {
      const text = t('lab.cellsAndCodes.opened', { count: nprobe });
      return { show: 'search', text, search: { spec, nprobe, rerank: 0 } };
    }),
    {
      show: 'rerank',
      text: t('lab.cellsAndCodes.rerank', { count: RERANK * k }),
      search: { spec, nprobe: probes.at(-1)!, rerank: RERANK * k },
    },
  ];
}
