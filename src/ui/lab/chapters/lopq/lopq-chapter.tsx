import { useMemo } from 'react';
import { t } from '../../../text/t.ts';
import { useStep } from '../../frame/chapter-frame.tsx';
import { TooFew } from '../../frame/too-few.tsx';
import { useLab } from '../../state/lab-context.ts';
import { useMeasured } from '../../state/use-measured.ts';
import { CellStep } from './cell-step.tsx';
import { ErrorsStep } from './errors-step.tsx';
import { RecallStep, recallJobs } from './recall-step.tsx';
import { LEAST_FOR_LOPQ, lopqSpecs } from './specs.ts';
import { LOPQ_STEPS, lopqText } from './steps.ts';
import { VarianceStep } from './variance-step.tsx';

/** Locally optimized product quantization. */
export function LopqChapter() {
  const { sample, k } = useLab();
  const step = useStep(LOPQ_STEPS);
  const n = sample.ids.length;
  const isEnough = n >= LEAST_FOR_LOPQ;
  const specs = useMemo(() => lopqSpecs(n, sample.d), [n, sample]);
  const jobs = useMemo(() => (isEnough ? recallJobs(specs, n, k) : []), [isEnough, specs, n, k]);
  const measuring = useMeasured(jobs, step === LOPQ_STEPS);
  if (!isEnough) return <TooFew text={lopqText()} needed={LEAST_FOR_LOPQ} />;
  if (step <= 2) return <CellStep specs={specs} isTurned={step === 2} />;
  if (step === 3) return <VarianceStep specs={specs} />;
  if (step === 4) return <ErrorsStep specs={specs} />;
  return <RecallStep jobs={jobs} measuring={measuring} warning={warningOf(n, sample.d)} />;
}

/** What whole vectors need for rotations of several cells. */
function warningOf(n: number, d: number): string | null {
  if (n < d) return t('lab.lopq.unrotated', { needed: d });
  return n < 4 * d ? t('lab.lopq.oneCell', { needed: 4 * d }) : null;
}
