import { useCallback, useMemo } from 'react';
import { AkinError } from '../../../../engine/index.ts';
import { useUi } from '../../../state/ui.ts';
import { t } from '../../../text/t.ts';
import { ChapterFrame, useStep } from '../../frame/chapter-frame.tsx';
import { labCall } from '../../pure/lab-call.ts';
import { useLab } from '../../state/lab-context.ts';
import { useMeasured } from '../../state/use-measured.ts';
import { useShown } from '../../state/use-shown.ts';
import { Duel } from './duel.tsx';
import { type Contender, type RacerJob, type ReadyContender, racers } from './racers.ts';
import { StandingsPart } from './standings.tsx';
import { RACE_STEPS, raceStepText, raceText } from './steps.ts';
import './race.css';

/** Steps that show two types; the others show all. */
const LEVELS = 3;

/** All index types against each other. */
export function RaceChapter() {
  const { akin } = useUi();
  const { k } = useLab();
  const step = useStep(RACE_STEPS);
  const planned = useShown<readonly Contender[]>(
    useCallback(
      (signal) =>
        Promise.all(
          racers().map(async (racer) => {
            try {
              return { ...racer, plan: await akin.lab.plan({ spec: racer.spec }, k, { signal }) };
            } catch (thrown) {
              const isTooFew = thrown instanceof AkinError && thrown.code === 'invalid-argument';
              if (!isTooFew) throw thrown;
              return { ...racer, plan: null };
            }
          }),
        ),
      [akin, k],
    ),
  );
  const { value: contenders } = planned;
  const ready = useMemo(
    () => slowLast(contenders ?? []).map((each) => jobOf(each, k)),
    [contenders, k],
  );
  const measuring = useMeasured(ready, step > LEVELS);
  if (contenders === null) {
    return (
      <ChapterFrame
        text={raceText()}
        steps={RACE_STEPS}
        stepText={t('lab.working.reading')}
        shown={planned}
        drawing={null}
        figures={[]}
        call={labCall('plan', { spec: { kind: 'flat' } })}
      />
    );
  }
  if (step <= LEVELS) return <Duel contenders={contenders} level={step - 1} />;
  return (
    <StandingsPart
      measuring={measuring}
      total={ready.length}
      axis={step === RACE_STEPS ? 'memory' : 'time'}
      stepText={raceStepText(step)}
    />
  );
}

/** OPQ takes longer to learn than all others together: it shouldn't keep them waiting. */
function slowLast(contenders: readonly Contender[]): readonly ReadyContender[] {
  const ready = contenders.filter((each): each is ReadyContender => each.plan !== null);
  const isSlow = ({ spec }: ReadyContender) => spec.kind === 'opq';
  return [...ready.filter((each) => !isSlow(each)), ...ready.filter(isSlow)];
}

function jobOf(contender: ReadyContender, k: number): RacerJob {
  const { spec, plan } = contender;
  return { ...contender, request: { spec, searches: plan.searches, k } };
}
