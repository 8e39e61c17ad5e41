import { type FormEvent, useId, useState } from 'react';
import type { TrialReport } from '../../../protocol/index.ts';
import { Button } from '../../parts/button.tsx';
import { bytes, cleanName } from '../../pure/format.ts';
import { moveSentences } from '../../pure/settings/model-text.ts';
import { paceText, sampleText, switchingText } from '../../pure/settings/trial-text.ts';
import { t } from '../../text/t.ts';
import { Figure, muted } from '../figure.tsx';
import { QueryRow } from './query-row.tsx';
import { TrialError } from './trial-error.tsx';
import { TrialWork } from './trial-work.tsx';
import type { useTrial } from './use-trial.ts';

const LONGEST_TITLE = 60;

interface ResultsStepProps {
  trial: ReturnType<typeof useTrial>;
  /** Title of the current model. */
  current: string;
  onKeep: (title: string, use: boolean) => void;
}

/**
 * Compares a model's results and cost with the current one's, and lets the user add or discard it.
 */
export function ResultsStep({ trial, current, onKeep }: ResultsStepProps) {
  const { report, facts, work, error } = trial;
  const form = useId();
  const [title, setTitle] = useState(() => cleanName(facts?.title ?? '').slice(0, LONGEST_TITLE));
  const [isChecked, setChecked] = useState(false);
  if (!report || !facts) return null;
  const name = title.trim();
  const isUnnamed = isChecked && name === '';

  const keep = (use: boolean) => {
    setChecked(true);
    if (name === '') document.getElementById(form)?.focus();
    else onKeep(name, use);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    keep(true);
  };

  return (
    <>
      <Summary report={report} size={facts.bytes} current={current} />
      <p className="muted trial-sample">{sampleText(report)}</p>
      {report.queries.length > 0 && (
        <>
          <div className="query-heads" aria-hidden="true">
            <span>{t('models.photo')}</span>
            <span>{current}</span>
            <span>{t('models.yourModel')}</span>
          </div>
          <ol className="queries" data-testid="trial-queries">
            {report.queries.map((query, i) => (
              <QueryRow key={query.photoId} query={query} place={i + 1} current={current} />
            ))}
          </ol>
          <p className="muted trial-legend">
            <span className="query-mark" aria-hidden="true" /> {t('models.legend')}
          </p>
        </>
      )}
      <form className="trial-keep" onSubmit={submit} noValidate>
        {error && (
          <TrialError title={t('models.saveFailed')} error={error}>
            <p className="muted">{t('models.saveFailedHint')}</p>
          </TrialError>
        )}
        <label htmlFor={form}>{t('models.name')}</label>
        <input
          id={form}
          type="text"
          autoComplete="off"
          maxLength={LONGEST_TITLE}
          value={title}
          aria-invalid={isUnnamed}
          aria-describedby={`${form}-help`}
          onChange={(event) => setTitle(event.target.value)}
        />
        <p id={`${form}-help`} className={isUnnamed ? 'field-problem' : 'muted'}>
          {isUnnamed ? t('models.nameMissing') : addHint(report, current)}
        </p>
        {work === 'keeping' && trial.trial ? (
          <TrialWork trial={trial.trial} title={t('models.adding')} onCancel={null} />
        ) : (
          <div className="panel-buttons">
            <Button onClick={() => trial.goTo('setup')}>{t('models.changeOptions')}</Button>
            <Button onClick={() => keep(false)}>{t('models.addOnly')}</Button>
            <Button look="primary" type="submit">
              {t('models.addAndUse')}
            </Button>
          </div>
        )}
      </form>
    </>
  );
}

/** Consequences of adding the model, one sentence each. */
function addHint({ photosToMove, secondsToMove }: TrialReport, current: string): string {
  const cost = { photos: photosToMove, seconds: secondsToMove };
  const means =
    photosToMove === 0 ? t('models.savedOffline') : moveSentences(cost, current, 'later');
  return `${means} ${t('models.ownNoWords')}`;
}

interface SummaryProps {
  report: TrialReport;
  size: number;
  current: string;
}

function Summary({ report, size, current }: SummaryProps) {
  return (
    <dl className="figures trial-figures" data-testid="trial-figures">
      <Figure name={t('models.speed')} value={paceText(report)} />
      <Figure name={t('models.switching')} value={switchingText(report)} />
      <Figure
        name={t('models.size')}
        value={t.rich('models.sizeValue', { size: bytes(size), count: report.dims, muted })}
      />
      {report.agreement !== null && (
        <Figure
          name={t('models.agreement')}
          value={t.rich('models.agreementValue', { share: report.agreement, current, muted })}
        />
      )}
    </dl>
  );
}
