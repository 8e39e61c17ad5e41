import { useCallback, useRef, useState } from 'react';
import type { TeachingReport } from '../../../protocol/index.ts';
import { Button } from '../../parts/button.tsx';
import { SparkleIcon } from '../../parts/icons.tsx';
import { day } from '../../pure/format.ts';
import { attempt } from '../../state/actions/attempt.ts';
import { useVersionedLoad } from '../../state/hooks/use-versioned-load.ts';
import { useUi } from '../../state/ui.ts';
import { errorText } from '../../text/errorText.ts';
import { t } from '../../text/t.ts';
import { type PanelProps, PanelShell } from '../panel.tsx';
import { KeptCalibrations } from './kept-calibrations.tsx';
import { LearningWork } from './learning-work.tsx';
import { PairGame } from './pair-game.tsx';
import { PairLog } from './pair-log.tsx';
import { TeachingResult } from './teaching-result.tsx';
import { isEnough, Sources } from './teaching-sources.tsx';
import '../models/models.css';
import './teach.css';

const TITLES = {
  main: 'teach.title',
  pairs: 'teach.alikeTitle',
  history: 'teach.history',
} as const;

/** Learns what belongs together. Nothing changes until the user says so. */
export default function Teach({ onClose, children }: PanelProps) {
  const { akin, showToast } = useUi();
  const { pairs } = akin.teach;
  const { value: sources, error } = useVersionedLoad(
    pairs.version,
    useCallback(() => pairs.sources(), [pairs]),
  );
  const [shown, setShown] = useState<keyof typeof TITLES>('main');
  const [from, setFrom] = useState<'pairs' | 'history' | null>(null);
  const [report, setReport] = useState<TeachingReport | null>(null);
  const [learning, setLearning] = useState<AbortController | null>(null);
  const [adopting, setAdopting] = useState(false);
  const start = useRef<HTMLButtonElement>(null);

  const go = (to: 'pairs' | 'history') => {
    setFrom(to);
    setShown(to);
  };
  const back = () => setShown('main');
  const learn = async () => {
    const controller = new AbortController();
    setReport(null);
    setLearning(controller);
    const { signal } = controller;
    setReport(await attempt(showToast, t('teach.failed'), () => akin.teach.learn({ signal })));
    setLearning(null);
  };
  const adopt = async (calibration: ArrayBuffer) => {
    if (adopting) return;
    setAdopting(true);
    const title = t('teach.defaultTitle', { date: day(Date.now()) });
    const adopted = await attempt(showToast, t('teach.adoptFailed'), () =>
      akin.teach.adopt(calibration, title),
    );
    if (adopted) setReport(null);
    setAdopting(false);
  };

  return (
    <PanelShell
      title={t(TITLES[shown])}
      onClose={() => {
        learning?.abort();
        onClose();
      }}
      question={children}
      wide
    >
      {shown === 'pairs' && <PairGame onDone={back} />}
      {shown === 'history' && <PairLog onDone={back} />}
      {shown === 'main' && (
        <>
          <p className="muted">{t('teach.intro')}</p>
          {error && <p role="alert">{errorText(error)}</p>}
          {sources && (
            <Sources
              sources={sources}
              from={from}
              onPairs={() => go('pairs')}
              onHistory={() => go('history')}
            />
          )}
          {learning ? (
            <LearningWork onCancel={() => learning.abort()} />
          ) : (
            sources &&
            isEnough(sources) && (
              <div className="setting-buttons">
                <Button
                  ref={start}
                  look={report ? 'quiet' : 'primary'}
                  onClick={() => void learn()}
                >
                  <SparkleIcon /> {t(report ? 'teach.again' : 'teach.learn')}
                </Button>
              </div>
            )
          )}
          {report && (
            <TeachingResult
              report={report}
              onAdopt={(calibration) => void adopt(calibration)}
              onDiscard={() => {
                setReport(null);
                start.current?.focus();
              }}
            />
          )}
          <KeptCalibrations />
        </>
      )}
    </PanelShell>
  );
}
