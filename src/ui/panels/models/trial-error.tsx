import { type ReactNode, useEffect, useRef } from 'react';
import type { AkinError } from '../../../engine/index.ts';
import { WarningIcon } from '../../parts/icons.tsx';
import { errorText } from '../../text/errorText.ts';

interface TrialErrorProps {
  title: string;
  error: AkinError;
  /** What stays as it is, or can be done. */
  children?: ReactNode;
}

/** What went wrong with the model, in the place where it can be put right. */
export function TrialError({ title, error, children }: TrialErrorProps) {
  const box = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each error is news
  useEffect(() => {
    const take = () => {
      box.current?.focus();
      box.current?.scrollIntoView({ block: 'nearest' });
    };
    take();
    // The dialog takes the focus itself when what had it has gone.
    const frame = requestAnimationFrame(take);
    return () => cancelAnimationFrame(frame);
  }, [error]);
  return (
    <div
      ref={box}
      className="trial-error"
      role="alert"
      tabIndex={-1}
      data-testid="trial-error"
      data-code={error.code}
    >
      <WarningIcon />
      <div>
        <p className="trial-error-title">{title}</p>
        <p>{errorText(error)}</p>
        {children}
      </div>
    </div>
  );
}
