import { Button, IconButton } from '../../parts/button.tsx';
import { NextIcon, PreviousIcon } from '../../parts/icons.tsx';
import { t } from '../../text/t.ts';

interface StepperProps {
  /** From 1 to `steps`. */
  step: number;
  steps: number;
  /** What this step shows. */
  text: string;
  onStep: (step: number) => void;
}

/** A slider over the steps of a chapter, and buttons for one step. */
export function Stepper({ step, steps, text, onStep }: StepperProps) {
  return (
    <section className="lab-stepper" aria-label={t('lab.steps')}>
      <IconButton
        label={t('lab.stepBack')}
        aria-disabled={step <= 1}
        onClick={() => step > 1 && onStep(step - 1)}
      >
        <PreviousIcon />
      </IconButton>
      <div className="lab-slider">
        <p className="lab-step-text" aria-live="polite" data-testid="lab-step">
          {text}
        </p>
        <input
          type="range"
          min={1}
          max={steps}
          value={step}
          onChange={({ target }) => onStep(Number(target.value))}
          aria-label={t('lab.steps')}
          aria-valuetext={text}
        />
      </div>
      <Button
        look="primary"
        className="lab-step"
        aria-disabled={step >= steps}
        onClick={() => step < steps && onStep(step + 1)}
      >
        {t('lab.step')} <NextIcon />
      </Button>
    </section>
  );
}
