import { useCallback, useEffect, useRef, useState } from 'react';
import type { LabMeasure, LabMeasureRequest } from '../../../protocol/index.ts';
import { useUi } from '../../state/ui.ts';

/** An index to measure. */
export interface MeasuringJob {
  readonly key: string;
  readonly name: string;
  readonly request: LabMeasureRequest;
}

export interface Measuring<J extends MeasuringJob> {
  /** In the order of the jobs; without rows if one failed. */
  readonly measured: readonly { readonly job: J; readonly rows: readonly LabMeasure[] }[];
  /** What is measured at the moment. */
  readonly current: J | null;
  readonly isStopped: boolean;
  readonly stop: () => void;
  readonly resume: () => void;
}

/**
 * Measures one index after the other while `isOn`; what is measured stays.
 *
 * @param jobs memoize them
 */
export function useMeasured<J extends MeasuringJob>(
  jobs: readonly J[],
  isOn: boolean,
): Measuring<J> {
  const { akin } = useUi();
  const [measured, setMeasured] = useState<Measuring<J>['measured']>([]);
  const [current, setCurrent] = useState<J | null>(null);
  const [isStopped, setStopped] = useState(false);
  const done = useRef(new Set<string>());
  useEffect(() => {
    if (!isOn || isStopped) return;
    const controller = new AbortController();
    const { signal } = controller;
    const run = async () => {
      for (const job of jobs) {
        if (done.current.has(job.key)) continue;
        setCurrent(job);
        const rows = await akin.lab
          .measure(job.request, { signal })
          // One that fails, such as for lack of memory, doesn't end the others.
          .catch(() => []);
        if (signal.aborted) return;
        done.current.add(job.key);
        setMeasured((old) => [...old, { job, rows }]);
      }
      setCurrent(null);
    };
    void run();
    return () => {
      controller.abort();
      setCurrent(null);
    };
  }, [akin, jobs, isOn, isStopped]);
  return {
    measured,
    current,
    isStopped,
    stop: useCallback(() => setStopped(true), []),
    resume: useCallback(() => setStopped(false), []),
  };
}
