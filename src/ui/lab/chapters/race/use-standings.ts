import { useCallback, useEffect, useRef, useState } from 'react';
import { useUi } from '../../../state/ui.ts';
import { useLab } from '../../state/lab-context.ts';
import type { ReadyContender, Standing } from './racers.ts';

export interface Standings {
  /** In the order of the contenders. */
  readonly standings: readonly Standing[];
  /** What is measured at the moment. */
  readonly current: ReadyContender | null;
  readonly isStopped: boolean;
  readonly stop: () => void;
  readonly resume: () => void;
}

/**
 * Measures one type after the other while `isOn`; what is measured stays.
 *
 * @param contenders memoize them
 */
export function useStandings(contenders: readonly ReadyContender[], isOn: boolean): Standings {
  const { akin } = useUi();
  const { k } = useLab();
  const [standings, setStandings] = useState<readonly Standing[]>([]);
  const [current, setCurrent] = useState<ReadyContender | null>(null);
  const [isStopped, setStopped] = useState(false);
  const measured = useRef(new Set<string>());
  useEffect(() => {
    if (!isOn || isStopped) return;
    const controller = new AbortController();
    const { signal } = controller;
    const run = async () => {
      for (const contender of contenders) {
        if (measured.current.has(contender.key)) continue;
        setCurrent(contender);
        const { spec, plan } = contender;
        const rows = await akin.lab
          .measure({ spec, searches: plan.searches, k }, { signal })
          // One type that fails, such as for lack of memory, doesn't end the race.
          .catch(() => []);
        if (signal.aborted) return;
        measured.current.add(contender.key);
        setStandings((old) => [...old, { racer: contender, rows }]);
      }
      setCurrent(null);
    };
    void run();
    return () => {
      controller.abort();
      setCurrent(null);
    };
  }, [akin, k, contenders, isOn, isStopped]);
  return {
    standings,
    current,
    isStopped,
    stop: useCallback(() => setStopped(true), []),
    resume: useCallback(() => setStopped(false), []),
  };
}
