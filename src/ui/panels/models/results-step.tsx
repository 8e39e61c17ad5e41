import { type FormEvent, useId, useState } from 'react';
import type { TrialReport } from '../../../protocol/index.ts';
import { Button } from '../../parts/button.tsx';
import { bytes, cleanName, plural } from '../../pure/format.ts';
import { moveSentences, WITHOUT_WORDS } from '../../pure/model-words.ts';
import { movingWords, paceWords, sampleWords } from '../../pure/trial-words.ts';
import { Figure } from '../figure.tsx';
import { QueryRow } from './query-row.tsx';
import { TrialError } from './trial-error.tsx';
import { TrialWork } from './trial-work.tsx';
import type { useTrial } from './use-trial.ts';

const LONGEST_TITLE = 60;

interface ResultsStepProps {
  trial: ReturnType<typeof useTrial>;
  /** Title of the model that is in use. */
  current: string;
  onKeep: (title: string, use: boolean) => void;
}

/** What a model finds beside what the one in use finds, and what it costs; then it is kept, or not. */
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
      <p className="muted trial-sample">{sampleWords(report)}</p>
      {report.queries.length > 0 && (
        <>
          <div className="query-heads" aria-hidden="true">
            <span>Photo</span>
            <span>{current}</span>
            <span>Your model</span>
          </div>
          <ol className="queries" data-testid="trial-queries">
            {report.queries.map((query, i) => (
              <QueryRow key={query.photoId} query={query} place={i + 1} current={current} />
            ))}
          </ol>
          <p className="muted trial-legend">
            <span className="query-mark" aria-hidden="true" /> Framed: only this model has it among
            its first.
          </p>
        </>
      )}
      <form className="trial-keep" onSubmit={submit} noValidate>
        {error && (
          <TrialError title="The model couldn’t be kept" error={error}>
            <p className="muted">Nothing is lost: try again once there is room.</p>
          </TrialError>
        )}
        <label htmlFor={form}>Name</label>
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
          {isUnnamed ? 'Give the model a name.' : keepWords(report, current)}
        </p>
        {work === 'keeping' && trial.trial ? (
          <TrialWork trial={trial.trial} title="Keeping the model" onCancel={null} />
        ) : (
          <div className="panel-buttons">
            <Button onClick={() => trial.goTo('setup')}>Change choices</Button>
            <Button onClick={() => keep(false)}>Keep</Button>
            <Button look="primary" type="submit">
              Keep and use
            </Button>
          </div>
        )}
      </form>
    </>
  );
}

function keepWords({ photosToMove, secondsToMove }: TrialReport, current: string): string {
  if (photosToMove === 0)
    return `Kept on this device, for use without a network too. ${WITHOUT_WORDS}`;
  return `When you use it: ${moveSentences({ photos: photosToMove, seconds: secondsToMove }, current)} ${WITHOUT_WORDS}`;
}

interface SummaryProps {
  report: TrialReport;
  size: number;
  current: string;
}

function Summary({ report, size, current }: SummaryProps) {
  return (
    <dl className="figures trial-figures" data-testid="trial-figures">
      <Figure name="Speed" value={paceWords(report)} />
      <Figure name="Switching" value={movingWords(report)} />
      <Figure
        name="Size"
        value={
          <>
            {bytes(size)}
            <span className="muted">, describes a photo by {plural(report.dims, 'number')}</span>
          </>
        }
      />
      {report.agreement !== null && (
        <Figure
          name="Agreement"
          value={
            <>
              {Math.round(100 * report.agreement)}%{' '}
              <span className="muted">of what it finds nearest, {current} finds nearest, too</span>
            </>
          }
        />
      )}
    </dl>
  );
}
