import type { PhotoId, TraceStep } from '../../../protocol/index.ts';
import { t } from '../../text/t.ts';

/** What kept a search from finding a photo, as its trace shows. */
export type WhyMissed = 'cell' | 'leaf' | 'bucket' | 'walk' | 'cut' | 'rank';

const OPENED = { cell: 'cell', leaf: 'leaf', bucket: 'bucket', hop: 'walk' } as const;

/** Why a photo isn't among the results, given that it isn't. */
export function whyMissed(trace: readonly TraceStep[], id: PhotoId): WhyMissed {
  let never: WhyMissed | null = null;
  for (const step of trace) {
    if (!(step.step in OPENED)) continue;
    const opened = step as Extract<TraceStep, { step: keyof typeof OPENED }>;
    const met = opened.step === 'hop' ? opened.neighbours : opened.ids;
    if (met.includes(id)) return ranked(trace, id);
    never = OPENED[opened.step];
  }
  return never ?? ranked(trace, id);
}

/** It was compared, and others came before it. */
function ranked(trace: readonly TraceStep[], id: PhotoId): WhyMissed {
  const isReranked = trace.some((step) => step.step === 'rerank' && step.from !== 'codes');
  const scan = trace.find((step) => step.step === 'scan');
  const isCut = isReranked && scan && scan.ids.length > 0 && !scan.ids.includes(id);
  return isCut ? 'cut' : 'rank';
}

export function whyMissedText(trace: readonly TraceStep[], id: PhotoId): string {
  return t(`lab.why.${whyMissed(trace, id)}`);
}
