import type { ReactNode } from 'react';
import type { IndexSpec } from '../../../protocol/index.ts';
import { Button } from '../../parts/button.tsx';
import { errorText } from '../../text/errorText.ts';
import { t } from '../../text/t.ts';
import { useLab } from '../state/lab-context.ts';
import type { Shown } from '../state/use-shown.ts';
import { chapterName } from './chapter-names.ts';
import { ConsoleCall } from './console-call.tsx';
import { type Figure, Figures } from './figures.tsx';
import { LabProgress } from './lab-progress.tsx';
import { QueryPhoto } from './query-photo.tsx';
import { Stepper } from './stepper.tsx';
import { UseButton } from './use-button.tsx';

interface ChapterFrameProps {
  /** At most three sentences. */
  text: readonly string[];
  /** How many steps there are, and what the current one shows. */
  steps: number;
  stepText: string;
  /** What the step needs; the drawing keeps the last answer until there is another. */
  shown: Pick<Shown<unknown>, 'value' | 'isCurrent' | 'error' | 'retry'>;
  drawing: ReactNode;
  figures: readonly Figure[];
  /** The same on the console. */
  call: string;
  /** The index type, if it can be the library's own. */
  spec?: IndexSpec;
  /** Instead of `spec`: several types to choose from. */
  use?: ReactNode;
  /** Further choices, beside the search photo. */
  controls?: ReactNode;
  /** Below the numbers: rows of photos, the table. */
  children?: ReactNode;
}

/** The current step, within those that a chapter has. */
export function useStep(steps: number): number {
  const { step } = useLab();
  return Math.min(step, steps);
}

/** What all chapters look like. */
export function ChapterFrame(props: ChapterFrameProps) {
  const { text, steps, stepText, shown, drawing, figures, call, spec, use, controls, children } =
    props;
  const { chapter, goTo } = useLab();
  const step = useStep(steps);
  return (
    <article className="lab-chapter" data-testid={`lab-${chapter}`} aria-busy={!shown.isCurrent}>
      <header className="lab-head">
        <div className="lab-text">
          <h2>{chapterName(chapter)}</h2>
          <p>{text.join(' ')}</p>
        </div>
        <div className="lab-controls">
          <QueryPhoto />
          {controls}
        </div>
      </header>
      <div className="lab-drawing">
        {shown.value !== null && drawing}
        {shown.error ? (
          <div className="lab-veil" role="alert">
            <p>
              {t('lab.stepFailed')} {errorText(shown.error)}
            </p>
            <Button onClick={shown.retry}>{t('common.tryAgain')}</Button>
          </div>
        ) : (
          !shown.isCurrent && <Waiting isFirst={shown.value === null} />
        )}
      </div>
      <Stepper step={step} steps={steps} text={stepText} onStep={goTo} />
      <Figures figures={figures} />
      {children}
      <footer className="lab-foot">
        <ConsoleCall call={call} />
        {use ?? (spec && <UseButton spec={spec} />)}
      </footer>
    </article>
  );
}

/** Appears only once a step takes long: see the style sheet. */
function Waiting({ isFirst }: { isFirst: boolean }) {
  return (
    <div className="lab-veil lab-waiting" data-first={isFirst || undefined}>
      <LabProgress />
    </div>
  );
}
