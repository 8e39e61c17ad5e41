import { useCallback, useRef, useState } from 'react';
import { LEAST_TAUGHT, type TeachingReport } from '../../../protocol/index.ts';
import { Button } from '../../parts/button.tsx';
import { SparkleIcon } from '../../parts/icons.tsx';
import { count, day } from '../../pure/format.ts';
import { attempt } from '../../state/actions/attempt.ts';
import { useItemsLoad } from '../../state/hooks/use-items-load.ts';
import { useUi } from '../../state/ui.ts';
import { errorText } from '../../text/errorText.ts';
import { t } from '../../text/t.ts';
import { type PanelProps, PanelShell } from '../panel.tsx';
import { KeptCalibrations } from './kept-calibrations.tsx';
import { LearningWork } from './learning-work.tsx';
import { TeachingResult } from './teaching-result.tsx';
import '../models/models.css';
import './teach.css';

/** Learns from the items what belongs together. Nothing changes until the user says so. */
export default function Teach({ onClose, children }: PanelProps) {
  const { akin, showToast } = useUi();
  const { value: labels, error } = useItemsLoad(useCallback(() => akin.teach.labels(), [akin]));
  const [report, setReport] = useState<TeachingReport | null>(null);
  const [learning, setLearning] = useState<AbortController | null>(null);
  const [adopting, setAdopting] = useState(false);
  const start = useRef<HTMLButtonElement>(null);
  const photos = labels?.ids.length ?? 0;
  const groups = labels ? new Set(labels.groups).size : 0;
  const enough = groups >= LEAST_TAUGHT.groups && photos >= LEAST_TAUGHT.photos;

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
      title={t('teach.title')}
      onClose={() => {
        learning?.abort();
        onClose();
      }}
      question={children}
      wide
    >
      <p className="muted">{t('teach.intro')}</p>
      {error && <p role="alert">{errorText(error)}</p>}
      {labels && (
        <p className="teach-labels" data-testid="teach-labels">
          {groups > 0 && `${t('teach.labels', { groups, photos })} `}
          {!enough &&
            t('teach.tooFew', {
              groups: count(LEAST_TAUGHT.groups),
              photos: count(LEAST_TAUGHT.photos),
            })}
        </p>
      )}
      {learning ? (
        <LearningWork onCancel={() => learning.abort()} />
      ) : (
        enough && (
          <div className="setting-buttons">
            <Button ref={start} look={report ? 'quiet' : 'primary'} onClick={() => void learn()}>
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
    </PanelShell>
  );
}
